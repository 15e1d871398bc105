/** How this process's connections are named on the server: whose they are shows in pg_stat_activity. */
export const APPLICATION_NAME = `throughway ${process.pid}`;

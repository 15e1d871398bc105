/** Metadata keys under which a handler's method carries its endpoint, and its line of the authorization table. */
export const ENDPOINT = 'throughway:endpoint';
export const LINE = 'throughway:line';

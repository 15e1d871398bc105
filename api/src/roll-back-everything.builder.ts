import type { DataSource } from 'typeorm';

/**
 * Tables in which the transaction has written rows, whatever its role sees of them: it holds the lock of a writer on each (PostgreSQL
 * 18, 13.3.1), and none when it has no id yet, which only a written or locked row gives it.
 */
const WRITTEN = `SELECT c.relname AS "table" FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
  WHERE l.pid = pg_backend_pid() AND l.mode = 'RowExclusiveLock' AND c.relkind IN ('r', 'p')
    AND pg_current_xact_id_if_assigned() IS NOT NULL`;

/**
 * From now on every transaction ends by being rolled back, when it is whole and its constraints hold, so that each request finds the
 * same world. `onCommit` hears in which tables it would have written.
 */
export function rollBackEverything(source: DataSource, onCommit?: (tables: string[]) => void): void {
  const create = source.createQueryRunner.bind(source);
  source.createQueryRunner = (mode) => {
    const runner = create(mode);
    const query = runner.query.bind(runner) as (sql: string, ...more: unknown[]) => Promise<unknown>;
    Object.assign(runner, {
      query: async (sql: string, ...more: unknown[]) => {
        if (sql !== 'COMMIT') return query(sql, ...more);
        if (onCommit) onCommit(((await query(WRITTEN)) as { table: string }[]).map(({ table }) => table));
        return query('SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK');
      },
    });
    return runner;
  };
}

import type { DataSource } from 'typeorm';
import { APP_ROLE, WORKER_ROLE } from './platform/database/roles.js';

/** What stands in each table, cheaply: how many rows, and which versions of them. Whoever writes a row gives it another version. */
export type Fingerprints = ReadonlyMap<string, string>;

/** pg-boss keeps these itself, by the clock and whatever is asked. */
const UPKEEP = ['version', 'queue', 'instance'];

/** Takes the fingerprints of every table that requests or jobs may write to at all, as the owner, who sees all rows. */
export async function fingerprinter(source: DataSource): Promise<() => Promise<Fingerprints>> {
  const tables: { name: string; table: string }[] = await source.query(
    `SELECT c.relname AS name, format('%I.%I', n.nspname, c.relname) AS table FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'pgboss') AND NOT (n.nspname = 'pgboss' AND c.relname = ANY($1))
       AND EXISTS (SELECT FROM unnest($2::name[]) role
         WHERE has_table_privilege(role, c.oid, 'INSERT, DELETE') OR has_any_column_privilege(role, c.oid, 'UPDATE'))
     ORDER BY 1`,
    [UPKEEP, [APP_ROLE, WORKER_ROLE]],
  );
  const each = tables.map(
    ({ name, table }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(xmin::text || ctid::text, 0)), 0) AS rows FROM ${table}`,
  );
  const sql = each.join(' UNION ALL ');
  return async () => {
    const rows: { name: string; rows: string }[] = await source.query(sql);
    return new Map(rows.map((row) => [row.name, row.rows]));
  };
}

/** Tables that are not as they were. */
export function changedBetween(before: Fingerprints, after: Fingerprints): string[] {
  return [...after].flatMap(([name, rows]) => (before.get(name) === rows ? [] : [name]));
}

import type pg from 'pg';

export interface StoredTable {
  /** With its schema, quoted where SQL needs it. */
  name: string;
  /** Quoted likewise; without those that the database computes. */
  columns: string[];
}

/** Everything that is ours: the tables of the rooms, and the queue's, which are pg-boss's and the worker's. */
export const SCHEMAS = ['public', 'pgboss'] as const;
export type Schema = (typeof SCHEMAS)[number];

/** Of the processes and the hours that they were written in; worth nothing later, and cut by days that come and go. */
const PASSING = ['pgboss.queue_stats', 'pgboss.instance'];

/** So that a value is written alike whatever the server's settings are. The transaction's alone. */
export const PLAIN_VALUES = `
  SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC';
  SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0;
`;

/** By name. A partitioned table is one; those of extensions are none of ours. */
export async function listTables(client: pg.ClientBase, schema: Schema): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
     GROUP BY n.nspname, c.relname ORDER BY 1`,
    [schema],
  );
  return rows.filter(({ name }) => !PASSING.includes(name));
}

/** Where each sequence of a schema stands that ever gave a number. No snapshot holds them: read after the rows, they are not behind. */
export async function listSequences(client: pg.ClientBase, schema: Schema): Promise<{ name: string; last: string }[]> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname = $1 AND last_value IS NOT NULL ORDER BY 1`,
    [schema],
  );
  return rows;
}

export function copyOutOf({ name, columns }: StoredTable): string {
  return `COPY (SELECT ${columns.join(', ')} FROM ${name}) TO STDOUT`;
}

export function copyInto({ name, columns }: StoredTable): string {
  return `COPY ${name} (${columns.join(', ')}) FROM STDIN`;
}

/** pg-boss's version of the queue's tables; null where they are not made yet. */
export async function queueVersion(client: pg.ClientBase): Promise<number | null> {
  const made = await client.query<{ made: boolean }>(`SELECT to_regclass('pgboss.version') IS NOT NULL AS made`);
  if (!made.rows[0]?.made) return null;
  const { rows } = await client.query<{ version: number }>('SELECT version FROM pgboss.version');
  return rows[0]?.version ?? null;
}

import type pg from 'pg';
import { SCHEMAS } from './stored-tables.js';

/** What would hinder rows that come in table by table, as they were: references, triggers, and policies that hold the owner. */
const HINDRANCES = `
  WITH ours AS (
    SELECT oid, oid::regclass::text AS name, relforcerowsecurity FROM pg_class
    WHERE relnamespace = ANY ($1::regnamespace[]) AND relkind IN ('r', 'p') AND NOT relispartition
  )
  SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', name, conname) AS aside,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', name, conname, pg_get_constraintdef(c.oid)) AS back
  FROM pg_constraint c JOIN ours ON ours.oid = conrelid WHERE contype = 'f' AND conparentid = 0
  UNION ALL
  SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', name, tgname),
    format('ALTER TABLE %s ENABLE %s TRIGGER %I', name, CASE tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, tgname)
  FROM pg_trigger t JOIN ours ON ours.oid = tgrelid WHERE NOT tgisinternal AND tgenabled <> 'D'
  UNION ALL
  SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', name), format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name)
  FROM ours WHERE relforcerowsecurity
`;

/**
 * Puts aside, in the caller's transaction, what hinders rows from coming in; what it answers puts all of it back, which has PostgreSQL
 * check every reference anew.
 */
export async function putAside(client: pg.ClientBase): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ aside: string; back: string }>(HINDRANCES, [SCHEMAS]);
  for (const { aside } of rows) await client.query(aside);
  return async () => {
    for (const { back } of rows) await client.query(back);
  };
}

import type { EntityManager } from 'typeorm';
import type { Row, Target } from './file-load.js';

/** Rows per statement: large enough that round trips do not count, small enough that a batch's JSON stays under a few MB. */
const BATCH_ROWS = 2_000;

export interface UpsertCounts {
  added: number;
  changed: number;
  unchanged: number;
  leftOut: Record<string, number>;
}

/**
 * Brings `rows` into the target: new keys are added, rows that differ are changed, equal rows are not written at all, and
 * rows that are there already but not given stay. Of rows with one key (or alike by `alikeBy`) the first by line counts.
 * Constant memory in this process; the rows wait in a temporary table of the surrounding transaction.
 */
export async function upsert(
  em: EntityManager,
  target: Target,
  rows: AsyncIterable<{ line: number; row: Row }> | Iterable<{ line: number; row: Row }>,
): Promise<UpsertCounts> {
  const columns = target.columns.join(', ');
  await em.query('DROP TABLE IF EXISTS pg_temp.incoming');
  await em.query(
    `CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT ${columns}, 0 AS line FROM ${target.table} LIMIT 0`,
  );
  const types = await columnTypes(em);
  const insert = `INSERT INTO incoming (${columns}, line) SELECT ${columns}, line FROM json_to_recordset($1::json) AS given (${types})`;
  let batch: Row[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await em.query(insert, [JSON.stringify(batch)]);
    batch = [];
  };
  for await (const { line, row } of rows) {
    batch.push({ ...row, line });
    if (batch.length === BATCH_ROWS) await flush();
  }
  await flush();
  await em.query('ANALYZE incoming');
  const leftOut = { ...(await dropRepeated(em, target)), ...(await dropUnknown(em, target)) };
  const counts = await merge(em, target);
  await em.query('DROP TABLE pg_temp.incoming');
  return { ...counts, leftOut };
}

async function columnTypes(em: EntityManager): Promise<string> {
  const found: { name: string; type: string }[] = await em.query(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type
       FROM pg_attribute WHERE attrelid = 'pg_temp.incoming'::regclass AND attnum > 0 ORDER BY attnum`,
  );
  return found.map(({ name, type }) => `${name} ${type}`).join(', ');
}

/** Leaves the first of rows that have one key, then the first of those that are alike. */
async function dropRepeated(em: EntityManager, target: Target): Promise<Record<string, number>> {
  const repeated = await dropLater(em, target.key.join(', '), 'line');
  const alike = target.alikeBy === undefined ? 0 : await dropLater(em, target.alikeBy, target.firstBy ?? 'line');
  return {
    ...(repeated > 0 ? { 'repeated-row': repeated } : {}),
    ...(alike > 0 ? { 'repeated-name': alike } : {}),
  };
}

function dropLater(em: EntityManager, same: string, order: string): Promise<number> {
  return countOf(
    em,
    `DELETE FROM incoming WHERE ctid IN (
       SELECT ctid FROM (SELECT ctid, row_number() OVER (PARTITION BY ${same} ORDER BY ${order}, ctid) AS nth FROM incoming) AS numbered
       WHERE nth > 1)`,
  );
}

async function dropUnknown(em: EntityManager, target: Target): Promise<Record<string, number>> {
  const dropped: Record<string, number> = {};
  for (const { column, table, tableColumn, reason } of target.references ?? []) {
    const count = await countOf(
      em,
      `DELETE FROM incoming AS given WHERE given.${column} IS NOT NULL
          AND NOT EXISTS (SELECT FROM ${table} AS known WHERE known.${tableColumn} = given.${column})`,
    );
    if (count > 0) dropped[reason] = (dropped[reason] ?? 0) + count;
  }
  return dropped;
}

async function merge(em: EntityManager, target: Target): Promise<Omit<UpsertCounts, 'leftOut'>> {
  const sameKey = target.key.map((column) => `known.${column} = given.${column}`).join(' AND ');
  const of = (alias: string): string => target.columns.map((column) => `${alias}.${column}`).join(', ');
  const unchanged = await countOf(
    em,
    `DELETE FROM incoming AS given USING ${target.table} AS known
      WHERE ${sameKey} AND (${of('given')}) IS NOT DISTINCT FROM (${of('known')})`,
  );
  const columns = target.columns.join(', ');
  const settable = target.columns.filter((column) => !target.key.includes(column));
  if (target.fills) {
    const set = settable.map((column) => `${column} = given.${column}`).join(', ');
    const changed = await countOf(
      em,
      `UPDATE ${target.table} AS known SET ${set} FROM incoming AS given WHERE ${sameKey}`,
    );
    return { added: 0, changed, unchanged };
  }
  const action =
    settable.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${settable.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  // xmax is 0 exactly on rows that this statement inserted.
  const written: { is_new: boolean; count: number }[] = await em.query(
    `WITH written AS (
       INSERT INTO ${target.table} (${columns}) SELECT ${columns} FROM incoming ORDER BY line
       ON CONFLICT (${target.key.join(', ')}) ${action} RETURNING xmax = 0 AS is_new)
     SELECT is_new, count(*)::integer AS count FROM written GROUP BY is_new`,
  );
  const count = (isNew: boolean): number => written.find((group) => group.is_new === isNew)?.count ?? 0;
  return { added: count(true), changed: count(false), unchanged };
}

/** Rows that a data-changing statement touched. */
async function countOf(em: EntityManager, statement: string): Promise<number> {
  const [{ count }] = await em.query<[{ count: number }]>(
    `WITH touched AS (${statement} RETURNING 1) SELECT count(*)::integer AS count FROM touched`,
  );
  return count;
}

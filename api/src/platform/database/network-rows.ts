import type { EntityManager } from 'typeorm';

/** How a field is written and read: days are whole numbers since 1970-01-01 outside and `date` inside, cents `bigint`. */
export type ColumnType = 'text' | 'texts' | 'integer' | 'cents' | 'number' | 'day' | 'boolean';

/**
 * A table of network-scoped rows. Column names are the field names in snake_case. `owner` is the first key field of a
 * table whose rows are a set that belongs to one row elsewhere (the skills of a requirement).
 */
export interface RowTable<Row extends object> {
  table: string;
  /** The file of the CSV folder that these rows come in with. */
  file: string;
  key: { [Field in keyof Row]?: ColumnType };
  values: { [Field in keyof Row]?: ColumnType };
  owner?: keyof Row & string;
  /** Fields whose value, before and after, names what a change of this row touches, by kind of thing. */
  touches: { [Field in keyof Row]?: string };
}

/** What one file did to the database, in rows. */
export interface SavedFile {
  file: string;
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
}

export interface SaveOptions {
  /** Told after each batch how many rows it held. */
  onRows?: (count: number) => void | Promise<void>;
  /** Leaves rows in place that are absent from a set that is saved again. */
  keepSets?: boolean;
}

/** Ids of the things that a change touches, by kind. */
export type Touched = Map<string, Set<string>>;

const BATCH_ROWS = 4000;
const ANALYZE_FROM_ROWS = 1000;
const EPOCH = `DATE '1970-01-01'`;
const SQL_TYPE: Record<ColumnType, string> = {
  text: 'text',
  texts: 'text[]',
  integer: 'integer',
  cents: 'bigint',
  number: 'double precision',
  day: 'integer',
  boolean: 'boolean',
};

/** `wageFloorHourlyCents` → `wage_floor_hourly_cents`: the one place where names change their case. */
export function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The select list that reads a table's rows as {@link saveRows} takes them. `alias` qualifies every column. */
export function rowColumns<Row extends object>(table: RowTable<Row>, alias: string): string {
  return columnsOf(table)
    .map(([field, type]) => {
      const column = `${alias}.${columnName(field)}`;
      const value = type === 'day' ? `${column} - ${EPOCH}` : type === 'cents' ? `${column}::float8` : column;
      return `${value} AS "${field}"`;
    })
    .join(', ');
}

/** A network's rows of one table, in no particular order; with `only`, those whose field has one of the values. */
export function loadRows<Row extends object>(
  em: EntityManager,
  networkId: number,
  table: RowTable<Row>,
  only: { field: keyof Row & string; values: readonly string[] } | null = null,
): Promise<Row[]> {
  const filter = only ? ` AND t.${columnName(only.field)} = ANY($2)` : '';
  return em.query(
    `SELECT ${rowColumns(table, 't')} FROM ${table.table} t WHERE t.network_id = $1${filter}`,
    only ? [networkId, only.values] : [networkId],
  );
}

/**
 * Adds the rows that are new and changes those that differ; a row that is the same is not written. With `owners`, rows
 * of those owners that are not among `rows` are removed. Keys are unique within `rows`. Records in `touched` what was
 * touched. One statement per 4,000 rows.
 */
export async function saveRows<Row extends object>(
  em: EntityManager,
  networkId: number,
  table: RowTable<Row>,
  rows: readonly Row[],
  touched: Touched,
  { onRows, keepSets }: SaveOptions = {},
  owners: readonly string[] | null = null,
): Promise<SavedFile> {
  const report: SavedFile = { file: table.file, rows: rows.length, added: 0, changed: 0, unchanged: 0, removed: 0 };
  if (owners && table.owner && !keepSets)
    report.removed = await removeOthers(em, networkId, table, rows, owners, touched);
  const sql = upsertStatement(table);
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const batch = rows.slice(start, start + BATCH_ROWS);
    const written: { added: boolean; now: string[]; was: string[] }[] = await em.query(sql, [
      networkId,
      JSON.stringify(batch),
    ]);
    const kinds = Object.values<string | undefined>(table.touches);
    for (const { added, now, was } of written) {
      if (added) report.added++;
      else report.changed++;
      kinds.forEach((kind, index) => {
        touch(touched, kind, now[index]);
        if (!added) touch(touched, kind, was[index]);
      });
    }
    report.unchanged += batch.length - written.length;
    await onRows?.(batch.length);
  }
  // Without statistics the first pages after a large import would be planned for an empty table.
  if (report.added + report.changed > ANALYZE_FROM_ROWS) await em.query('SELECT refresh_statistics($1)', [table.table]);
  return report;
}

async function removeOthers<Row extends object>(
  em: EntityManager,
  networkId: number,
  table: RowTable<Row>,
  rows: readonly Row[],
  owners: readonly string[],
  touched: Touched,
): Promise<number> {
  const owner = table.owner as keyof Row & string;
  const rowsOf = new Map<string, Row[]>(owners.map((id) => [id, []]));
  for (const row of rows) rowsOf.get(String(row[owner]))?.push(row);
  const column = columnName(owner);
  const keys = Object.keys(table.key);
  const kept = keys.map((field) => `r."${field}" = t.${columnName(field)}`).join(' AND ');
  const sql = `
    WITH removed AS (
      DELETE FROM ${table.table} t
      WHERE t.network_id = $1 AND t.${column} = ANY($2)
        AND NOT EXISTS (SELECT 1 FROM json_to_recordset($3::json) AS r(${recordset(table)}) WHERE ${kept})
      RETURNING ${touchedColumns(table, 't')} AS was
    ) SELECT was FROM removed`;
  const kinds = Object.values<string | undefined>(table.touches);
  let count = 0;
  for (const chunk of chunksOf([...rowsOf], 500)) {
    const removed: { was: string[] }[] = await em.query(sql, [
      networkId,
      chunk.map(([id]) => id),
      JSON.stringify(chunk.flatMap(([, own]) => own)),
    ]);
    for (const { was } of removed) kinds.forEach((kind, index) => touch(touched, kind, was[index]));
    count += removed.length;
  }
  return count;
}

/**
 * One statement adds or changes a batch and answers only the rows written. Its outer SELECT reads the table as it stood
 * before, which tells added from changed and gives the old values.
 */
function upsertStatement<Row extends object>(table: RowTable<Row>): string {
  const keys = Object.keys(table.key).map(columnName);
  const values = Object.keys(table.values).map(columnName);
  const names = [...keys, ...values];
  const expressions = columnsOf(table).map(([field, type]) =>
    type === 'day' ? `${EPOCH} + r."${field}"` : `r."${field}"`,
  );
  const list = (alias: string, columns: string[]): string => columns.map((column) => `${alias}.${column}`).join(', ');
  const onConflict =
    values.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${values.map((column) => `${column} = excluded.${column}`).join(', ')}
         WHERE (${list('t', values)}) IS DISTINCT FROM (${list('excluded', values)})`;
  return `
    WITH saved AS (
      INSERT INTO ${table.table} AS t (network_id, ${names.join(', ')})
      SELECT $1::integer, ${expressions.join(', ')} FROM json_to_recordset($2::json) AS r(${recordset(table)})
      ON CONFLICT (network_id, ${keys.join(', ')}) ${onConflict}
      RETURNING t.*
    )
    SELECT old.network_id IS NULL AS added, ${touchedColumns(table, 'saved')} AS now,
      ${touchedColumns(table, 'old')} AS was
    FROM saved LEFT JOIN ${table.table} old
      ON old.network_id = $1 AND ${keys.map((key) => `old.${key} = saved.${key}`).join(' AND ')}`;
}

/** The values of the touching fields as one text array, in the order of `touches`. */
function touchedColumns<Row extends object>(table: RowTable<Row>, alias: string): string {
  const columns = Object.keys(table.touches).map((field) => `${alias}.${columnName(field)}`);
  return columns.length > 0 ? `ARRAY[${columns.join(', ')}]` : `'{}'::text[]`;
}

function recordset<Row extends object>(table: RowTable<Row>): string {
  return columnsOf(table)
    .map(([field, type]) => `"${field}" ${SQL_TYPE[type]}`)
    .join(', ');
}

function columnsOf<Row extends object>(table: RowTable<Row>): [string, ColumnType][] {
  return Object.entries<ColumnType>({ ...table.key, ...table.values });
}

function touch(touched: Touched, kind: string | undefined, id: string | null | undefined): void {
  if (kind === undefined || id === null || id === undefined) return;
  const ids = touched.get(kind);
  if (ids) ids.add(id);
  else touched.set(kind, new Set([id]));
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

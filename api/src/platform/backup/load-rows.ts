import type pg from 'pg';
import { BackupReader, requireSame } from './backup-reader.js';
import type { Manifest, TableLine } from './backup-format.js';
import { copyIn, copyOut } from './copy-rows.js';
import { RowDigest } from './row-digest.js';
import { copyInto, copyOutOf, listTables, SCHEMAS, type StoredTable } from './stored-tables.js';

const BLOCK_BYTES = 1 << 16;

/**
 * Fills the tables with a backup's rows and its sequences, and then counts and digests what stands there. @throws Error where a table is
 * not the one that the backup names, or does not hold what the manifest says
 */
export async function loadRows(client: pg.ClientBase, path: string, withQueue: boolean): Promise<void> {
  const tables = new Map<string, StoredTable>();
  for (const schema of SCHEMAS) {
    if (schema === 'pgboss' && !withQueue) continue;
    for (const table of await listTables(client, schema)) tables.set(table.name, table);
  }
  const reader = new BackupReader(path);
  try {
    await reader.header();
    const unfilled = new Set(tables.keys());
    for (;;) {
      const section = await reader.section();
      if ('manifest' in section) {
        if (unfilled.size > 0) throw reader.bad(`no rows of ${[...unfilled].join(', ')}`, 'those of every table');
        await setSequences(client, section.manifest);
        return await verify(client, path, tables, section.manifest);
      }
      const table = sameTable(reader, tables, section.table);
      unfilled.delete(table.name);
      // What migrations put there stands in the backup as well.
      await client.query(`DELETE FROM ${table.name}`);
      await copyIn(client, copyInto(table), inBlocks(reader.rows()));
    }
  } finally {
    await reader.close();
  }
}

/** The table here of that name and those columns: what a file says becomes no SQL before. */
function sameTable(reader: BackupReader, tables: Map<string, StoredTable>, line: TableLine): StoredTable {
  const table = tables.get(line.table);
  const columns = (names: readonly string[]): string => names.join(', ');
  if (table && columns(table.columns) === columns(line.columns)) return table;
  throw reader.bad(
    `${line.table} (${columns(line.columns)})`,
    table ? `${table.name} (${columns(table.columns)})` : 'a table that its migrations make',
  );
}

async function setSequences(client: pg.ClientBase, { sequences }: Manifest): Promise<void> {
  for (const { name, last } of sequences) await client.query('SELECT setval($1::regclass, $2::bigint)', [name, last]);
}

async function verify(
  client: pg.ClientBase,
  path: string,
  tables: Map<string, StoredTable>,
  manifest: Manifest,
): Promise<void> {
  const stored: Manifest['tables'] = [];
  for (const { name } of manifest.tables) {
    const table = tables.get(name);
    if (!table) continue;
    const rows = new RowDigest();
    await copyOut(client, copyOutOf(table), (row) => {
      rows.add(row);
      return null;
    });
    stored.push({ name, rows: rows.rows, digest: rows.hex() });
  }
  requireSame(
    stored,
    manifest.tables,
    (where, found, expected) =>
      new Error(`${path}, restored ${where}: found ${found}, expected ${expected}. Nothing was changed.`),
  );
}

async function* inBlocks(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let block: Buffer[] = [];
  let bytes = 0;
  for await (const row of rows) {
    block.push(row);
    bytes += row.length;
    if (bytes < BLOCK_BYTES) continue;
    yield Buffer.concat(block);
    block = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(block);
}

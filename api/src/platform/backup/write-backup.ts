import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { PROJECT_RELEASE } from '../config/release.js';
import type { Header, Manifest } from './backup-format.js';
import { BackupWriter } from './backup-writer.js';
import { copyOut } from './copy-rows.js';
import { copyOutOf, listSequences, listTables, PLAIN_VALUES, queueVersion, type Schema } from './stored-tables.js';

export interface WrittenBackup {
  header: Omit<Header, 'throughwayBackup'>;
  manifest: Manifest;
  /** Size of the file. */
  bytes: number;
}

/**
 * Writes one snapshot of everything to a file, while others read and write. The queue is read as its owner, the worker, in the same
 * snapshot: what stands there must not run with the rights of the database's owner (docs/adr/0017).
 */
export async function writeBackup(owner: DataSource, worker: DataSource, path: string): Promise<WrittenBackup> {
  return inSnapshot(owner, null, (ours, snapshot) =>
    inSnapshot(worker, snapshot, async (queue) => {
      const header = await readHeader(ours, queue);
      const writer = new BackupWriter(path);
      try {
        await writer.begin(header);
        const sequences = [
          ...(await writeSchema(ours, 'public', writer)),
          ...(header.queueVersion === null ? [] : await writeSchema(queue, 'pgboss', writer)),
        ];
        return { header, ...(await writer.end(sequences)) };
      } catch (error) {
        await writer.abandon();
        throw error;
      }
    }),
  );
}

async function writeSchema(
  client: pg.ClientBase,
  schema: Schema,
  writer: BackupWriter,
): Promise<Manifest['sequences']> {
  for (const table of await listTables(client, schema)) {
    const { name, columns } = table;
    await writer.table({ table: name, columns }, (take) => copyOut(client, copyOutOf(table), take));
  }
  return listSequences(client, schema);
}

async function readHeader(ours: pg.ClientBase, queue: pg.ClientBase): Promise<WrittenBackup['header']> {
  const { rows } = await ours.query<{ takenAt: Date; installation: string; migrations: string[] }>(
    `SELECT now() AS "takenAt", (SELECT installation_id FROM installation) AS installation,
       (SELECT array_agg(name::text ORDER BY timestamp, id) FROM migration) AS migrations`,
  );
  const [found] = rows;
  if (!found) throw new Error('the database did not say what it holds');
  return {
    release: PROJECT_RELEASE,
    takenAt: found.takenAt.toISOString(),
    installation: found.installation,
    migrations: found.migrations,
    lastMigration: found.migrations.at(-1) ?? '',
    queueVersion: await queueVersion(queue),
  };
}

/** A transaction that only reads, in a snapshot of its own or in that of another transaction, which still runs. */
async function inSnapshot<T>(
  source: DataSource,
  snapshot: string | null,
  work: (client: pg.ClientBase, snapshot: string) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    const client = (await runner.connect()) as pg.ClientBase;
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    if (snapshot !== null) await client.query(`SET TRANSACTION SNAPSHOT '${snapshot}'`);
    await client.query(PLAIN_VALUES);
    const exported =
      snapshot ?? (await client.query<{ id: string }>('SELECT pg_export_snapshot() AS id')).rows[0]?.id ?? '';
    return await work(client, exported);
  } finally {
    await runner.query('ROLLBACK').catch(() => undefined);
    await runner.release();
  }
}

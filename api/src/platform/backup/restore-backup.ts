import type pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { APPLICATION_NAME } from '../database/application-name.js';
import { underMigrationLock } from '../database/data-source.js';
import type { Header, Manifest } from './backup-format.js';
import { BadBackup, checkBackup } from './backup-reader.js';
import { makeFreshTables, makeQueue, migrateForward, unknownMigrations } from './fresh-tables.js';
import { loadRows } from './load-rows.js';
import { putAside } from './put-aside.js';
import { PLAIN_VALUES } from './stored-tables.js';

export interface RestoredBackup {
  header: Header;
  manifest: Manifest;
  /** What this release had to add to the backup's tables. */
  migrated: string[];
}

/** Reads a backup whole, and whether this release can restore it. @throws BadBackup */
export async function inspectBackup(
  source: DataSource,
  path: string,
): Promise<Pick<RestoredBackup, 'header' | 'manifest'>> {
  const backup = await checkBackup(path);
  const unknown = unknownMigrations(source, backup.header.migrations);
  if (unknown.length > 0) {
    const expected = `migrations that this release knows: restore with release ${backup.header.release} or a newer one`;
    throw new BadBackup(path, 'the header', unknown.join(', '), expected);
  }
  return backup;
}

/**
 * Replaces everything in the database by a backup that was inspected, in one transaction: tables as the backup's migrations make them, its rows, counted and
 * digested again, every reference checked, and what this release adds. `before` comes last and is part of it: what has to be true before
 * anybody is served. The planner's statistics are made after. @throws Error when a server is running on the database
 */
export async function restoreBackup(
  source: DataSource,
  ownerUrl: string,
  path: string,
  { header, manifest }: Pick<RestoredBackup, 'header' | 'manifest'>,
  before: (em: EntityManager) => Promise<void>,
): Promise<RestoredBackup> {
  const migrated = await underMigrationLock(ownerUrl, async () => {
    const runner = source.createQueryRunner();
    try {
      const client = (await runner.connect()) as pg.ClientBase;
      await requireNobodyElse(client);
      await runner.startTransaction();
      await client.query(PLAIN_VALUES);
      await makeFreshTables(source, runner, header.migrations);
      if (header.queueVersion !== null) requireQueue(path, header.queueVersion, await makeQueue(client));
      const putBack = await putAside(client);
      await loadRows(client, path, header.queueVersion !== null);
      await putBack();
      const added = await migrateForward(source, runner);
      await before(runner.manager);
      await runner.commitTransaction();
      return added;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  });
  await source.query('ANALYZE');
  return { header, manifest, migrated };
}

function requireQueue(path: string, found: number, expected: number | null): void {
  if (found === expected) return;
  throw new BadBackup(
    path,
    'the header',
    `tables of the queue in version ${found}`,
    `${expected}: restore with the release that wrote it, and then update`,
  );
}

/** A process that already serves would go on with what it remembers of another database; one that starts waits for the lock. */
async function requireNobodyElse(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'throughway %' AND application_name <> $1`,
    [APPLICATION_NAME],
  );
  if (rows.length === 0) return;
  const processes = rows.map(({ name }) => name.replace('throughway ', '')).join(', ');
  throw new Error(
    `The database: found it in use by ${rows.length} running processes of Throughway (${processes}), expected none. ` +
      'Stop them, and restore then. Nothing was changed.',
  );
}

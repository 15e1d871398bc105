import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { PROJECT_ROOT } from '../config/config.js';
import { APPLICATION_NAME } from './application-name.js';
import { giveLogins } from './roles.js';

type MigrationClass = new () => MigrationInterface;

/** A request that gets no connection within this is answered 503 instead of waiting on. */
const CONNECTS_WITHIN_MS = 5000;

/** Key of the advisory lock under which migrations run; any constant that nothing else uses. */
const MIGRATION_LOCK = 7_433_001;

/** Every migration, in order of its timestamp. They are plain TypeScript that the pinned Node runs as it stands. */
async function loadMigrations(): Promise<MigrationClass[]> {
  const folder = join(PROJECT_ROOT, 'migrations');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  const modules = await Promise.all(
    files.sort().map((name) => import(pathToFileURL(join(folder, name)).href) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) =>
    Object.values(module).filter((value): value is MigrationClass => typeof value === 'function'),
  );
}

/** An open pool on `url`. The server's idle-connection errors are swallowed by the pool: the next query reports them. */
export async function openDataSource(url: string, poolSize: number): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: await loadMigrations(),
    migrationsTableName: 'migration',
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize,
    applicationName: APPLICATION_NAME,
    poolErrorHandler: () => undefined,
    connectTimeoutMS: CONNECTS_WITHIN_MS,
  });
  return source.initialize();
}

/**
 * Applies what is pending, each migration in its own transaction. Safe when many processes start at once: one works,
 * the others wait on a session lock and then find nothing to do. Returns the names applied. With `logins`, the roles that
 * requests and jobs use get their passwords, too.
 */
export async function migrate(
  source: DataSource,
  url: string,
  { logins = true }: { logins?: boolean } = {},
): Promise<string[]> {
  return underMigrationLock(url, async (lock) => {
    const applied = await source.runMigrations({ transaction: 'each' });
    if (logins) await giveLogins(lock, url);
    return applied.map((migration) => migration.name);
  });
}

/** Runs `work` while no other process migrates or restores; those that want to wait. `lock` is the connection that holds it. */
export async function underMigrationLock<T>(url: string, work: (lock: pg.Client) => Promise<T>): Promise<T> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(lock);
  } finally {
    await lock.end();
  }
}

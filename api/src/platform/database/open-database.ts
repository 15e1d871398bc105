import type { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { migrate, openDataSource } from './data-source.js';
import { isUnreachable } from './is-unreachable.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { APP_ROLE, type DatabaseUrls, urlAs, WORKER_ROLE } from './roles.js';

/** Connections of the owner: migrations and commands need no more. */
const OWNER_POOL_SIZE = 4;

export interface OpenDatabase {
  /** The configuration with the address of each role filled in. */
  config: Config & DatabaseUrls;
  /** Open as the owner, for what the server's operator does: migrations, first data, commands. Its user's to close. */
  source: DataSource;
  /** How the embedded server came up; `external` when DATABASE_URL was given. */
  state: EmbeddedPostgres['state'] | 'external';
  migrations: string[];
  /** Settles when an embedded server that this process started ends although nobody asked it to. */
  lost: Promise<void>;
  /** Stops an embedded server that this process owns. The source is its user's to close first. */
  stop(): Promise<void>;
}

/** Opens the configured database (or an embedded one in DATA_DIR) and applies pending migrations. For the api and for commands alike. */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  const embedded = config.DATABASE_URL ? null : await startEmbeddedPostgres(config.DATA_DIR);
  const given = config.DATABASE_OWNER_URL !== undefined;
  const owner = config.DATABASE_OWNER_URL ?? config.DATABASE_URL ?? embedded?.url ?? '';
  const urls = {
    DATABASE_OWNER_URL: owner,
    DATABASE_URL: given && config.DATABASE_URL ? config.DATABASE_URL : urlAs(owner, APP_ROLE),
    DATABASE_WORKER_URL: config.DATABASE_WORKER_URL ?? urlAs(owner, WORKER_ROLE),
  };
  const stop = async (): Promise<void> => embedded?.stop();
  const lost = embedded?.lost ?? new Promise<void>(() => undefined);
  let source: DataSource | null = null;
  try {
    source = await openDataSource(owner, OWNER_POOL_SIZE);
    const migrations = await migrate(source, owner, { logins: !given });
    return {
      config: { ...config, ...urls },
      source,
      state: embedded?.state ?? 'external',
      migrations,
      lost,
      stop,
    };
  } catch (error) {
    await source?.destroy();
    await stop();
    if (!embedded && isUnreachable(error)) throw unreachable(owner, error);
    throw error;
  }
}

/** Names the setting and the server, never the password. */
function unreachable(url: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new Error(`Configuration:\n  DATABASE_URL: no PostgreSQL answers at ${new URL(url).host} (${reason})`, {
    cause,
  });
}

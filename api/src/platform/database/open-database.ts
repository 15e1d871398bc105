import type { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { migrate, openDataSource } from './data-source.js';
import { isUnreachable } from './is-unreachable.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

export interface OpenDatabase {
  /** The configuration with DATABASE_URL filled in. */
  config: Config & { DATABASE_URL: string };
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
  const url = config.DATABASE_URL ?? embedded?.url ?? '';
  const stop = async (): Promise<void> => embedded?.stop();
  const lost = embedded?.lost ?? new Promise<void>(() => undefined);
  let source: DataSource | null = null;
  try {
    source = await openDataSource(url, config.DATABASE_POOL_SIZE);
    const migrations = await migrate(source, url);
    return {
      config: { ...config, DATABASE_URL: url },
      source,
      state: embedded?.state ?? 'external',
      migrations,
      lost,
      stop,
    };
  } catch (error) {
    await source?.destroy();
    await stop();
    if (!embedded && isUnreachable(error)) throw unreachable(url, error);
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

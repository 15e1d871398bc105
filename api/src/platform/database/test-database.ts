import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { type Config, parseConfig } from '../config/config.js';
import { openDataSource } from './data-source.js';
import { Transactions } from './transactions.js';
import { APP_ROLE, type DatabaseUrls, urlAs, WORKER_ROLE } from './roles.js';

export interface TestDatabase {
  config: Config & DatabaseUrls;
  /** Open as the owner, who writes what a spec needs and reads what nobody else does. */
  source: DataSource;
  /** Transactions of the owner, who sees every tenant's rows. */
  asOwner: Transactions;
  drop(): Promise<void>;
}

/**
 * A database of this spec file's own, cloned from the migrated template that jest's global setup made (milliseconds,
 * against seconds for migrating anew). `env` overrides configuration.
 */
export async function testDatabase(env: Record<string, string> = {}): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('TEST_DATABASE_URL is missing: run specs through jest.config.mjs');
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await asAdministrator(server, `CREATE DATABASE ${name} TEMPLATE spec_template`);
  const url = server.replace(/\/[^/]*$/, `/${name}`);
  const config = parseConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    TODAY: '2026-06-30',
    DATABASE_POOL_SIZE: '5',
    DATABASE_URL: urlAs(url, APP_ROLE),
    DATABASE_OWNER_URL: url,
    DATABASE_WORKER_URL: urlAs(url, WORKER_ROLE),
    ...env,
  }) as Config & DatabaseUrls;
  const source = await openDataSource(url, config.DATABASE_POOL_SIZE);
  return {
    config,
    source,
    asOwner: new Transactions(source),
    drop: async () => {
      if (source.isInitialized) await source.destroy();
      await asAdministrator(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function asAdministrator(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

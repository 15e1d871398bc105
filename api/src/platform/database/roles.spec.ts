import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { parseConfig } from '../config/config.js';
import { openDatabase } from './open-database.js';
import { APP_ROLE, requireWalled, urlAs, WORKER_ROLE } from './roles.js';
import { testDatabase, type TestDatabase } from './test-database.js';

let database: TestDatabase;
const made: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const role of made) await database.source.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await database?.drop();
});

/** Whether the server would answer requests as a role that is made so. */
async function serves(options: string, member?: string): Promise<boolean> {
  const role = `spec_${randomUUID().slice(0, 8)}`;
  made.push(role);
  await database.source.query(`CREATE ROLE ${role} LOGIN PASSWORD 'sample' ${options}`);
  if (member) await database.source.query(`GRANT ${member} TO ${role}`);
  const url = new URL(database.config.DATABASE_OWNER_URL);
  url.username = role;
  url.password = 'sample';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await requireWalled(async (sql) => (await client.query<{ unwalled: boolean }>(sql)).rows, 'DATABASE_URL');
    return true;
  } catch (error) {
    expect(String(error)).toContain('DATABASE_URL: found a role that owns the tables');
    return false;
  } finally {
    await client.end();
  }
}

describe('The server answers', () => {
  test('as a role that the second wall holds', async () => {
    expect(await serves('')).toBe(true);
  });

  test('as none that may become the owner of the tables, or make roles that may', async () => {
    const [{ owner }] = await database.source.query<[{ owner: string }]>(
      `SELECT relowner::regrole::text AS owner FROM pg_class WHERE relname = 'student'`,
    );
    expect(await serves('NOINHERIT', owner)).toBe(false);
    expect(await serves('INHERIT', owner)).toBe(false);
    expect(await serves('CREATEROLE')).toBe(false);
    expect(await serves('BYPASSRLS')).toBe(false);
  });
});

describe('The passwords of requests and jobs', () => {
  test('follow from the owner’s, and never from none', async () => {
    const bare = 'postgres://owner@db.example/throughway';
    for (const role of [APP_ROLE, WORKER_ROLE] as const) {
      expect(() => urlAs(bare, role)).toThrow('DATABASE_URL: found no password');
      expect(() => urlAs('postgres://owner:@db.example/throughway', role)).toThrow('addresses of all three');
      expect(urlAs('postgres://owner:one@db.example/throughway', role)).not.toBe(
        urlAs('postgres://owner:two@db.example/throughway', role),
      );
    }
    const config = parseConfig({ NODE_ENV: 'test', DATABASE_URL: bare });
    await expect(openDatabase(config)).rejects.toThrow('found no password');
  });
});

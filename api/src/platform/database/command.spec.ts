import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { openDataSource } from './data-source.js';
import { type Tenant, tenants } from './tenants.builder.js';
import { testDatabase, type TestDatabase } from './test-database.js';
import { Transactions } from './transactions.js';

let database: TestDatabase;
let app: DataSource;
let transactions: Transactions;
let one: Tenant;
let other: Tenant;

beforeAll(async () => {
  database = await testDatabase();
  app = await openDataSource(database.config.DATABASE_URL, 3);
  transactions = new Transactions(app);
  const [first, second] = await tenants(database.source, 2);
  if (!first || !second) throw new Error('there are two tenants');
  [one, other] = [first, second];
});
afterAll(async () => {
  await app?.destroy();
  await database?.drop();
});

/** The schools whose students a piece sees, and how many networks. */
async function look(em: EntityManager): Promise<{ schools: string[]; networks: number }> {
  const [found] = await em.query<[{ schools: string[]; networks: number }]>(
    `SELECT ARRAY(SELECT DISTINCT organization_id::text FROM student) AS schools, (SELECT count(*)::int FROM network) AS networks`,
  );
  return found;
}
const NOTHING = { schools: [], networks: 0 };
const nameIt = (em: EntityManager, name: string): Promise<unknown> =>
  em.query(`INSERT INTO organization (kind, name) VALUES ('state', $1)`, [name]);
const named = async (name: string): Promise<number> =>
  (await database.source.query<unknown[]>('SELECT FROM organization WHERE name = $1', [name])).length;

describe('A piece of a command', () => {
  test('sees what its own asker reaches, whoever asked before it', async () => {
    const seen = await transactions.command('somebody', async () => [
      await transactions.inTenant(one.coordinator, look),
      await transactions.run(look),
      await transactions.readInTenant(other.coordinator, look),
      await transactions.inTenant(one.student, look),
      await transactions.read(look),
    ]);
    expect(seen).toEqual([
      { schools: [one.organizationId], networks: 1 },
      NOTHING,
      { schools: [other.organizationId], networks: 1 },
      { schools: [one.organizationId], networks: 1 },
      NOTHING,
    ]);
  });

  test('sees what the pieces before it wrote, which nobody else does until all are done', async () => {
    await transactions.command('somebody', async () => {
      await transactions.run((em) => nameIt(em, 'Sample Whole'));
      const seen = await transactions.read((em) =>
        em.query<unknown[]>(`SELECT FROM organization WHERE name = 'Sample Whole'`),
      );
      expect([seen.length, await named('Sample Whole')]).toEqual([1, 0]);
    });
    expect(await named('Sample Whole')).toBe(1);
  });

  test('takes back all of them when it fails, also when nobody lets it be known', async () => {
    const failing = (swallow: boolean): Promise<unknown> =>
      transactions.command('somebody', async () => {
        await transactions.run((em) => nameIt(em, 'Sample Taken Back'));
        const piece = transactions.run(() => Promise.reject(new Error('on purpose')));
        await (swallow ? piece.catch(() => undefined) : piece);
      });
    await expect(failing(false)).rejects.toThrow('on purpose');
    await expect(failing(true)).rejects.toThrow('a piece of it failed');
    expect(await named('Sample Taken Back')).toBe(0);
  });

  test('follows the one before: two at once would see through each other’s eyes', async () => {
    const both = transactions.command('somebody', () =>
      Promise.all([transactions.inTenant(one.coordinator, look), transactions.inTenant(other.coordinator, look)]),
    );
    await expect(both).rejects.toThrow('began while the command was running');
  });

  test('of another command, or of none, is none of it', async () => {
    let outside: Promise<unknown> = Promise.resolve();
    const command = transactions.command('somebody', async () => {
      await transactions.run((em) => nameIt(em, 'Sample Apart'));
      await outside;
      throw new Error('on purpose');
    });
    outside = transactions.run((em) => nameIt(em, 'Sample Outside'));
    await expect(command).rejects.toThrow('on purpose');
    expect([await named('Sample Apart'), await named('Sample Outside')]).toEqual([0, 1]);
  });
});

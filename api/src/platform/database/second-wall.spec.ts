import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { isFull, reportTrust } from '../../trust-report.builder.js';
import type { Asker } from '../auth/sight.js';
import { openDataSource } from './data-source.js';
import { rowScopeOf, rowScopeStatement } from './row-scope.js';
import { type Tenant, tenants } from './tenants.builder.js';
import { testDatabase, type TestDatabase } from './test-database.js';
import { Transactions } from './transactions.js';

/** TRUST S2: 10,000, and in `npm test` a slice of them. */
const REQUESTS = isFull ? 10_000 : 1_000;
const TENANTS = 20;
const CONNECTIONS = 5;
/** Requests under way at a time: many more than there are connections, so that each connection goes from tenant to tenant. */
const AT_ONCE = 40;

let database: TestDatabase;
let app: DataSource;
let transactions: Transactions;
let all: Tenant[];
/** For the row of `npm run trust`; what was not measured is no number. */
const measured = { foreign: NaN, missing: NaN, leakedByControl: 0, walled: 0, withoutTenant: [] as number[] };

beforeAll(async () => {
  database = await testDatabase();
  app = await openDataSource(database.config.DATABASE_URL, CONNECTIONS);
  transactions = new Transactions(app);
  all = await tenants(database.source, TENANTS);
});
afterAll(async () => {
  await app?.destroy();
  await database?.drop();
  const { foreign, missing, leakedByControl, walled, withoutTenant } = measured;
  reportTrust({
    id: 'S2',
    promise: 'the database is the second wall',
    figure:
      `${REQUESTS} interleaved requests of ${TENANTS} tenants over ${CONNECTIONS} connections: ${foreign} foreign rows, ${missing} own ones ` +
      `missing; without a tenant ${withoutTenant.join(' and ')} rows of ${walled} tables as either role`,
    goal: '0 foreign, 0 without a tenant',
    holds: foreign + missing === 0 && walled > 0 && withoutTenant.join() === '0,0',
    control: { what: `session-level SET leaked ${leakedByControl} rows`, failed: leakedByControl > 0 },
  });
});

function tenant(number: number): Tenant {
  const found = all[number % TENANTS];
  if (!found) throw new Error('there are tenants');
  return found;
}

/** What a transaction sees of tenants' rows when it asks for all there is; by table. */
const EVERYTHING = `
  SELECT 'student' AS kind, organization_id::text AS whose, student_id::text AS about FROM student
  UNION ALL SELECT 'guardian', organization_id::text, student_id::text FROM guardian
  UNION ALL SELECT 'population', organization_id::text, student_id::text FROM student_population
  UNION ALL SELECT 'network', network_id::text, NULL FROM network
  UNION ALL SELECT 'skill', network_id::text, NULL FROM skill
  UNION ALL SELECT 'employer', network_id::text, NULL FROM employer
  UNION ALL SELECT 'import', network_id::text, NULL FROM import_run`;
type Seen = { kind: string; whose: string; about: string | null }[];

/** Someone who asks, and how many rows of each kind are theirs; `one` says that a row about a student is about theirs. */
interface Request {
  asker: Asker | null;
  tenant: Tenant;
  rows: number;
  one?: true;
}

function request(number: number): Request {
  const here = tenant(number);
  const { coordinator, educator, student, guardian } = here;
  const kinds: Request[] = [
    { asker: coordinator, tenant: here, rows: 13 },
    { asker: educator, tenant: here, rows: 4 },
    { asker: student, tenant: here, rows: 7, one: true },
    { asker: null, tenant: here, rows: 0 },
    { asker: guardian, tenant: here, rows: 7, one: true },
  ];
  return kinds[Math.floor(number / TENANTS) % kinds.length] ?? { asker: null, tenant: here, rows: 0 };
}

function leaked(seen: Seen, { tenant: { organizationId, networkId, studentIds }, rows, one }: Request): number {
  const own = seen.filter(
    ({ whose, about }) =>
      rows > 0 &&
      (about === null ? whose === String(networkId) : whose === organizationId && (!one || about === studentIds[0])),
  );
  return seen.length - own.length;
}

type Run = (asker: Asker | null, work: (em: EntityManager) => Promise<Seen>) => Promise<Seen>;

/** Asks for everything as one after the other, interleaved; every seventh fails in the end. Counts foreign rows, and own ones missed. */
async function ask(run: Run, count: number): Promise<{ foreign: number; missing: number }> {
  const found = { foreign: 0, missing: 0 };
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let number = next++; number < count; number = next++) {
      const asked = request(number);
      let seen: Seen = [];
      await run(asked.asker, async (em) => {
        seen = await em.query(EVERYTHING);
        if (number % 7 === 6) throw new Error('on purpose');
        return seen;
      }).catch((error: Error) => {
        if (error.message !== 'on purpose') throw error;
      });
      const foreign = leaked(seen, asked);
      found.foreign += foreign;
      found.missing += Math.max(0, asked.rows - (seen.length - foreign));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return found;
}

describe('Requests of many tenants over few connections', () => {
  test(`${REQUESTS}, interleaved, each see their own rows, whole, and none of another's`, async () => {
    const run: Run = (asker, work) => (asker ? transactions.inTenant(asker, work) : transactions.run(work));
    Object.assign(measured, await ask(run, REQUESTS));
    expect(measured).toMatchObject({ foreign: 0, missing: 0 });
  }, 300_000);

  test('leak when what they may see is set for the session and not for the transaction (the control)', async () => {
    const run: Run = async (asker, work) => {
      const runner = app.createQueryRunner();
      try {
        if (asker) await runner.query(rowScopeStatement(rowScopeOf(asker)).replaceAll(', true)', ', false)'));
        return await work(runner.manager);
      } finally {
        await runner.release();
      }
    };
    try {
      measured.leakedByControl = (await ask(run, 400)).foreign;
      expect(measured.leakedByControl).toBeGreaterThan(0);
    } finally {
      await app.destroy();
      app = await openDataSource(database.config.DATABASE_URL, CONNECTIONS);
      transactions = new Transactions(app);
    }
  });
});

describe('A transaction that was told of no tenant', () => {
  test.each(['DATABASE_URL', 'DATABASE_WORKER_URL'] as const)(
    'sees no row of any tenant table as %s',
    async (setting) => {
      const source = await openDataSource(database.config[setting], 1);
      try {
        const behind: { name: string }[] = await source.query(
          `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
           AND has_table_privilege(oid, 'SELECT')`,
        );
        const count = (from: DataSource, table: string): Promise<[{ rows: number }]> =>
          from.query(`SELECT count(*)::integer AS rows FROM ${table}`);
        let rows = 0;
        const seen: Record<string, number> = {};
        for (const { name } of behind) {
          const [visible] = await count(source, name);
          if (visible.rows > 0) seen[name] = visible.rows;
          rows += (await count(database.source, name))[0].rows;
        }
        measured.walled = Math.max(measured.walled, behind.length);
        measured.withoutTenant.push(Object.values(seen).reduce((sum, count) => sum + count, 0));
        expect(seen).toEqual({});
        expect(rows).toBe(TENANTS * 13);
      } finally {
        await source.destroy();
      }
    },
  );
});

describe('A transaction of one tenant', () => {
  const own = () => tenant(0);
  const other = () => tenant(1);
  const as = (asker: Asker, sql: string, values: unknown[] = []): Promise<[unknown[], number]> =>
    transactions.inTenant(asker, (em) => em.query(sql, values));
  const refused = { code: '42501' };
  const INSERT = `INSERT INTO student (organization_id, school_student_id, given_name, family_name, born_on)
    VALUES ($1, 'NEW', 'Sample', 'Student', '2010-03-01')`;

  test('writes its own rows', async () => {
    await as(own().coordinator, INSERT, [own().organizationId]);
    const [, count] = await as(own().coordinator, `UPDATE student SET grade = '12' WHERE school_student_id = 'NEW'`);
    expect(count).toBe(1);
    await database.source.query(`DELETE FROM student WHERE school_student_id = 'NEW'`);
  });

  test("adds no row of another's, and gives none away", async () => {
    const give = 'UPDATE student SET organization_id = $1';
    const run = `INSERT INTO import_run (network_id, partial, state, bytes_total) VALUES ($1, false, 'received', 0)`;
    await expect(as(own().coordinator, INSERT, [other().organizationId])).rejects.toMatchObject(refused);
    await expect(as(own().coordinator, give, [other().organizationId])).rejects.toMatchObject(refused);
    await expect(as(own().coordinator, run, [other().networkId])).rejects.toMatchObject(refused);
    await expect(
      as(own().coordinator, 'UPDATE import_run SET network_id = $1', [other().networkId]),
    ).rejects.toMatchObject(refused);
  });

  test("changes and removes no row of another's", async () => {
    const { coordinator } = own();
    const foreign = [other().organizationId];
    for (const table of ['student', 'guardian', 'student_population']) {
      const changed = await as(
        coordinator,
        `UPDATE ${table} SET organization_id = organization_id WHERE organization_id = $1`,
        foreign,
      );
      expect([table, changed[1]]).toEqual([table, 0]);
    }
    expect((await as(coordinator, 'DELETE FROM student WHERE organization_id = $1', foreign))[1]).toBe(0);
    expect(
      (await as(coordinator, 'UPDATE import_run SET error_count = 1 WHERE network_id = $1', [other().networkId]))[1],
    ).toBe(0);
    expect(
      (await as(coordinator, `UPDATE network SET name = 'Taken' WHERE network_id = $1`, [other().networkId]))[1],
    ).toBe(0);
  });

  test('of someone whom a record is about reads it, and writes nothing of it', async () => {
    for (const asker of [own().student, own().guardian]) {
      const [, changed] = await as(asker, `UPDATE student SET grade = '12'`);
      const [, removed] = await as(asker, 'DELETE FROM student');
      const rows: unknown[] = await transactions.readInTenant(asker, (em) => em.query('SELECT FROM student'));
      expect([changed, removed, rows.length]).toEqual([0, 0, 1]);
    }
  });
});

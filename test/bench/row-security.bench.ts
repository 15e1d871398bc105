import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import type { Asker } from '../../api/src/platform/auth/sight.js';
import type * as ConfigModule from '../../api/src/platform/config/config.js';
import type * as DataSources from '../../api/src/platform/database/data-source.js';
import type * as OpenDatabase from '../../api/src/platform/database/open-database.js';
import type * as TransactionsModule from '../../api/src/platform/database/transactions.js';
import { median, peakMb, report } from './measure.ts';
import { temporaryFolder } from '../support/portal.ts';

/**
 * Reads behind the second wall (a role that bypasses nothing, a transaction that says who asks, policies) against the same reads
 * without it (the owner, no transaction, no policy), alternating on one database: requests a second that 8 clients get.
 */
const SCHOOLS = 40;
const STUDENTS = 500;
const CLIENTS = 8;
const ROUNDS = 7;
const ROUND_MS = 2000;

/** What was built of the platform; its sources do not run without a build. */
const built = (file: string): Promise<unknown> => import(`../../api/dist/platform/${file}.js`);
const { openDatabase } = (await built('database/open-database')) as typeof OpenDatabase;
const { openDataSource } = (await built('database/data-source')) as typeof DataSources;
const { Transactions } = (await built('database/transactions')) as typeof TransactionsModule;
const { parseConfig } = (await built('config/config')) as typeof ConfigModule;

const folder = temporaryFolder('bench-row-security');
const database = await openDatabase(parseConfig({ NODE_ENV: 'test', DATA_DIR: folder.path }));
const app = await openDataSource(database.config.DATABASE_URL, CLIENTS);
const owner = await openDataSource(database.config.DATABASE_OWNER_URL, CLIENTS);
try {
  const schools = await fill(owner);
  const walled = new Transactions(app);
  const asker = (school: string): Asker => ({
    actor: {
      personId: school,
      roles: [
        {
          ...{
            membershipId: school,
            role: 'coordinator',
            subjectId: null,
            since: '2026-01-01',
            organizationId: school,
          },
          ...{ name: 'Sample school', kind: 'school', sample: false, within: [school] },
        },
      ],
    },
  });
  const pick = (): string => schools[Math.floor(Math.random() * schools.length)]!;
  const rates = { with: [] as number[], without: [] as number[] };
  for (let round = 0; round < ROUNDS + 1; round++) {
    const withWall = await rate(() => {
      const school = pick();
      return walled.readInTenant(asker(school), (em) => page(em, school));
    });
    const withoutWall = await rate(() => page(owner.manager, pick()));
    if (round === 0) continue;
    rates.with.push(withWall);
    rates.without.push(withoutWall);
  }
  const ratio = Math.round((median(rates.with) / median(rates.without)) * 100);
  report([
    {
      name: `page of students behind row-level security and a transaction, ${SCHOOLS} schools × ${STUDENTS}, ${CLIENTS} clients: share of the throughput without`,
      value: ratio,
      unit: `% (${Math.round(median(rates.with))} against ${Math.round(median(rates.without))} a second)`,
      goal: '≥ 60 %',
      holds: ratio >= 60,
      runs: ROUNDS,
      peakMb: peakMb(),
      peers: [],
    },
  ]);
} finally {
  for (const source of [app, owner, database.source]) await source.destroy();
  await database.stop();
  folder.remove();
}

/** What the students page reads: how many, 50 of them by name, their guardians, populations and accounts. */
async function page(em: EntityManager, school: string): Promise<void> {
  const [{ count } = { count: 0 }] = await em.query<{ count: number }[]>(
    'SELECT count(*)::integer AS count FROM student s WHERE s.organization_id = ANY($1::uuid[])',
    [[school]],
  );
  const rows = await em.query<{ student_id: string; organization_id: string }[]>(
    `SELECT s.* FROM student s WHERE s.organization_id = ANY($1::uuid[])
     ORDER BY s.family_name, s.given_name, s.student_id LIMIT 50 OFFSET $2`,
    [[school], 50 * Math.floor(Math.random() * (STUDENTS / 50))],
  );
  const ids = rows.map(({ student_id: id }) => id);
  const guardians = await em.query<unknown[]>('SELECT * FROM guardian WHERE student_id = ANY($1)', [ids]);
  await em.query('SELECT * FROM student_population WHERE student_id = ANY($1) AND until_on IS NULL', [ids]);
  await em.query('SELECT subject_id FROM membership WHERE subject_id = ANY($1) AND ended_at IS NULL', [ids]);
  if (count !== STUDENTS || rows.some((row) => row.organization_id !== school) || guardians.length !== rows.length) {
    throw new Error(`read ${count} students, ${rows.length} on the page, ${guardians.length} guardians`);
  }
}

/** Requests a second over one round. */
async function rate(request: () => Promise<void>): Promise<number> {
  await delay(100);
  const began = performance.now();
  let done = 0;
  const client = async (): Promise<void> => {
    while (performance.now() - began < ROUND_MS) {
      await request();
      done++;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return done / ((performance.now() - began) / 1000);
}

/** Schools with students, each with a guardian and a population. */
async function fill(source: DataSource): Promise<string[]> {
  const schools: { id: string }[] = await source.query(
    `INSERT INTO organization (kind, name) SELECT 'school', 'Sample school ' || k FROM generate_series(1, ${SCHOOLS}) k
     RETURNING organization_id AS id`,
  );
  await source.query(
    `INSERT INTO student (organization_id, school_student_id, given_name, family_name, born_on)
     SELECT o.organization_id, 'S' || k, 'Sample ' || k, 'Student ' || (k * 7919) % 1000, DATE '2009-01-01' + k
     FROM organization o, generate_series(1, ${STUDENTS}) k`,
  );
  await source.query(
    `INSERT INTO guardian (student_id, organization_id, name, email)
     SELECT student_id, organization_id, 'Sample Guardian', student_id || '@example.test' FROM student`,
  );
  await source.query(
    `INSERT INTO student_population (student_id, organization_id, population, since_on, source)
     SELECT student_id, organization_id, 'rural', DATE '2025-08-01', 'sample' FROM student`,
  );
  await source.query('ANALYZE');
  return schools.map(({ id }) => id);
}

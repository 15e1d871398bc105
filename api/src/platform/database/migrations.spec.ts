import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { isFull, reportTrust } from '../../trust-report.builder.js';
import { migrate, openDataSource } from './data-source.js';

const AT_ONCE = 20;
/** Fewer already shows it; all of them would wait for each other's locks. */
const WITHOUT_LOCK = 4;
const ROUNDS = isFull ? 5 : 1;
/** What is older may run beside what is newer, from the release that has these migrations on. */
const FIRST_RELEASE = 'NoteUnreachableAddresses1795651320000';
/** Migrations after it that older processes do not survive, and what whoever updates has to do about it. */
const STOP_FIRST: Record<string, string> = {};
/** Those whose constraints somebody looked at, and why they ask nothing of what older processes write. */
const LOOKED_AT: Record<string, string> = {
  ClaimWeeklyDigests1795651370000:
    'one constraint allows more than the one it replaces, the other is about a new column, which older processes leave null',
};

const server = process.env['TEST_DATABASE_URL'] ?? '';
const opened: DataSource[] = [];
const names: string[] = [];
/** For the row of `npm run trust`; what was not measured is no number. */
const measured = { runs: 0, failed: NaN, twice: NaN, again: NaN, taken: NaN, failedWithoutLock: NaN };
let administrator: pg.Client;

beforeAll(async () => {
  administrator = new pg.Client({ connectionString: server });
  await administrator.connect();
});
afterAll(async () => {
  for (const source of opened) await source.destroy();
  for (const name of names) await administrator.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await administrator?.end();
  const { runs, failed, twice, again, taken, failedWithoutLock } = measured;
  reportTrust({
    id: 'R9',
    promise: 'migrations are safe',
    figure:
      `${failed} of ${runs} runs at once failed, ${twice} migrations ran twice; a second run changed ${again} things; ` +
      `migrations since ${FIRST_RELEASE} took ${taken} things from older processes`,
    goal: '0, 0, 0 and 0',
    holds: runs > 0 && failed === 0 && twice === 0 && again === 0 && taken === 0,
    control: {
      what: `no lock: ${failedWithoutLock} of ${WITHOUT_LOCK * ROUNDS} runs at once failed`,
      failed: failedWithoutLock > 0,
    },
  });
});

async function emptyDatabase(): Promise<string> {
  const name = `migrations_${randomUUID().replaceAll('-', '')}`;
  names.push(name);
  await administrator.query(`CREATE DATABASE ${name}`);
  return server.replace(/\/[^/]*$/, `/${name}`);
}

async function open(url: string): Promise<DataSource> {
  const source = await openDataSource(url, 2);
  opened.push(source);
  return source;
}

const ran = async (source: DataSource): Promise<string[]> =>
  (await source.query<{ name: string }[]>('SELECT name FROM migration ORDER BY id')).map(({ name }) => name);

const nameOf = (migration: MigrationInterface): string => migration.name ?? migration.constructor.name;

/** What a process that was written before may count on: what it can read, write and call, and what it need not fill. */
async function offered(source: DataSource): Promise<string[]> {
  const rows: { it: string }[] = await source.query(`
    WITH tables AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')),
      columns AS (SELECT c.relname, a.* FROM tables c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
    SELECT format('%s.%s is %s', relname, attname, format_type(atttypid, atttypmod)) AS it FROM columns
    UNION ALL SELECT format('%s.%s may be left out', relname, attname) FROM columns
      WHERE NOT attnotnull OR atthasdef OR attidentity <> ''
    UNION ALL SELECT format('%s may %s %s', grantee::regrole, lower(privilege_type), relname) FROM tables, aclexplode(relacl)
    UNION ALL SELECT format('%s may %s %s.%s', grantee::regrole, lower(privilege_type), relname, attname)
      FROM columns, aclexplode(attacl)
    UNION ALL SELECT format('%s answers %s', oid::regprocedure, pg_get_function_result(oid)) FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT format('%s may execute %s', grantee::regrole, oid::regprocedure) FROM pg_proc, aclexplode(proacl)
      WHERE pronamespace = 'public'::regnamespace AND grantee <> 0`);
  return rows.map(({ it }) => it).sort();
}

/** What holds the rows of each table. */
async function demanded(source: DataSource): Promise<{ table: string; it: string }[]> {
  return source.query(`
    SELECT conrelid::regclass::text AS table, format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) AS it
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype <> 'n'
    UNION ALL SELECT tgrelid::regclass::text, format('%s: %s', tgrelid::regclass, pg_get_triggerdef(oid))
      FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT polrelid::regclass::text, format('%s: %s %s %s', polrelid::regclass, polname,
      pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
    UNION ALL SELECT attrelid::regclass::text, format('%s.%s has to be filled', attrelid::regclass, attname)
      FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
        AND attnotnull AND NOT atthasdef AND attidentity = ''
    ORDER BY 2`);
}

/** What a change of tables takes from processes that were written before it, or newly asks of them. */
async function takenBy(source: DataSource, change: () => Promise<unknown>): Promise<string[]> {
  const [had, held] = [await offered(source), await demanded(source)];
  await change();
  const [has, holds] = [new Set(await offered(source)), await demanded(source)];
  const known = new Set(held.map(({ table }) => table));
  const before = new Set(held.map(({ it }) => it));
  return [
    ...had.filter((it) => !has.has(it)),
    ...holds.filter(({ table, it }) => known.has(table) && !before.has(it)).map(({ it }) => it),
  ];
}

describe('Migrations', () => {
  test('make everything in an empty database, each once, and a second run changes nothing', async () => {
    const url = await emptyDatabase();
    const source = await open(url);
    const all = source.migrations.map(nameOf);
    expect(await migrate(source, url)).toEqual(all);
    const first = [await offered(source), await demanded(source), await ran(source)];
    expect(first[2]).toEqual(all);
    expect(await migrate(source, url)).toEqual([]);
    const second = [await offered(source), await demanded(source), await ran(source)];
    measured.again = first.filter((found, at) => JSON.stringify(found) !== JSON.stringify(second[at])).length;
    expect(second).toEqual(first);
  });

  test(`run once when ${AT_ONCE} processes start at once, and each of these goes on`, async () => {
    measured.failed = measured.twice = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const url = await emptyDatabase();
      const sources = await Promise.all(Array.from({ length: AT_ONCE }, () => open(url)));
      const ends = await Promise.allSettled(sources.map((source) => migrate(source, url)));
      measured.runs += ends.length;
      measured.failed += ends.filter(({ status }) => status === 'rejected').length;
      const [one] = sources;
      const done = one ? await ran(one) : [];
      measured.twice += done.length - new Set(done).size;
      expect(done).toEqual(one?.migrations.map(nameOf));
      const worked = ends.filter((end) => end.status === 'fulfilled' && end.value.length > 0);
      expect([ends.length - worked.length, measured.failed, measured.twice]).toEqual([AT_ONCE - 1, 0, 0]);
      for (const source of sources) opened.splice(opened.indexOf(source), 1);
      await Promise.all(sources.map((source) => source.destroy()));
    }
  });

  /** The control. */
  test('that run at once without the lock get in each other’s way', async () => {
    measured.failedWithoutLock = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const url = await emptyDatabase();
      const sources = await Promise.all(Array.from({ length: WITHOUT_LOCK }, () => open(url)));
      const ends = await Promise.allSettled(sources.map((source) => source.runMigrations({ transaction: 'each' })));
      measured.failedWithoutLock += ends.filter(({ status }) => status === 'rejected').length;
    }
    expect(measured.failedWithoutLock).toBeGreaterThan(0);
  });

  test('since the first release take nothing from an older process that still runs, and ask nothing new of it', async () => {
    const source = await open(await emptyDatabase());
    const first = source.migrations.findIndex((migration) => nameOf(migration) === FIRST_RELEASE);
    expect(first).toBeGreaterThan(0);
    const later = source.migrations.splice(first + 1);
    await source.runMigrations({ transaction: 'each' });
    expect(later.length).toBeGreaterThan(0);
    const taken: Record<string, string[]> = {};
    for (const migration of later) {
      source.migrations.push(migration);
      const found = await takenBy(source, () => source.runMigrations({ transaction: 'each' }));
      if (found.length > 0 && !(nameOf(migration) in { ...STOP_FIRST, ...LOOKED_AT })) taken[nameOf(migration)] = found;
    }
    measured.taken = Object.values(taken).flat().length;
    expect(taken).toEqual({});

    // What would be found, each in a transaction that is taken back.
    const found = async (sql: string): Promise<string[]> => {
      const runner: QueryRunner = source.createQueryRunner();
      await runner.startTransaction();
      try {
        return await takenBy(
          Object.assign(Object.create(source) as DataSource, { query: runner.query.bind(runner) }),
          () => runner.query(sql),
        );
      } finally {
        await runner.rollbackTransaction();
        await runner.release();
      }
    };
    expect(await found('ALTER TABLE student ADD COLUMN nick_name text')).toEqual([]);
    expect(await found('ALTER TABLE student ADD COLUMN nick_name text NOT NULL')).toEqual([
      'student.nick_name has to be filled',
    ]);
    expect(await found('ALTER TABLE student RENAME COLUMN grade TO class')).toContain('student.grade is text');
    expect(await found('ALTER TABLE student ALTER COLUMN grade SET NOT NULL')).toContain(
      'student.grade may be left out',
    );
    expect(await found('REVOKE INSERT ON student FROM throughway_app')).toEqual(['throughway_app may insert student']);
    expect(await found(`ALTER TABLE student ADD CHECK (grade <> '13')`)).toEqual([expect.stringContaining('13')]);
    expect(await found('DROP TABLE tombstone CASCADE')).toContain('tombstone.id is uuid');
  });
});

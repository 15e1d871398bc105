import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Student } from '@throughway/contracts/students';
import { aStudent } from '@throughway/formats/students.builder';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import request from 'supertest';
import type { EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { aTown } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { anEmployer, anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { giveWaysIn } from '../identity/ways-in.builder.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { AuditJobs } from '../platform/audit/audit.jobs.js';
import type { Manifest } from '../platform/backup/backup-format.js';
import { checkBackup } from '../platform/backup/backup-reader.js';
import { inspectBackup, restoreBackup } from '../platform/backup/restore-backup.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { TombstoneKeeper } from '../platform/erasure/tombstone-keeper.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { ProgramsService } from '../programs/programs.service.js';
import { ConsentsOverHttp } from '../students/consents.builder.js';
import { StudentsOverHttp } from '../students/students.builder.js';
import { isFull, reportTrust } from '../trust-report.builder.js';
import { atTerminal } from './command-line.builder.js';

jest.setTimeout(900_000);

const STUDENTS = isFull ? 100_000 : 300;
const AT_ONCE = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'throughway-backup-'));
const file = join(folder, 'world.backup');
const log = join(folder, 'tombstones.jsonl');
const made: TestDatabase[] = [];
let world: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let school: string;
let administrator: SignedIn;
let erased: Student;
/** For the row of `npm run trust`; what was not measured is no number. */
const measured = {
  tables: 0,
  different: NaN,
  back: NaN,
  rows: 0,
  megabytes: 0,
  backupSeconds: NaN,
  restoreSeconds: NaN,
  backInControl: NaN,
};

/** A school with students, families, consents and employers, a network with results, mails and jobs that wait, and a record of it all. */
beforeAll(async () => {
  world = await testDatabase({ DATA_DIR: folder });
  app = await createApp(world.config);
  students = new StudentsOverHttp(app.getHttpServer());
  const consents = new ConsentsOverHttp(app.getHttpServer(), world.source);
  school = await anOrganization(world.source, { name: 'Sample \\ "School"\twith\nevery \u{1F680} sign' });
  administrator = await aPerson(world.source, { roles: [{ organizationId: school, role: 'administrator' }] });
  await giveWaysIn(world.source, administrator.email, 'sample');
  for (let first = 0; first < STUDENTS; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, STUDENTS - first);
    await students.import(
      administrator,
      school,
      Array.from({ length: count }, (_, more) => aStudent(1000 + first + more)),
    );
  }
  erased = await students.enroll(administrator, school, 1);
  await aPerson(world.source, { roles: [{ organizationId: school, role: 'student', subjectId: erased.studentId }] });
  const recipientId = await anEmployer(world.source);
  await consents.asked(administrator, erased.studentId, { recipientId });
  await students.invite(administrator, erased.studentId).expect(200);
  await world.asOwner.run(async (em) => {
    const network = { slug: 'main', name: 'Main', sample: false };
    const { networkId } = await app.get(ProgramsService).ensureNetwork(em, network);
    await app.get(NetworkIntake).saveAndAlign(em, networkId, aTown({ name: 'Hazard', countyFips: '21193' }), 'import');
  });
  await app.get(AuditJobs).makeRoot();
});
afterAll(async () => {
  await app?.close();
  for (const database of [world, ...made]) await database?.drop();
  rmSync(folder, { recursive: true, force: true });
  const { tables, different, back, rows, megabytes, backupSeconds, restoreSeconds, backInControl } = measured;
  reportTrust({
    id: 'R10',
    promise: 'backup restores',
    figure:
      `${different} of ${tables} tables differ in count or digest, ${back} erased students are back; ` +
      `${rows} rows, ${megabytes.toFixed(1)} MB: backup ${backupSeconds.toFixed(1)} s, restore ${restoreSeconds.toFixed(1)} s`,
    goal: '0 and 0',
    holds: different === 0 && back === 0 && tables > 0,
    control: { what: 'tombstones skipped: the erased student is back', failed: backInControl === 1 },
  });
});

const settings = (database: TestDatabase, dataDir = folder) => ({
  DATABASE_URL: database.config.DATABASE_OWNER_URL,
  DATA_DIR: dataDir,
});

/** Another machine's database, of another installation, and its DATA_DIR. */
async function elsewhere(): Promise<{ database: TestDatabase; dataDir: string }> {
  const database = await testDatabase();
  made.push(database);
  await database.source.query('UPDATE installation SET installation_id = gen_random_uuid()');
  return { database, dataDir: mkdtempSync(join(folder, 'elsewhere-')) };
}

/** Count and digest of every table, made by the database itself and not as a backup makes them. */
async function digests(database: TestDatabase): Promise<Record<string, string>> {
  const tables: { name: string }[] = await database.source.query(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'pgboss'::regnamespace)
       AND relkind = 'r' AND relname !~ '^(queue_stats|instance)' ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await database.source.query<{ digest: string }[]>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS digest FROM ${name} t`,
    );
    found[name] = row?.digest ?? '';
  }
  return found;
}

/** Everything beside the rows that holds them: constraints, triggers, policies, indexes, grants, owners, functions. */
function walls(database: TestDatabase): Promise<{ it: string }[]> {
  return database.source.query(`
    WITH ours AS (SELECT * FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'pgboss'::regnamespace)
      AND relkind IN ('r', 'p', 'i', 'S') AND relname !~ '^queue_stats')
    SELECT format('%s %s %s %s %s', oid::regclass, relkind, relowner::regrole, relrowsecurity, relforcerowsecurity) ||
      coalesce((SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(relacl) a), '') AS it FROM ours
    UNION ALL SELECT format('%s %s %s %s', conrelid::regclass, conname, convalidated, pg_get_constraintdef(c.oid))
      FROM pg_constraint c JOIN ours ON ours.oid = conrelid
    UNION ALL SELECT tgenabled::text || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN ours ON ours.oid = tgrelid WHERE NOT tgisinternal
    UNION ALL SELECT format('%s %s %s %s', p.polrelid::regclass, polname, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
      FROM pg_policy p
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'pgboss') AND tablename !~ '^queue_stats'
    UNION ALL SELECT oid::regprocedure::text || coalesce(proacl::text, '') || prosrc FROM pg_proc
      WHERE pronamespace IN ('public'::regnamespace, 'pgboss'::regnamespace)
    ORDER BY 1`);
}

const there = async (database: TestDatabase, studentId: string): Promise<number> =>
  (await database.source.query<unknown[]>('SELECT FROM student WHERE student_id = $1', [studentId])).length;

const eraseNow = (studentId: string): request.Test =>
  request(app.getHttpServer())
    .delete(`/api/students/${studentId}`)
    .set(asCommand())
    .set('Cookie', administrator.cookie);

describe('a backup that is taken while people work', () => {
  test('is one snapshot of every table, readable by its owner alone, and nobody waits for it', async () => {
    let writing = true;
    const writers = Array.from({ length: 3 }, async (_, writer) => {
      let written = 0;
      for (; writing; written++) await students.enroll(administrator, school, 200_000 + writer * 1000 + written);
      return written;
    });
    const began = performance.now();
    const { status, out, err } = await atTerminal(settings(world), 'backup', file);
    measured.backupSeconds = (performance.now() - began) / 1000;
    writing = false;
    for (const written of await Promise.all(writers)) expect(written).toBeGreaterThan(0);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain(`Wrote ${file} in `);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringContaining('.tmp')]));
    const { manifest } = await checkBackup(file);
    const rowsOf = (name: string) => manifest.tables.find((table) => table.name === name)?.rows;
    expect(rowsOf('public.student')).toBeGreaterThan(STUDENTS);
    expect(rowsOf('public.guardian')).toBe(rowsOf('public.student'));
    expect(rowsOf('pgboss.job')).toBeGreaterThan(0);
    expect(rowsOf('pgboss.job')).toBe(rowsOf('public.mail_outbox'));
    measured.rows = manifest.tables.reduce((sum, { rows }) => sum + rows, 0);
    measured.megabytes = statSync(file).size / 1e6;
  });

  test('restores elsewhere, and who was erased after it is gone before anyone is served', async () => {
    await eraseNow(erased.studentId).expect(200);
    // As at the next start; else within ten seconds.
    await app.get(TombstoneKeeper).start();
    const { database, dataDir } = await elsewhere();
    const began = performance.now();
    const { status, out, err } = await atTerminal(settings(database, dataDir), 'restore', file, '--tombstones', log);
    measured.restoreSeconds = (performance.now() - began) / 1000;
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain("every count and digest is the backup's.");
    expect(out).toContain('Erased again: 1 student records, 0 further accounts, as known from');
    measured.back = await there(database, erased.studentId);
    expect(measured.back).toBe(0);
    expect(await database.source.query('SELECT kind, reason FROM tombstone ORDER BY kind')).toEqual([
      { kind: 'person', reason: 'request' },
      { kind: 'student', reason: 'request' },
    ]);
    expect(await database.source.query('SELECT FROM session')).toEqual([]);
    const audit = await atTerminal(settings(database, dataDir), 'audit', 'verify');
    expect([audit.status, audit.err]).toEqual([0, '']);
    expect(readFileSync(join(dataDir, 'tombstones.jsonl'), 'utf8')).toContain(erased.studentId);
    expect(await walls(database)).toEqual(await walls(world));
  });

  /** The control. */
  test('brings back who was erased after it where nobody says so, and says that loudly', async () => {
    const { database, dataDir } = await elsewhere();
    const careless = settings(database, dataDir);
    const refused = await atTerminal(careless, 'restore', file);
    expect(refused.status).toBe(1);
    expect(refused.err).toContain('the deletions after the backup: found none known until after');
    expect(await there(database, erased.studentId)).toBe(0);
    const { header } = await checkBackup(file);
    const old = join(dataDir, 'old.jsonl');
    writeFileSync(old, `{"installation":"${header.installation}","keptUntil":"2026-01-01T00:00:00.000Z"}\n`);
    const tooOld = await atTerminal(careless, 'restore', file, '--tombstones', old);
    expect([tooOld.status, tooOld.err]).toEqual([
      1,
      expect.stringContaining('kept until 2026-01-01T00:00:00.000Z alone'),
    ]);
    const { status, out } = await atTerminal(careless, 'restore', file, '--without-later-tombstones');
    expect(status).toBe(0);
    expect(out).toContain('NOBODY KNOWS WHO WAS ERASED AFTER THE BACKUP');
    measured.backInControl = await there(database, erased.studentId);
    expect(measured.backInControl).toBe(1);
  });
});

describe('a restored database', () => {
  test('equals the one that was backed up, in every table but for the sessions that were ended', async () => {
    await app.close();
    const quiet = join(folder, 'quiet.backup');
    await atTerminal(settings(world), 'backup', quiet);
    const { database, dataDir } = await elsewhere();
    expect(await atTerminal(settings(database, dataDir), 'restore', quiet, '--tombstones', log)).toMatchObject({
      status: 0,
    });
    const ended = ['session', 'sign_in_link', 'ceremony'];
    const [before, after] = [await digests(world), await digests(database)];
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !ended.includes(name));
    measured.tables = names.length;
    measured.different = names.filter((name) => before[name] !== after[name]).length;
    expect(after).toEqual({ ...before, ...Object.fromEntries(ended.map((name) => [name, '0 '])) });
    // A number that was given is not given again.
    const next = `SELECT nextval(pg_get_serial_sequence('network', 'network_id'))::integer AS next`;
    expect(await database.source.query(next)).toEqual(await world.source.query(next));
  });

  test('may belong to an owner who is no superuser, as on a server that others run', async () => {
    const owner = `owner_${randomUUID().slice(0, 8)}`;
    const url = new URL(world.config.DATABASE_OWNER_URL);
    const asSuperuser = (sql: string): Promise<unknown> => world.source.query(sql);
    await asSuperuser(`CREATE ROLE ${owner} LOGIN PASSWORD 'sample' CREATEROLE`);
    try {
      await asSuperuser(`GRANT throughway_app, throughway_worker TO ${owner} WITH ADMIN OPTION`);
      await asSuperuser(`CREATE DATABASE ${owner} OWNER ${owner}`);
      const at = (other: string, user = '', password = ''): string =>
        Object.assign(new URL(other), { pathname: `/${owner}`, ...(user && { username: user, password }) }).href;
      const hosted = {
        DATABASE_OWNER_URL: at(url.href, owner, 'sample'),
        DATABASE_URL: at(world.config.DATABASE_URL),
        DATABASE_WORKER_URL: at(world.config.DATABASE_WORKER_URL),
        DATA_DIR: mkdtempSync(join(folder, 'hosted-')),
      };
      const without = '--without-later-tombstones';
      expect(await atTerminal(hosted, 'restore', file, without)).toMatchObject({ status: 0, err: '' });
      const again = join(folder, 'hosted.backup');
      expect(await atTerminal(hosted, 'backup', again)).toMatchObject({ status: 0, err: '' });
      expect(await atTerminal(hosted, 'restore', again, '--replace')).toMatchObject({ status: 0, err: '' });
      const [one, other] = [(await checkBackup(file)).manifest, (await checkBackup(again)).manifest];
      const rowsOf = ({ tables }: Manifest) => tables.filter(({ name }) => !/session|sign_in_link|ceremony/.test(name));
      expect(rowsOf(other)).toEqual(rowsOf(one));
    } finally {
      await asSuperuser(`DROP DATABASE IF EXISTS ${owner} WITH (FORCE)`);
      await asSuperuser(`DROP OWNED BY ${owner}`);
      await asSuperuser(`DROP ROLE ${owner}`);
    }
  });

  test('of an older release is brought up to this one', async () => {
    const { database } = await elsewhere();
    const { source } = database;
    source.migrations.push(new NickName1999999999999());
    const backup = await inspectBackup(source, file);
    const asked = (em: EntityManager): Promise<unknown> => em.query('SELECT nick_name FROM student');
    const { migrated } = await restoreBackup(source, database.config.DATABASE_OWNER_URL, file, backup, async (em) => {
      expect(await asked(em)).toHaveLength(
        backup.manifest.tables.find(({ name }) => name === 'public.student')?.rows ?? 0,
      );
    });
    expect(migrated).toEqual(['NickName1999999999999']);
  });

  test('that turns out otherwise than it must before it serves is as it was before', async () => {
    const { database } = await elsewhere();
    await anOrganization(database.source);
    const before = await digests(database);
    const backup = await inspectBackup(database.source, file);
    const restoring = restoreBackup(database.source, database.config.DATABASE_OWNER_URL, file, backup, () =>
      Promise.reject(new Error('no')),
    );
    await expect(restoring).rejects.toThrow('no');
    expect(await digests(database)).toEqual(before);
  });
});

/** What a newer release would add. */
class NickName1999999999999 implements MigrationInterface {
  name = 'NickName1999999999999';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE guardian SET email = email`);
    await runner.query(`ALTER TABLE student ADD COLUMN nick_name text NOT NULL DEFAULT 'Sample'`);
  }
  down = (): Promise<void> => Promise.resolve();
}

describe('throughway restore changes nothing, and says where, what it found and what it expected, of', () => {
  const original = (): Buffer => gunzipSync(readFileSync(file));
  const changed = (change: (text: string) => string): Buffer =>
    gzipSync(Buffer.from(change(original().toString('latin1')), 'latin1'));
  const inHeader = (change: (header: Record<string, unknown>) => object) => (text: string) => {
    const [first = '', ...rest] = text.split('\n');
    return [JSON.stringify(change(JSON.parse(first) as Record<string, unknown>)), ...rest].join('\n');
  };

  /** As {@link changed}, with a manifest that fits. */
  const sealed = (change: (text: string) => string): Buffer => {
    const lines = change(original().toString('latin1')).trimEnd().split('\n');
    const manifest = JSON.parse(lines.pop() ?? '') as Manifest;
    const body = Buffer.from(`${lines.join('\n')}\n`, 'latin1');
    const digest = createHash('sha256').update(body).digest('hex');
    return gzipSync(Buffer.concat([body, Buffer.from(`${JSON.stringify({ ...manifest, digest })}\n`)]));
  };

  test.each([
    [
      'a file cut off',
      () => readFileSync(file).subarray(0, -100),
      /line \d+: found the file cut off, expected its manifest/,
    ],
    [
      'lines cut off',
      () => gzipSync(original().subarray(0, -2000)),
      /found the end of the file, expected its manifest at its end/,
    ],
    [
      'a changed row',
      () => changed((text) => text.replace('student001@', 'student009@')),
      /table \d+: found public\.\w+ with \d+ rows, digest \w+, expected/,
    ],
    [
      'a row left out',
      () => changed((text) => text.replace(/\n[^\n{\\]+student001@[^\n]+/, '')),
      /found public\.\w+ with \d+ rows/,
    ],
    [
      'a header that was changed',
      () => changed(inHeader((header) => ({ ...header, takenAt: '2036-01-01T00:00:00Z' }))),
      /found lines with the digest/,
    ],
    [
      'migrations that this release does not know',
      () => sealed(inHeader((header) => ({ ...header, migrations: ['FlyToTheMoon2999999999999'] }))),
      /the header: found FlyToTheMoon2999999999999, expected migrations that this release knows: restore with release \d/,
    ],
    [
      'another version of the queue',
      () => sealed(inHeader((header) => ({ ...header, queueVersion: 7 }))),
      /the header: found tables of the queue in version 7, expected \d+: restore with the release that wrote it/,
    ],
    [
      'columns that its tables do not have',
      () => sealed((text) => text.replace('"columns":["student_id"', '"columns":["(SELECT 1)"')),
      /line \d+: found public\.\w+ \(\(SELECT 1\), .+\), expected public\.\w+ \(student_id/,
    ],
    [
      'a newer format',
      () => changed(inHeader((header) => ({ ...header, throughwayBackup: 2 }))),
      /line 1: found format 2, expected format 1 or older/,
    ],
    ['something else', () => Buffer.from('a letter'), /found data that gzip cannot read/],
    [
      'a zipped something else',
      () => gzipSync('a letter\n'),
      /line 1: found something else, expected the header of a backup/,
    ],
  ])('%s', async (_, content, expected) => {
    const bad = join(folder, 'bad.backup');
    writeFileSync(bad, content());
    const before = await digests(world);
    const { status, out, err } = await atTerminal(settings(world), 'restore', bad, '--replace');
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(expected);
    expect(err).toContain('Nothing was changed.');
    expect(await digests(world)).toEqual(before);
  });

  test('a file that is not there', async () => {
    const { status, err } = await atTerminal(settings(world), 'restore', join(folder, 'nowhere'), '--replace');
    expect([status, err]).toEqual([1, expect.stringContaining('found none, expected a backup')]);
  });

  test('a database that holds somebody’s data, unless it is told to replace them', async () => {
    const { status, err } = await atTerminal(settings(world), 'restore', file);
    expect(status).toBe(1);
    expect(err).toMatch(/the database: found \d+ organizations, \d+ people, 1 networks, expected none/);
  });

  test('a database that a server is running on', async () => {
    const server = new pg.Client({ connectionString: world.config.DATABASE_URL, application_name: 'throughway 1' });
    await server.connect();
    const { status, err } = await atTerminal(settings(world), 'restore', file, '--replace');
    await server.end();
    expect([status, err]).toEqual([1, expect.stringContaining('in use by 1 running processes of Throughway (1)')]);
  });

  test('a call that names no file, or two', async () => {
    for (const args of [[], [file, file], [file, '--all']]) {
      expect(await atTerminal(settings(world), 'restore', ...args)).toMatchObject({ status: 2, out: '' });
    }
    expect(await atTerminal(settings(world), 'backup')).toMatchObject({ status: 2, out: '' });
  });
});

describe('throughway restore --replace', () => {
  test('puts the backup in the place of what was there, and knows from that who was erased since', async () => {
    const noLog = mkdtempSync(join(folder, 'no-log-'));
    const { status, out, err } = await atTerminal(settings(world, noLog), 'restore', file, '--replace');
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('as known from the database that is replaced.');
    expect(await there(world, erased.studentId)).toBe(0);
  });
});

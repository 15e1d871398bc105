import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { verifyRecord } from '../platform/audit/verify-record.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { StudentsOverHttp } from '../students/students.builder.js';
import { runCommandLine } from './run-command-line.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-students-'));
const before = { url: process.env['DATABASE_URL'], data: process.env['DATA_DIR'] };
let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let school: string;
let coordinator: SignedIn;

beforeAll(async () => {
  database = await testDatabase({ DATA_DIR: folder });
  process.env['DATABASE_URL'] = database.config.DATABASE_OWNER_URL;
  process.env['DATA_DIR'] = folder;
  app = await createApp(database.config);
  students = new StudentsOverHttp(app.getHttpServer());
  school = await anOrganization(database.source);
  coordinator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'coordinator' }] });
});
afterAll(async () => {
  for (const [name, value] of [
    ['DATABASE_URL', before.url],
    ['DATA_DIR', before.data],
  ] as const) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a person at a terminal would see. */
async function erase(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const seen = { out: '', err: '' };
  const collect = (stream: NodeJS.WriteStream, key: 'out' | 'err') =>
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      seen[key] += String(text);
      return true;
    });
  const spies = [collect(process.stdout, 'out'), collect(process.stderr, 'err')];
  const status = await runCommandLine(['students', 'erase', ...args]);
  for (const spy of spies) spy.mockRestore();
  return { status, ...seen };
}

const rows = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => database.source.query(sql, values);

describe('throughway students erase', () => {
  test('erases one record, with the account that stood for it, and says so in the record of the school', async () => {
    const [gone, stays] = [
      await students.enroll(coordinator, school, 1),
      await students.enroll(coordinator, school, 2),
    ];
    const account = await aPerson(database.source, {
      roles: [{ organizationId: school, role: 'student', subjectId: gone.studentId }],
    });
    const { status, out, err } = await erase('--id', gone.studentId);
    expect([status, out, err]).toEqual([0, `Erased the record of student ${gone.studentId}.\n`, '']);
    expect((await students.list(coordinator)).students.map(({ studentId }) => studentId)).toEqual([stays.studentId]);
    expect(await rows('SELECT name FROM person WHERE person_id = $1', account.personId)).toEqual([{ name: null }]);
    expect(await rows('SELECT reason, organization_id AS school FROM tombstone WHERE id = $1', gone.studentId)).toEqual(
      [{ reason: 'request', school }],
    );
    const entries = await rows(
      `SELECT actor_kind AS by, organization_id AS school FROM audit_entry WHERE action = 'student-erased' AND subject_id = $1`,
      gone.studentId,
    );
    expect(entries).toEqual([{ by: 'operator', school }]);
    expect(await database.asOwner.read(verifyRecord)).toMatchObject({ break: null });

    const again = await erase('--id', gone.studentId);
    expect([again.status, again.out]).toEqual([1, '']);
    expect(again.err).toMatch(/^throughway students: .*student/);
  });

  test.each([
    ['an id of nobody', ['--id', randomUUID()], 1],
    ['no id', [], 2],
    ['an id that is none', ['--id', 'S-17'], 2],
    ['an option that it does not know', ['--all'], 2],
  ])('with %s erases nothing', async (_, args, expected) => {
    const counted = () => rows('SELECT count(*) FROM student');
    await students.enroll(coordinator, school, 3);
    const untouched = await counted();
    const { status, out, err } = await erase(...args);
    expect([status, out]).toEqual([expected, '']);
    expect(err).toMatch(/^throughway students: /);
    expect(await counted()).toEqual(untouched);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { StudentList } from '@throughway/contracts/students';
import type { Role } from '@throughway/vocabulary/roles';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { RetentionJobs } from './retention.jobs.js';
import { StudentsOverHttp } from './students.builder.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-retention-'));
let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let school: string;
let coordinator: SignedIn;

beforeAll(async () => {
  database = await testDatabase({ DATA_DIR: folder, STUDENT_RETENTION_YEARS: '2', TODAY: '2024-06-30' });
  app = await createApp(database.config);
  students = new StudentsOverHttp(app.getHttpServer());
  school = await anOrganization(database.source);
  coordinator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'coordinator' }] });
  await app.get(RetentionJobs).start();
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const enroll = (number: number, cells = {}) => students.enroll(coordinator, school, number, cells);
const rows = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => database.source.query(sql, values);

/** Lets the night of a day come, and waits until it is over. */
async function night(today: string): Promise<void> {
  database.config.TODAY = today;
  await Promise.all([app.get(RetentionJobs).tick(), app.get(RetentionJobs).tick()]);
  for (let tries = 0; tries < 200; tries++) {
    const open = await rows(
      `SELECT FROM pgboss.job WHERE name = 'nightly-retention' AND state IN ('created', 'active', 'retry')`,
    );
    if (open.length === 0) return;
    await delay(50);
  }
  throw new Error('the night did not end');
}

const kept = (studentId: string) => rows('SELECT FROM student WHERE student_id = $1', studentId);

describe('a record that no import lists any more', () => {
  test('is erased after as many years, on the day after; a listing that changes nothing counts', async () => {
    const [left, listed] = [await enroll(1), await enroll(2)];
    const account = await aPerson(database.source, {
      roles: [{ organizationId: school, role: 'student', subjectId: left.studentId }],
    });
    database.config.TODAY = '2025-06-30';
    await enroll(2);
    await night('2026-06-30');
    expect(await kept(left.studentId)).toHaveLength(1);
    await night('2026-07-01');
    expect(await kept(left.studentId)).toEqual([]);
    expect(await kept(listed.studentId)).toHaveLength(1);
    expect(await rows('SELECT kind, reason, organization_id FROM tombstone WHERE id = $1', left.studentId)).toEqual([
      { kind: 'student', reason: 'retention', organization_id: school },
    ]);
    expect(await rows('SELECT name FROM person WHERE person_id = $1', account.personId)).toEqual([{ name: null }]);
    expect(await rows(`SELECT actor_kind, subject_id FROM audit_entry WHERE action = 'student-erased'`)).toEqual([
      { actor_kind: 'worker', subject_id: left.studentId },
    ]);
  });
});

describe('an account', () => {
  /** Somebody who signed in last, and whose role ended, on these days; null = never. */
  async function someone(signedInOn: string | null, endedOn: string | null, createdOn = '2020-01-01'): Promise<string> {
    const roles = [{ organizationId: school, role: 'educator' as const }];
    const { personId } = await aPerson(database.source, { roles });
    await rows(
      'UPDATE person SET signed_in_on = $2, created_at = $3 WHERE person_id = $1',
      personId,
      signedInOn,
      createdOn,
    );
    if (endedOn === null) await rows('DELETE FROM membership WHERE person_id = $1', personId);
    else await rows('UPDATE membership SET ended_at = $2 WHERE person_id = $1', personId, endedOn);
    return personId;
  }

  test('without a role and without a sign-in for as long is removed; every other stays', async () => {
    const idle = [
      await someone('2026-08-31', null),
      await someone(null, null),
      await someone('2026-01-01', '2026-08-31'),
    ];
    const busy = [
      await someone('2026-09-01', null),
      await someone('2026-01-01', '2026-09-02'),
      await someone(null, null, '2026-09-01'),
      (await aPerson(database.source, { roles: [{ organizationId: school, role: 'educator' }] })).personId,
    ];
    await rows(`UPDATE person SET created_at = '2020-01-01' WHERE person_id = $1`, busy[3]);
    await night('2028-09-01');
    const removed = await rows<{ id: string }>(
      'SELECT person_id AS id FROM person WHERE removed_at IS NOT NULL AND person_id = ANY($1)',
      [...idle, ...busy],
    );
    expect(removed.map(({ id }) => id).sort()).toEqual(idle.sort());
  });
});

describe('an administrator', () => {
  async function outlookOf(role: Role, organizationId: string): Promise<StudentList['retention']> {
    const { cookie } = await aPerson(database.source, { roles: [{ organizationId, role }] });
    const list = await request(app.getHttpServer()).get('/api/students').set('Cookie', cookie).expect(200);
    return (list.body as StudentList).retention;
  }

  test('sees how many of their records fall due within 30 days, and the day of the next run; nobody else does', async () => {
    const district = await anOrganization(database.source, { kind: 'district' });
    const own = await anOrganization(database.source, { parentId: district });
    const other = await anOrganization(database.source, { parentId: district });
    const keeper = await aPerson(database.source, { roles: [{ organizationId: district, role: 'coordinator' }] });
    for (const [number, organizationId, listedOn] of [
      [11, own, '2029-01-01'],
      [12, other, '2029-01-15'],
      [13, own, '2029-01-31'],
      [14, own, '2029-06-01'],
    ] as const) {
      database.config.TODAY = listedOn;
      await students.enroll(keeper, organizationId, number);
    }
    database.config.TODAY = '2031-01-01';
    const rule = { days: 30, years: 2, nextRunOn: '2031-01-02' };
    expect(await outlookOf('administrator', own)).toEqual({ ...rule, dueCount: 1 });
    expect(await outlookOf('administrator', district)).toEqual({ ...rule, dueCount: 2 });
    expect(await outlookOf('administrator', await anOrganization(database.source))).toMatchObject({ dueCount: 0 });
    expect(await outlookOf('coordinator', own)).toBeNull();
    // What is due is what the runs of those days erase.
    database.config.TODAY = '2031-01-02';
    expect(await outlookOf('administrator', own)).toMatchObject({ dueCount: 2 });
    await night('2031-02-01');
    expect(await outlookOf('administrator', own)).toMatchObject({ dueCount: 0, nextRunOn: '2031-02-02' });
    expect(await rows('SELECT FROM student WHERE organization_id = ANY($1)', [own, other])).toHaveLength(1);
  });
});

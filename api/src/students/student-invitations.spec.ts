import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { aStudent } from '@throughway/formats/students.builder';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { StudentsOverHttp } from './students.builder.js';

let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let school: string;
let coordinator: SignedIn;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  students = new StudentsOverHttp(app.getHttpServer());
  school = await anOrganization(database.source, { name: 'Sample School' });
  coordinator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'coordinator' }] });
});
afterEach(() => {
  database.config.TODAY = '2026-06-30';
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const enroll = (number: number, cells = {}) => students.enroll(coordinator, school, number, cells);

/** The token of the last mail to an address, and its language. */
async function lastMail(recipient: string): Promise<{ token: string; language: string }> {
  const rows: { detail: { url: string }; language: string }[] = await database.source.query(
    'SELECT detail, language FROM mail_outbox WHERE recipient = $1 ORDER BY created_at DESC LIMIT 1',
    [recipient],
  );
  return { token: rows[0]?.detail.url.split('token=')[1] ?? '', language: rows[0]?.language ?? '' };
}

async function accept(recipient: string, status = 200): Promise<{ cookie: string; code: string }> {
  const { token } = await lastMail(recipient);
  const answer = await request(app.getHttpServer())
    .post('/api/invitation/accept')
    .send({ token, name: 'Sample Invited' })
    .expect(status);
  const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  return { cookie, code: String((answer.body as { code?: string }).code) };
}

describe('a student', () => {
  test('is invited at the address in the record, accepts and sees their own record alone', async () => {
    const [student, other] = [await enroll(1), await enroll(2)];
    const answer = await students.invite(coordinator, student.studentId, null, { language: 'es' }).expect(200);
    expect(answer.body).toMatchObject({ studentId: student.studentId, account: 'invited' });
    expect(await lastMail('student001@sample.example')).toMatchObject({ language: 'es' });
    const reader = await accept('student001@sample.example');
    expect(await students.mine(reader)).toMatchObject([{ studentId: student.studentId, account: 'linked' }]);
    await students.get(reader, other.studentId).expect(404);
    expect((await students.list(coordinator, { q: 'S001' })).students).toMatchObject([{ account: 'linked' }]);
  });

  test('without an address in the record is not invited', async () => {
    const student = await enroll(3, { email: '' });
    const answer = await students.invite(coordinator, student.studentId).expect(409);
    expect(answer.body).toMatchObject({ code: 'no-address' });
  });

  test('whose address changes: the invitation to the old one opens nothing any more', async () => {
    const student = await enroll(4);
    await students.invite(coordinator, student.studentId).expect(200);
    const changed = await enroll(4, { email: 'corrected@sample.example' });
    expect(changed.account).toBe('none');
    expect((await accept('student004@sample.example', 409)).code).toBe('invitation-revoked');
    await students.invite(coordinator, student.studentId).expect(200);
    expect(await students.mine(await accept('corrected@sample.example'))).toHaveLength(1);
  });
});

describe('a stranger at a wrong address', () => {
  test('sees the record until the school corrects the address; then the right person alone', async () => {
    const { studentId } = await enroll(40, { email: 'wrong40@sample.example' });
    await students.invite(coordinator, studentId).expect(200);
    const stranger = await accept('wrong40@sample.example');
    expect(await students.mine(stranger)).toHaveLength(1);
    expect((await enroll(40, { email: 'right40@sample.example' })).account).toBe('none');
    expect(await students.mine(stranger)).toEqual([]);
    await students.get(stranger, studentId).expect(404);
    await students.invite(coordinator, studentId).expect(200);
    expect(await students.mine(await accept('right40@sample.example'))).toMatchObject([{ studentId }]);
    const rows: unknown[] = await database.source.query(
      `SELECT p.email, m.ended_at IS NULL AS current, m.ended_by_id AS "endedBy" FROM membership m
       JOIN person p USING (person_id) WHERE m.subject_id = $1 ORDER BY m.granted_at`,
      [studentId],
    );
    expect(rows).toEqual([
      { email: 'wrong40@sample.example', current: false, endedBy: coordinator.personId },
      { email: 'right40@sample.example', current: true, endedBy: null },
    ]);
  });

  test('is told of in the report; an address that stays, whatever its case, keeps its account', async () => {
    const { studentId } = await enroll(41);
    await students.invite(coordinator, studentId).expect(200);
    const reader = await accept('student041@sample.example');
    await enroll(41, { email: 'Student041@sample.example', grade: '12' });
    expect(await students.mine(reader)).toHaveLength(1);
    const report = await students.import(coordinator, school, [aStudent(41, { email: 'other41@sample.example' })]);
    expect(report.notices.join()).toContain('1 account sees its record no longer');
  });

  test('is ended by the school; nobody outside it may', async () => {
    const student = await enroll(42);
    const guardianId = student.guardians[0]?.guardianId ?? '';
    await students.invite(coordinator, student.studentId).expect(200);
    await students.invite(coordinator, student.studentId, guardianId).expect(200);
    const [child, parent] = [await accept('student042@sample.example'), await accept('guardian042@sample.example')];
    const elsewhere = await aPerson(database.source, {
      roles: [{ organizationId: await anOrganization(database.source), role: 'administrator' }],
    });
    const educator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'educator' }] });
    for (const stranger of [elsewhere, educator, child, parent]) {
      await students.unlink(stranger, student.studentId).expect(404);
      await students.unlink(stranger, student.studentId, guardianId).expect(404);
    }
    const one = await students.unlink(coordinator, student.studentId).expect(200);
    expect(one.body).toMatchObject({ account: 'none', guardians: [{ account: 'linked' }] });
    expect(await students.mine(child)).toEqual([]);
    expect(await students.mine(parent)).toHaveLength(1);
    const both = await students.unlink(coordinator, student.studentId, guardianId).expect(200);
    expect(both.body).toMatchObject({ guardians: [{ account: 'none' }] });
    expect(await students.mine(parent)).toEqual([]);
    await students.unlink(coordinator, student.studentId).expect(404);
    await students.unlink(coordinator, student.studentId, randomUUID()).expect(404);
  });
});

describe('a guardian', () => {
  test('is invited, accepts and sees the record; in English unless told otherwise', async () => {
    const student = await enroll(10);
    const guardianId = student.guardians[0]?.guardianId ?? '';
    const answer = await students.invite(coordinator, student.studentId, guardianId).expect(200);
    expect(answer.body).toMatchObject({ guardians: [{ account: 'invited' }] });
    expect(await lastMail('guardian010@sample.example')).toMatchObject({ language: 'en' });
    const reader = await accept('guardian010@sample.example');
    expect(await students.mine(reader)).toMatchObject([{ studentId: student.studentId }]);
  });

  test('of someone who is 18 is not invited, nor of a student of a college', async () => {
    database.config.TODAY = '2026-06-30';
    const student = await enroll(11, { birth_date: '2008-06-30' });
    const answer = await students
      .invite(coordinator, student.studentId, student.guardians[0]?.guardianId ?? '')
      .expect(409);
    expect(answer.body).toMatchObject({ code: 'rights-with-student' });
  });

  test('who accepts after the 18th birthday sees nothing', async () => {
    const student = await enroll(12, { birth_date: '2008-07-01' });
    await students.invite(coordinator, student.studentId, student.guardians[0]?.guardianId ?? '').expect(200);
    database.config.TODAY = '2026-07-01';
    expect(await students.mine(await accept('guardian012@sample.example'))).toEqual([]);
  });

  test('whom an import removed meanwhile cannot accept', async () => {
    const student = await enroll(13);
    await students.invite(coordinator, student.studentId, student.guardians[0]?.guardianId ?? '').expect(200);
    await enroll(13, { guardian_contacts: '' });
    expect((await accept('guardian013@sample.example', 409)).code).toBe('invitation-revoked');
  });

  test('of another student, or a former one, is not there', async () => {
    const [student, other] = [await enroll(14), await enroll(15)];
    const guardianId = student.guardians[0]?.guardianId ?? '';
    await students.invite(coordinator, other.studentId, guardianId).expect(404);
    await enroll(14, { guardian_contacts: '' });
    await students.invite(coordinator, student.studentId, guardianId).expect(404);
  });
});

describe('one address for student and guardian', () => {
  const shared = { email: 'family@sample.example', guardian_contacts: 'Sample Parent <Family@sample.example>' };

  test('invites neither', async () => {
    const student = await enroll(20, shared);
    for (const guardianId of [null, student.guardians[0]?.guardianId ?? '']) {
      const answer = await students.invite(coordinator, student.studentId, guardianId).expect(409);
      expect(answer.body).toMatchObject({ code: 'address-shared' });
    }
  });

  test('that moves from the student to a guardian stands for the guardian alone, once invited anew', async () => {
    const student = await enroll(21);
    await students.invite(coordinator, student.studentId).expect(200);
    const reader = await accept('student021@sample.example');
    const changed = await enroll(21, {
      email: 'new021@sample.example',
      guardian_contacts: 'Sample Parent <Student021@sample.example>',
    });
    expect(await students.mine(reader)).toEqual([]);
    const guardianId = changed.guardians[0]?.guardianId ?? '';
    const answer = await students.invite(coordinator, student.studentId, guardianId).expect(200);
    expect(answer.body).toMatchObject({ account: 'none', guardians: [{ account: 'invited' }] });
  });

  test('given to the student while the guardian is invited: who accepts is no guardian', async () => {
    const student = await enroll(22);
    await students.invite(coordinator, student.studentId, student.guardians[0]?.guardianId ?? '').expect(200);
    await enroll(22, { email: 'guardian022@sample.example' });
    expect(await students.mine(await accept('guardian022@sample.example'))).toEqual([]);
  });
});

test('only the school invites: students, guardians, educators and other schools find no such record', async () => {
  const student = await enroll(30);
  const guardianId = student.guardians[0]?.guardianId ?? '';
  const elsewhere = await anOrganization(database.source);
  const readers = [
    { organizationId: school, role: 'student' as const, subjectId: student.studentId },
    { organizationId: school, role: 'guardian' as const, subjectId: guardianId },
    { organizationId: school, role: 'educator' as const },
    { organizationId: elsewhere, role: 'administrator' as const },
  ];
  for (const role of readers) {
    const reader = await aPerson(database.source, { roles: [role] });
    await students.invite(reader, student.studentId).expect(404);
    await students.invite(reader, student.studentId, guardianId).expect(404);
  }
  await students.invite({ cookie: '' }, student.studentId).expect(401);
});

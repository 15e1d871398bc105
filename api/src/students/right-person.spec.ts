import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Student } from '@throughway/contracts/students';
import { aStudent, type StudentCells } from '@throughway/formats/students.builder';
import type { Role } from '@throughway/vocabulary/roles';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { anEmployer, anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { ConsentsOverHttp } from './consents.builder.js';
import { StudentsOverHttp } from './students.builder.js';

const TODAY = '2026-06-30';
const ADULT = { birth_date: '2008-01-01' };
let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let consents: ConsentsOverHttp;
let school: string;
let coordinator: SignedIn;
let employer: string;
let reader: SignedIn;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  students = new StudentsOverHttp(app.getHttpServer());
  consents = new ConsentsOverHttp(app.getHttpServer(), database.source);
  school = await anOrganization(database.source, { name: 'Sample School' });
  coordinator = await a('coordinator');
  employer = await anEmployer(database.source, { name: 'Sample Employer' });
  reader = await a('employer-member', undefined, employer);
});
afterEach(() => {
  database.config.TODAY = TODAY;
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

function a(role: Role, subjectId?: string, organizationId = school): Promise<SignedIn> {
  return aPerson(database.source, { roles: [{ organizationId, role, ...(subjectId && { subjectId }) }] });
}
let number = 0;
async function enroll(
  cells: StudentCells = {},
): Promise<{ student: Student; again: (cells: StudentCells) => Promise<void> }> {
  const at = ++number;
  const student = await students.enroll(coordinator, school, at, cells);
  const again = async (changed: StudentCells): Promise<void> => {
    await students.import(coordinator, school, [aStudent(at, { ...cells, ...changed })]);
  };
  return { student, again };
}
const ask = ({ studentId }: Student, more = {}): Promise<string> =>
  consents.asked(coordinator, studentId, { recipientId: employer, ...more });
const codeOf = ({ status, body }: Answer) => [status, (body as { code?: string }).code];
const seen = async ({ studentId }: Student): Promise<number> => (await consents.sees(reader, studentId)).length;

/** How the student's consents stand, newest first. */
async function states({ studentId }: Student): Promise<unknown[]> {
  const answer = await consents.list(coordinator, studentId).expect(200);
  return (answer.body as { consents: { state: string; withdrawnAs: string | null }[] }).consents.map(
    ({ state, withdrawnAs }) => (withdrawnAs === null ? state : `${state} as ${withdrawnAs}`),
  );
}

/** What the record says about the student's consents, with by whom. */
async function recorded({ studentId }: Student): Promise<string[]> {
  const rows: { act: string }[] = await database.source.query(
    `SELECT e.action || ' ' || (d.detail->>'as') || ' by ' || coalesce(e.actor_id::text, e.actor_kind) AS act
     FROM audit_entry e JOIN audit_detail d USING (organization_id, sequence)
     WHERE e.subject_id = $1 AND e.action = 'consent-withdrawn' AND e.organization_id = $2 ORDER BY e.sequence`,
    [studentId, school],
  );
  return rows.map(({ act }) => act);
}
const bySchool = ({ personId }: SignedIn): string => `consent-withdrawn school by ${personId}`;

describe('a link', () => {
  test('opens nothing any more once the school corrected the address to which it was mailed', async () => {
    const { student, again } = await enroll({ ...ADULT, email: 'mistyped@sample.example' });
    await ask(student);
    const token = await consents.tokenTo('mistyped@sample.example');
    await consents.byLink(token).expect(200);
    await again({ email: 'Mistyped@Sample.example' });
    await consents.byLink(token).expect(200);
    await again({ email: 'corrected@sample.example' });
    for (const deed of ['', '/answer', '/withdrawal'] as const) {
      expect(codeOf(await consents.byLink(token, deed, { answer: 'given' }))).toEqual([404, 'link-over']);
    }
    expect(await states(student)).toEqual(['asked']);
    expect(await seen(student)).toBe(0);
  });

  test('of a guardian opens as long as the record has their address', async () => {
    const { student, again } = await enroll({ guardian_contacts: 'Sample One <one@sample.example>' });
    await ask(student);
    const token = await consents.tokenTo('one@sample.example');
    await again({ guardian_contacts: 'Sample Two <ONE@sample.example>' });
    await consents.byLink(token, '/answer', { answer: 'given' }).expect(200);
    expect(await seen(student)).toBe(1);
  });
});

describe('what was said yes to ends in the school’s name', () => {
  test('when the school ends the account of who said it', async () => {
    const { student } = await enroll();
    const guardian = student.guardians[0];
    const stranger = await a('guardian', guardian?.guardianId);
    await consents.answer(stranger, await ask(student)).expect(200);
    expect(await seen(student)).toBe(1);
    await students.unlink(coordinator, student.studentId, guardian?.guardianId).expect(200);
    expect(await seen(student)).toBe(0);
    expect(await states(student)).toEqual(['withdrawn as school']);
    expect(await recorded(student)).toEqual([bySchool(coordinator)]);
  });

  test('when it ends an adult student’s account; what another guardian or student said stays', async () => {
    const { student } = await enroll(ADULT);
    const { student: other } = await enroll(ADULT);
    for (const one of [student, other]) {
      await consents.answer(await a('student', one.studentId), await ask(one)).expect(200);
    }
    await students.unlink(coordinator, student.studentId).expect(200);
    expect([await states(student), await states(other)]).toEqual([['withdrawn as school'], ['in-force']]);

    const { student: minor } = await enroll({
      guardian_contacts: 'Sample A <a-stays@sample.example>;Sample B <b-goes@sample.example>',
    });
    const [first, second] = minor.guardians;
    await consents.answer(await a('guardian', first?.guardianId), await ask(minor)).expect(200);
    await a('guardian', second?.guardianId);
    await students.unlink(coordinator, minor.studentId, second?.guardianId).expect(200);
    expect(await states(minor)).toEqual(['in-force']);
  });

  test('when an import names another guardian, whether it was said by account or by link', async () => {
    for (const way of ['account', 'link'] as const) {
      const email = `guardian-${way}@sample.example`;
      const { student, again } = await enroll({ guardian_contacts: `Sample Guardian <${email}>` });
      const consentId = await ask(student);
      if (way === 'account') {
        await consents.answer(await a('guardian', student.guardians[0]?.guardianId), consentId).expect(200);
      } else {
        await consents.byLink(await consents.tokenTo(email), '/answer', { answer: 'given' }).expect(200);
      }
      await again({ guardian_contacts: `Sample Guardian <${email.toUpperCase()}>` });
      expect(await seen(student)).toBe(1);
      await again({ guardian_contacts: 'Sample Other <another@sample.example>' });
      expect(await seen(student)).toBe(0);
      expect(await states(student)).toEqual(['withdrawn as school']);
      expect(await recorded(student)).toEqual([bySchool(coordinator)]);
    }
  });

  test('when an import gives an adult student another address', async () => {
    const { student, again } = await enroll({ ...ADULT, email: 'somebody@sample.example' });
    await ask(student);
    const token = await consents.tokenTo('somebody@sample.example');
    await consents.byLink(token, '/answer', { answer: 'given' }).expect(200);
    await again({ email: 'somebody@sample.example', grade: '12' });
    expect(await seen(student)).toBe(1);
    await again({ email: 'right@sample.example' });
    expect(await seen(student)).toBe(0);
    expect(await states(student)).toEqual(['withdrawn as school']);
    expect(await recorded(student)).toEqual([bySchool(coordinator)]);
  });
});

test('who deletes their account takes back what they said yes to', async () => {
  const { student } = await enroll();
  const { student: other } = await enroll();
  const guardian = await a('guardian', student.guardians[0]?.guardianId);
  await consents.answer(guardian, await ask(student)).expect(200);
  await consents.answer(await a('guardian', other.guardians[0]?.guardianId), await ask(other)).expect(200);
  await request(app.getHttpServer()).delete('/api/profile').set(asCommand()).set('Cookie', guardian.cookie).expect(200);
  expect([await seen(student), await seen(other)]).toEqual([0, 1]);
  expect(await states(student)).toEqual(['withdrawn as guardian']);
  expect(await recorded(student)).toEqual([`consent-withdrawn guardian by ${guardian.personId}`]);
});

describe('an employer without an administrator', () => {
  /** Invites somebody as administrator and accepts as them. */
  async function administrate(organizationId: string, inviter: SignedIn = coordinator): Promise<SignedIn> {
    const email = `admin-${++number}@sample.example`;
    await request(app.getHttpServer())
      .post(`/api/organizations/${organizationId}/invitations`)
      .set(asCommand())
      .set('Cookie', inviter.cookie)
      .send({ email, role: 'employer-admin', language: 'en' })
      .expect(200);
    const answer = await request(app.getHttpServer())
      .post('/api/invitation/accept')
      .set(asCommand())
      .send({ token: await consents.tokenTo(email), name: 'Sample Administrator' })
      .expect(200);
    const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    const [row] = await database.source.query<{ personId: string }[]>(
      'SELECT person_id AS "personId" FROM person WHERE email = $1',
      [email],
    );
    return { email, cookie, personId: row?.personId ?? '' };
  }
  const suspend = (organizationId: string) =>
    database.source.query(
      `UPDATE person SET suspended_at = now() WHERE person_id IN
         (SELECT person_id FROM membership WHERE organization_id = $1 AND role = 'employer-admin')`,
      [organizationId],
    );

  test('is nobody of whom families are asked', async () => {
    const { student } = await enroll();
    const recipientId = await anOrganization(database.source, { kind: 'employer' });
    expect(codeOf(await consents.ask(coordinator, student.studentId, { recipientId }))).toEqual([
      409,
      'no-administrator',
    ]);
    await a('employer-member', undefined, recipientId);
    expect(codeOf(await consents.ask(coordinator, student.studentId, { recipientId }))).toEqual([
      409,
      'no-administrator',
    ]);
    await administrate(recipientId);
    await consents.ask(coordinator, student.studentId, { recipientId }).expect(200);
    await suspend(recipientId);
    expect(codeOf(await consents.ask(coordinator, student.studentId, { recipientId, purpose: 'hiring' }))).toEqual([
      409,
      'no-administrator',
    ]);
  });

  test('that gets one is asked about anew: what families said yes to before, in whatever school, ends', async () => {
    const recipientId = await anEmployer(database.source);
    const { student } = await enroll();
    const guardian = await a('guardian', student.guardians[0]?.guardianId);
    await consents.answer(guardian, await ask(student, { recipientId })).expect(200);
    await ask(student, { recipientId, purpose: 'hiring' });
    const elsewhere = await a('coordinator', undefined, await anOrganization(database.source));
    await suspend(recipientId);
    const newcomer = await administrate(recipientId, elsewhere);
    expect(await consents.sees(newcomer, student.studentId)).toEqual([]);
    expect(await states(student)).toEqual(['withdrawn as school', 'withdrawn as school']);
    expect(await recorded(student)).toEqual([bySchool(newcomer), bySchool(newcomer)]);
    await consents.answer(guardian, await ask(student, { recipientId })).expect(200);
    expect(await consents.sees(newcomer, student.studentId)).toHaveLength(1);
    // A second administrator is the first one's to bring.
    const second = await administrate(recipientId, newcomer);
    expect(await consents.sees(second, student.studentId)).toHaveLength(1);
  });

  test('that was merged meanwhile opens nothing of what was said for itself, either', async () => {
    const [gone, kept] = [await anEmployer(database.source), await anEmployer(database.source)];
    const { student } = await enroll();
    await consents.answer(
      await a('guardian', student.guardians[0]?.guardianId),
      await ask(student, { recipientId: gone }),
    );
    await suspend(gone);
    const email = `late-${++number}@sample.example`;
    await request(app.getHttpServer())
      .post(`/api/organizations/${gone}/invitations`)
      .set(asCommand())
      .set('Cookie', coordinator.cookie)
      .send({ email, role: 'employer-admin', language: 'en' })
      .expect(200);
    await database.source.query(
      'UPDATE organization SET merged_into_id = $2, merged_at = now() WHERE organization_id = $1',
      [gone, kept],
    );
    await database.source.query(
      `UPDATE person SET suspended_at = now() WHERE person_id IN
         (SELECT person_id FROM membership WHERE organization_id = $1)`,
      [kept],
    );
    const answer = await request(app.getHttpServer())
      .post('/api/invitation/accept')
      .set(asCommand())
      .send({ token: await consents.tokenTo(email), name: 'Sample Late' })
      .expect(200);
    const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    expect(await consents.sees({ cookie }, student.studentId)).toEqual([]);
    expect(await states(student)).toEqual(['withdrawn as school']);
  });
});

interface Answer {
  status: number;
  body: unknown;
}

/** Holds the school's records as an import does, until `work` has begun and waits. */
async function whileHeld(
  work: () => Promise<Answer>,
  deed: (query: (sql: string, values: unknown[]) => Promise<unknown>) => Promise<unknown>,
): Promise<Answer> {
  const runner = database.source.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('BEGIN');
    await runner.query('SELECT pg_advisory_xact_lock(7433300, hashtext($1))', [school]);
    const done = work();
    const deadline = Date.now() + 10_000;
    for (;;) {
      const waiting: unknown[] = await database.source.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (waiting.length > 0 || Date.now() > deadline) break;
      await new Promise((next) => setTimeout(next, 20));
    }
    await deed((sql, values) => runner.query(sql, values));
    await runner.query('COMMIT');
    return await done;
  } finally {
    await runner.release();
  }
}

test('an answer that meets an import waits for it: whoever the record names no more answers nothing', async () => {
  const { student } = await enroll();
  const guardianId = student.guardians[0]?.guardianId ?? '';
  const guardian = await a('guardian', guardianId);
  const consentId = await ask(student);
  const answer = await whileHeld(
    async () => consents.answer(guardian, consentId),
    (query) => query('UPDATE guardian SET ended_at = now() WHERE guardian_id = $1', [guardianId]),
  );
  expect(codeOf(answer)).toEqual([404, 'not-found']);
  expect(await states(student)).toEqual(['asked']);
});

test('an answer that meets the end of its account is none', async () => {
  const { student } = await enroll();
  const guardian = await a('guardian', student.guardians[0]?.guardianId);
  const consentId = await ask(student);
  const answer = await whileHeld(
    async () => consents.answer(guardian, consentId),
    (query) => query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [guardian.personId]),
  );
  expect(codeOf(answer)).toEqual([404, 'not-found']);
});

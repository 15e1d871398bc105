import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Student } from '@throughway/contracts/students';
import type { Role } from '@throughway/vocabulary/roles';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { anEmployer, anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { verifyRecord } from '../platform/audit/verify-record.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { ConsentsOverHttp } from './consents.builder.js';
import { StudentsOverHttp } from './students.builder.js';

const TODAY = '2026-06-30';
const NOBODY = '00000000-0000-4000-8000-000000000000';
const ADULT = { birth_date: '2008-01-01' };
let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let consents: ConsentsOverHttp;
let school: string;
let coordinator: SignedIn;
let employer: string;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  students = new StudentsOverHttp(app.getHttpServer());
  consents = new ConsentsOverHttp(app.getHttpServer(), database.source);
  school = await anOrganization(database.source, { name: 'Sample School' });
  coordinator = await a('coordinator');
  employer = await anEmployer(database.source, { name: 'Sample Employer' });
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
const enroll = (cells = {}, organizationId = school, keeper = coordinator): Promise<Student> =>
  students.enroll(keeper, organizationId, ++number, cells);
const guardianOf = (student: Student): Promise<SignedIn> =>
  a('guardian', student.guardians[0]?.guardianId, student.school.organizationId);
const themself = (student: Student): Promise<SignedIn> =>
  a('student', student.studentId, student.school.organizationId);
const ask = (student: Student, more = {}): Promise<string> =>
  consents.asked(coordinator, student.studentId, { recipientId: employer, ...more });
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];

describe('a consent is given', () => {
  test("by a minor's guardian, and not by the minor", async () => {
    const student = await enroll();
    const consentId = await ask(student);
    const minor = await themself(student);
    expect(codeOf(await consents.answer(minor, consentId))).toEqual([403, 'not-allowed']);
    expect(await consents.mine(minor)).toMatchObject([
      { rightsHolder: 'guardian', consents: [{ state: 'asked', mayAnswer: false, mayWithdraw: false }] },
    ]);
    const guardian = await guardianOf(student);
    expect(await consents.mine(guardian)).toMatchObject([{ consents: [{ state: 'asked', mayAnswer: true }] }]);
    const given = await consents.answer(guardian, consentId).expect(200);
    expect(given.body).toMatchObject({
      state: 'in-force',
      answeredAs: 'guardian',
      records: ['name', 'grade'],
      purpose: 'placement',
      untilOn: '2026-12-31',
      recipient: { name: 'Sample Employer' },
      mayAnswer: false,
      mayWithdraw: true,
    });
    // The school knows who signed and when.
    const seen = await consents.list(coordinator, student.studentId).expect(200);
    expect(seen.body).toMatchObject({
      consents: [{ state: 'in-force', signedBy: 'Sample Person', askedBy: 'Sample Person' }],
    });
  });

  test('by an adult student, and not by their guardian', async () => {
    const student = await enroll(ADULT);
    const consentId = await ask(student);
    const guardian = await guardianOf(student);
    expect(codeOf(await consents.answer(guardian, consentId))).toEqual([404, 'not-found']);
    expect(await consents.mine(guardian)).toEqual([]);
    const answer = await consents.answer(await themself(student), consentId).expect(200);
    expect(answer.body).toMatchObject({ state: 'in-force', answeredAs: 'student' });
  });

  test("by a college's student of any age", async () => {
    const college = await anOrganization(database.source, { kind: 'college' });
    const dean = await a('coordinator', undefined, college);
    const student = await enroll({ birth_date: '2010-03-01' }, college, dean);
    const consentId = await consents.asked(dean, student.studentId, { recipientId: employer });
    expect(codeOf(await consents.answer(await guardianOf(student), consentId))).toEqual([404, 'not-found']);
    await consents.answer(await themself(student), consentId).expect(200);
  });

  test('by the student where the birthday lies between question and answer', async () => {
    const student = await enroll({ birth_date: '2008-07-01' });
    const consentId = await ask(student);
    const link = await consents.tokenTo(student.guardians[0]?.email ?? '');
    const [guardian, adult] = [await guardianOf(student), await themself(student)];
    await consents.byLink(link).expect(200);
    expect(codeOf(await consents.answer(adult, consentId))).toEqual([403, 'not-allowed']);
    database.config.TODAY = '2026-07-01';
    expect(codeOf(await consents.answer(guardian, consentId))).toEqual([404, 'not-found']);
    expect(codeOf(await consents.byLink(link, '/answer', { answer: 'given' }))).toEqual([404, 'link-over']);
    await consents.answer(adult, consentId).expect(200);
  });

  test('by no guardian whom the record names no more, nor by one whose address is also the student’s', async () => {
    const student = await enroll();
    const [guardian, consentId] = [await guardianOf(student), await ask(student)];
    await students.import(coordinator, school, [
      { ...cellsOf(student), guardian_contacts: 'Sample Other <other@sample.example>' },
    ]);
    expect(codeOf(await consents.answer(guardian, consentId))).toEqual([404, 'not-found']);

    const other = await enroll();
    await ask(other);
    const link = await consents.tokenTo(other.guardians[0]?.email ?? '');
    await consents.byLink(link).expect(200);
    await students.import(coordinator, school, [{ ...cellsOf(other), email: other.guardians[0]?.email ?? '' }]);
    expect(codeOf(await consents.byLink(link, '/answer', { answer: 'given' }))).toEqual([404, 'link-over']);
  });

  test('by nobody else: not the school, an employer, another guardian, nor a stranger', async () => {
    const student = await enroll();
    const consentId = await ask(student);
    expect(codeOf(await consents.answer(coordinator, consentId))).toEqual([403, 'not-allowed']);
    const other = await enroll();
    for (const reader of [
      await a('employer-admin', undefined, employer),
      await guardianOf(other),
      await themself(other),
      await a('educator'),
      await a('coordinator', undefined, await anOrganization(database.source)),
    ]) {
      expect(codeOf(await consents.answer(reader, consentId))).toEqual([404, 'not-found']);
      expect(codeOf(await consents.withdraw(reader, consentId))).toEqual([404, 'not-found']);
      expect(codeOf(await consents.list(reader, student.studentId))).toEqual([404, 'not-found']);
      expect(codeOf(await consents.disclosures(reader, student.studentId))).toEqual([404, 'not-found']);
      expect(codeOf(await consents.ask(reader, student.studentId, { recipientId: employer }))).toEqual([
        404,
        'not-found',
      ]);
    }
    expect(codeOf(await consents.answer({ cookie: '' }, consentId))).toEqual([401, 'not-signed-in']);
  });

  test('once; whoever said "not now" may still give, whoever gave withdraws, and what is withdrawn stays so', async () => {
    const student = await enroll();
    const guardian = await guardianOf(student);
    const consentId = await ask(student);
    expect(codeOf(await consents.withdraw(guardian, consentId))).toEqual([409, 'consent-not-given']);
    const declined = await consents.answer(guardian, consentId, 'declined').expect(200);
    expect(declined.body).toMatchObject({ state: 'declined', mayAnswer: true, mayWithdraw: false });
    await consents.answer(guardian, consentId, 'given').expect(200);
    await consents.answer(guardian, consentId, 'given').expect(200);
    expect(codeOf(await consents.answer(guardian, consentId, 'declined'))).toEqual([409, 'consent-given']);
    for (let taps = 0; taps < 2; taps += 1) {
      const withdrawn = await consents.withdraw(guardian, consentId).expect(200);
      expect(withdrawn.body).toMatchObject({ state: 'withdrawn', withdrawnAs: 'guardian', mayAnswer: false });
    }
    expect(codeOf(await consents.answer(guardian, consentId))).toEqual([409, 'consent-over']);
  });

  test('and ends by itself when the rights move; its giver may still withdraw it, and the student is asked anew', async () => {
    const student = await enroll({ birth_date: '2008-07-01' });
    const [guardian, adult] = [await guardianOf(student), await themself(student)];
    const consentId = await ask(student);
    await consents.answer(guardian, consentId).expect(200);
    database.config.TODAY = '2026-07-01';
    expect(await consents.mine(adult)).toMatchObject([
      { rightsHolder: 'student', consents: [{ state: 'rights-moved', mayAnswer: false, mayWithdraw: true }] },
    ]);
    expect(codeOf(await consents.answer(adult, consentId))).toEqual([409, 'consent-over']);
    const withdrawn = await consents.withdraw(guardian, consentId).expect(200);
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn', withdrawnAs: 'guardian' });
    const anew = await ask(student);
    expect(await consents.mailsTo(adult.email)).toMatchObject([{ template: 'consent-asked' }]);
    await consents.answer(adult, anew).expect(200);
  });

  test('a guardian does not learn who else signed', async () => {
    const guardian_contacts = 'Sample A <a@sample.example>;Sample B <b@sample.example>';
    const student = await enroll({ guardian_contacts });
    const [first, second] = [await guardianOf(student), await a('guardian', student.guardians[1]?.guardianId)];
    const consentId = await ask(student);
    await consents.answer(first, consentId).expect(200);
    expect(await consents.mine(second)).toMatchObject([{ consents: [{ state: 'in-force', signedBy: null }] }]);
    const withdrawn = await consents.withdraw(second, consentId).expect(200);
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn', withdrawnAs: 'guardian' });
  });
});

/** A row of students.csv that changes nothing. */
function cellsOf(student: Student): Record<string, string> {
  const [given = '', ...family] = student.name.split(' ');
  return {
    student_id: student.schoolStudentId,
    given_name: given,
    family_name: family.join(' '),
    email: student.email ?? '',
    birth_date: student.bornOn,
    guardian_contacts: student.guardians.map(({ name, email }) => `${name} <${email}>`).join(';'),
  };
}

describe('a question', () => {
  test('goes by link to whom the record names without an account, and to the page of whom has one', async () => {
    const guardian_contacts = 'Sample A <asked-a@sample.example>;Sample B <asked-b@sample.example>';
    const student = await enroll({ guardian_contacts });
    const account = await a('guardian', student.guardians[0]?.guardianId);
    await ask(student, { language: 'es' });
    expect(await consents.mailsTo('asked-a@sample.example')).toEqual([]);
    expect(await consents.mailsTo(account.email)).toMatchObject([{ template: 'consent-asked', language: 'en' }]);
    const [mailed] = await consents.mailsTo('asked-b@sample.example');
    expect(mailed).toMatchObject({ template: 'consent-asked', language: 'es' });
    expect(mailed?.url).toMatch(/\/consent-link#token=[A-Za-z0-9_-]{43}$/);
    // A mail may reach somebody else.
    expect(mailed?.text).not.toMatch(/Sample Student/);
    expect((await consents.mailsTo(account.email))[0]?.url).toMatch(/\/consent$/);
    const stored: { digest: Buffer }[] = await database.source.query('SELECT digest FROM consent_link');
    expect(stored.some(({ digest }) => mailed?.url.includes(digest.toString('base64url')))).toBe(false);
  });

  test('that names nobody to ask, a past day, one beyond a year, or no employer is not asked', async () => {
    const nobody = await enroll({ guardian_contacts: '' });
    expect(codeOf(await consents.ask(coordinator, nobody.studentId, { recipientId: employer }))).toEqual([
      409,
      'nobody-to-ask',
    ]);
    const student = await enroll();
    const expecting = async (question: object, wanted: unknown[]) =>
      expect(
        codeOf(await consents.ask(coordinator, student.studentId, { recipientId: employer, ...question })),
      ).toEqual(wanted);
    await expecting({ untilOn: '2026-06-29' }, [400, 'bad-input']);
    await expecting({ untilOn: '2027-07-01' }, [400, 'bad-input']);
    await expecting({ recipientId: school }, [404, 'not-found']);
    await expecting({ recipientId: NOBODY }, [404, 'not-found']);
    await expecting({ records: [] }, [400, 'bad-input']);
    await expecting({ records: ['populations'] }, [400, 'bad-input']);
    await expecting({ purpose: 'marketing' }, [400, 'bad-input']);
    expect((await consents.list(coordinator, student.studentId)).body).toEqual({ consents: [] });
    await expecting({ untilOn: TODAY }, [200, undefined]);
    await expecting({ untilOn: '2027-06-30' }, [409, 'consent-waits']);
    await expecting({ untilOn: '2027-06-30', purpose: 'hiring' }, [200, undefined]);
  });

  test('is not asked of a synthetic employer for a real student', async () => {
    const invented = await anOrganization(database.source, { kind: 'employer' });
    await database.source.query('UPDATE organization SET sample = true WHERE organization_id = $1', [invented]);
    const student = await enroll();
    expect(codeOf(await consents.ask(coordinator, student.studentId, { recipientId: invented }))).toEqual([
      404,
      'not-found',
    ]);
  });

  test('is taken back by the school, also after its answer', async () => {
    const student = await enroll();
    const guardian = await guardianOf(student);
    const consentId = await ask(student);
    const answer = await consents.withdraw(coordinator, consentId).expect(200);
    expect(answer.body).toMatchObject({ state: 'withdrawn', withdrawnAs: 'school' });
    expect(codeOf(await consents.answer(guardian, consentId))).toEqual([409, 'consent-over']);
    const another = await ask(student);
    await consents.answer(guardian, another).expect(200);
    await consents.withdraw(coordinator, another).expect(200);
  });

  test('is not repeated until it is a burden', async () => {
    const student = await enroll();
    const purposes = ['placement', 'hiring', 'school-visit'];
    const statuses: number[] = [];
    for (let at = 0; at < 11; at += 1) {
      const recipientId = await anEmployer(database.source);
      const question = { recipientId, purpose: purposes[at % 3] };
      statuses.push((await consents.ask(coordinator, student.studentId, question)).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  });

  test('and its answer: who asked learns of it, unless they declined such mails or left', async () => {
    const asker = await a('coordinator');
    const answered = async (): Promise<number> => {
      const student = await enroll();
      const consentId = await consents.asked(asker, student.studentId, { recipientId: employer });
      await consents.answer(await guardianOf(student), consentId).expect(200);
      const mails = await consents.mailsTo(asker.email);
      expect(mails.every(({ template, text }) => template === 'consent-answered' && !/Sample Student/.test(text))).toBe(
        true,
      );
      return mails.length;
    };
    expect(await answered()).toBe(1);
    await database.source.query(`UPDATE person SET declined_mails = '{consent-answered}' WHERE person_id = $1`, [
      asker.personId,
    ]);
    expect(await answered()).toBe(1);
    await database.source.query(`UPDATE person SET declined_mails = '{}' WHERE person_id = $1`, [asker.personId]);
    const student = await enroll();
    const consentId = await consents.asked(asker, student.studentId, { recipientId: employer });
    await database.source.query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [asker.personId]);
    await consents.answer(await guardianOf(student), consentId).expect(200);
    expect(await consents.mailsTo(asker.email)).toHaveLength(1);
  });
});

describe('a link', () => {
  async function linked(cells = {}): Promise<{ student: Student; consentId: string; token: string }> {
    const student = await enroll(cells);
    const consentId = await ask(student);
    const token = await consents.tokenTo(cells === ADULT ? (student.email ?? '') : (student.guardians[0]?.email ?? ''));
    return { student, consentId, token };
  }

  test('opens its one consent: to read, decline, give and withdraw, without a session', async () => {
    const { student, consentId, token } = await linked();
    const opened = await consents.byLink(token).expect(200);
    expect(opened.body).toMatchObject({
      consentId,
      student: { name: student.name },
      school: { name: 'Sample School' },
      state: 'asked',
      rightsHolder: 'guardian',
      mayAnswer: true,
      signedBy: null,
    });
    expect(opened.headers['set-cookie']).toBeUndefined();
    await consents.byLink(token, '/answer', { answer: 'declined' }).expect(200);
    const given = await consents.byLink(token, '/answer', { answer: 'given' }).expect(200);
    expect(given.body).toMatchObject({ state: 'in-force', answeredAs: 'guardian', mayWithdraw: true });
    const signed = await consents.list(coordinator, student.studentId);
    expect(signed.body).toMatchObject({ consents: [{ signedBy: student.guardians[0]?.name }] });
    await consents.byLink(token, '/withdrawal').expect(200);
    // Used after that, it says so and gives nothing again.
    expect((await consents.byLink(token).expect(200)).body).toMatchObject({ state: 'withdrawn', mayAnswer: false });
    expect(codeOf(await consents.byLink(token, '/answer', { answer: 'given' }))).toEqual([409, 'consent-over']);
  });

  test('of an adult student without an account is theirs', async () => {
    const { token } = await linked(ADULT);
    const given = await consents.byLink(token, '/answer', { answer: 'given' }).expect(200);
    expect(given.body).toMatchObject({ state: 'in-force', answeredAs: 'student' });
  });

  test('that is tampered with, invented, expired or of a guardian who is named no more opens nothing', async () => {
    const { student, token } = await linked();
    const other = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
    for (const deed of ['', '/answer', '/withdrawal'] as const) {
      expect(codeOf(await consents.byLink(other, deed, { answer: 'given' }))).toEqual([404, 'link-over']);
    }
    expect(codeOf(await consents.byLink('short'))).toEqual([400, 'bad-input']);
    database.config.TODAY = '2026-12-31';
    await consents.byLink(token).expect(200);
    database.config.TODAY = '2027-01-01';
    expect(codeOf(await consents.byLink(token))).toEqual([404, 'link-over']);
    database.config.TODAY = TODAY;
    await students.import(coordinator, school, [{ ...cellsOf(student), guardian_contacts: '' }]);
    expect(codeOf(await consents.byLink(token))).toEqual([404, 'link-over']);
  });

  test('is no session: it opens nothing else', async () => {
    const { student, token } = await linked();
    for (const cookie of [`throughway=${token}`, '']) {
      expect(codeOf(await students.get({ cookie }, student.studentId))).toEqual([401, 'not-signed-in']);
      expect(codeOf(await consents.list({ cookie }, student.studentId))).toEqual([401, 'not-signed-in']);
    }
  });
});

describe('The record of who did what', () => {
  interface Entry {
    action: string;
    kind: string;
    actor: string;
    detail: Record<string, string> | null;
  }
  /** Of a student, in the school's own chain, oldest first. */
  const recorded = (student: Student): Promise<Entry[]> =>
    database.source.query(
      `SELECT e.action, e.actor_kind AS kind, e.actor_id AS actor, d.detail
       FROM audit_entry e LEFT JOIN audit_detail d USING (organization_id, sequence)
       WHERE e.organization_id = $1 AND e.subject_kind = 'student' AND e.subject_id = $2 AND e.action LIKE 'consent%'
       ORDER BY e.sequence`,
      [school, student.studentId],
    );
  const about = { employer: 'Sample Employer', purpose: 'placement' };

  test('says who asked, declined, gave and took back by account, each once', async () => {
    const student = await enroll();
    const guardian = await guardianOf(student);
    const consentId = await ask(student);
    await consents.answer(guardian, consentId, 'declined').expect(200);
    for (let taps = 0; taps < 2; taps += 1) await consents.answer(guardian, consentId).expect(200);
    for (let taps = 0; taps < 2; taps += 1) await consents.withdraw(guardian, consentId).expect(200);
    await consents.withdraw(coordinator, await ask(student)).expect(200);
    const [asker, family] = [coordinator.personId, guardian.personId];
    expect(await recorded(student)).toEqual([
      { action: 'consent-asked', kind: 'person', actor: asker, detail: about },
      { action: 'consent-declined', kind: 'person', actor: family, detail: { ...about, as: 'guardian' } },
      { action: 'consent-given', kind: 'person', actor: family, detail: { ...about, as: 'guardian' } },
      { action: 'consent-withdrawn', kind: 'person', actor: family, detail: { ...about, as: 'guardian' } },
      { action: 'consent-asked', kind: 'person', actor: asker, detail: about },
      { action: 'consent-withdrawn', kind: 'person', actor: asker, detail: { ...about, as: 'school' } },
    ]);
  });

  test('says by whose link, the guardian’s or the student’s, without a name, and stays whole', async () => {
    for (const cells of [{}, ADULT]) {
      const student = await enroll(cells);
      await ask(student);
      const as = cells === ADULT ? 'student' : 'guardian';
      const [guardian] = student.guardians;
      const token = await consents.tokenTo((as === 'student' ? student.email : guardian?.email) ?? '');
      const actor = as === 'student' ? student.studentId : guardian?.guardianId;
      await consents.byLink(token).expect(200);
      await consents.byLink(token, '/answer', { answer: 'declined' }).expect(200);
      await consents.byLink(token, '/answer', { answer: 'given' }).expect(200);
      for (let taps = 0; taps < 2; taps += 1) await consents.byLink(token, '/withdrawal').expect(200);
      const [, ...acts] = await recorded(student);
      expect(acts).toEqual(
        ['consent-declined', 'consent-given', 'consent-withdrawn'].map((action) => ({
          ...{ action, kind: 'link', actor, detail: { ...about, as } },
        })),
      );
    }
    expect(await database.asOwner.read(verifyRecord)).toMatchObject({ break: null });
  });

  test('shows an administrator that it was a link, and of whom by no id and no name', async () => {
    const student = await enroll();
    await ask(student);
    await consents.byLink(await consents.tokenTo(student.guardians[0]?.email ?? ''), '/answer', { answer: 'given' });
    const { cookie } = await a('administrator');
    const found = await request(app.getHttpServer())
      .get('/api/audit')
      .query({ subject: student.studentId, action: 'consent-given' })
      .set('Cookie', cookie)
      .expect(200);
    expect(found.body).toMatchObject({
      entries: [{ actor: { kind: 'link', personId: null, name: null }, subject: { name: null } }],
    });
  });

  test('has nothing of an answer that was refused', async () => {
    const student = await enroll();
    const consentId = await ask(student);
    await consents.answer(await themself(student), consentId).expect(403);
    await consents.withdraw(await guardianOf(student), consentId).expect(409);
    expect(await recorded(student)).toHaveLength(1);
  });
});

test('erasing a student erases what was asked and shown of them', async () => {
  const student = await enroll();
  const consentId = await ask(student);
  await consents.answer(await guardianOf(student), consentId).expect(200);
  const reader = await a('employer-member', undefined, employer);
  expect(await consents.sees(reader, student.studentId)).toHaveLength(1);
  await database.source.query('DELETE FROM student WHERE student_id = $1', [student.studentId]);
  for (const table of ['consent', 'disclosure']) {
    expect(await database.source.query(`SELECT FROM ${table} WHERE student_id = $1`, [student.studentId])).toEqual([]);
  }
});

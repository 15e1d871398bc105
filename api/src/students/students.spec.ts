import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { parseDay } from '@throughway/vocabulary/local-date';
import type { Role } from '@throughway/vocabulary/roles';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import type { HeldRole } from '../platform/auth/actor.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { StudentsOverHttp } from './students.builder.js';
import { listStudents, studentSight } from './students.repository.js';

const TODAY = '2026-06-30';
const NOBODY = '00000000-0000-4000-8000-000000000000';
let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let district: string;
let school: string;
let coordinator: SignedIn;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  students = new StudentsOverHttp(app.getHttpServer());
  district = await anOrganization(database.source, { kind: 'district' });
  school = await anOrganization(database.source, { parentId: district });
  coordinator = await a('coordinator');
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

const enroll = (number: number, cells = {}, organizationId = school) =>
  students.enroll(coordinator, organizationId, number, cells);

describe("a student's record", () => {
  test('is seen by the school, the student and a guardian, with what each may know', async () => {
    const guardian_contacts = 'Sample Guardian A <a@sample.example>;Sample Guardian B <b@sample.example>';
    const student = await enroll(1, { guardian_contacts, special_populations: 'rural:2024-08-01:RUCC' });
    expect(student).toMatchObject({
      schoolStudentId: 'S001',
      name: 'Sample Student 001',
      age: 16,
      bornOn: '2010-03-01',
      rightsHolder: 'guardian',
      account: 'none',
      guardians: [{ name: 'Sample Guardian A' }, { name: 'Sample Guardian B' }],
      populations: [{ population: 'rural', since: '2024-08-01', source: 'RUCC' }],
    });
    const [first] = student.guardians;
    const themself = await a('student', student.studentId);
    const guardian = await a('guardian', first?.guardianId);
    expect(await students.seen(themself, student.studentId)).toMatchObject({ account: 'linked', guardians: [{}, {}] });
    expect(await students.mine(themself)).toHaveLength(1);
    expect((await students.seen(guardian, student.studentId)).guardians).toEqual([{ ...first, account: 'linked' }]);
    expect((await students.mine(guardian)).map(({ studentId }) => studentId)).toEqual([student.studentId]);
    expect((await students.list(themself)).total).toBe(0);
    expect((await students.list(guardian)).total).toBe(0);
  });

  test('is seen from above: by the district, not by another one', async () => {
    const student = await enroll(2);
    for (const role of ['administrator', 'coordinator'] as const) {
      await students.get(await a(role, undefined, district), student.studentId).expect(200);
      const elsewhere = await anOrganization(database.source, { kind: 'district' });
      await students.get(await a(role, undefined, elsewhere), student.studentId).expect(404);
    }
  });

  test.each(['educator', 'leader'] as const)('is not seen by an %s of the school', async (role) => {
    const student = await enroll(3);
    const person = await a(role);
    await students.get(person, student.studentId).expect(404);
    expect([await students.mine(person), (await students.list(person)).total]).toEqual([[], 0]);
  });

  test('is not seen by an employer, another student, another guardian, nor a stranger', async () => {
    const [student, other] = [await enroll(4), await enroll(5)];
    const employer = await anOrganization(database.source, { kind: 'employer' });
    const readers = [
      await a('employer-admin', undefined, employer),
      await a('employer-member', undefined, employer),
      await a('student', other.studentId),
      await a('guardian', other.guardians[0]?.guardianId),
      // The subject of another school, a student's id as a guardian and the other way round.
      await a('student', student.studentId, await anOrganization(database.source)),
      await a('guardian', student.studentId),
      await a('student', student.guardians[0]?.guardianId),
    ];
    for (const reader of readers) {
      const answer = await students.get(reader, student.studentId).expect(404);
      const nothing = await students.get(reader, NOBODY).expect(404);
      expect({ ...answer.body, requestId: '' }).toEqual({ ...nothing.body, requestId: '' });
      expect((await students.mine(reader)).map(({ studentId }) => studentId)).not.toContain(student.studentId);
    }
    await students.get({ cookie: '' }, student.studentId).expect(401);
  });

  test('is not seen before the second factor', async () => {
    const student = await enroll(6);
    const person = await aPerson(database.source, {
      roles: [{ organizationId: school, role: 'coordinator' }],
      proved: false,
    });
    const answer = await students.get(person, student.studentId).expect(403);
    expect(answer.body).toMatchObject({ code: 'second-factor-needed' });
  });
});

describe('rights move at 18', () => {
  test.each([
    ['2008-07-01', '2026-06-30', '2026-07-01'],
    ['2008-02-29', '2026-02-28', '2026-03-01'],
  ])('born %s: the guardian sees on %s, and no more on %s', async (birth_date, eve, birthday) => {
    database.config.TODAY = eve;
    const student = await enroll(10, { birth_date });
    const guardian = await a('guardian', student.guardians[0]?.guardianId);
    const themself = await a('student', student.studentId);
    expect(await students.seen(guardian, student.studentId)).toMatchObject({ age: 17, rightsHolder: 'guardian' });
    expect(await students.mine(guardian)).toHaveLength(1);

    database.config.TODAY = birthday;
    await students.get(guardian, student.studentId).expect(404);
    expect(await students.mine(guardian)).toEqual([]);
    expect(await students.seen(themself, student.studentId)).toMatchObject({ age: 18, rightsHolder: 'student' });
    expect(await students.mine(themself)).toHaveLength(1);
  });

  test("a college's students hold their own rights at any age", async () => {
    const college = await anOrganization(database.source, { kind: 'college', parentId: district });
    const dean = await a('coordinator', undefined, college);
    const student = await students.enroll(dean, college, 1, { birth_date: '2010-03-01' });
    expect(student).toMatchObject({ age: 16, rightsHolder: 'student' });
    const guardian = await a('guardian', student.guardians[0]?.guardianId, college);
    await students.get(guardian, student.studentId).expect(404);
    expect(await students.mine(guardian)).toEqual([]);
  });
});

describe('a guardian', () => {
  test('whom an import no longer names sees nothing at the next request; coming back takes a new invitation', async () => {
    const student = await enroll(20);
    const guardian = await a('guardian', student.guardians[0]?.guardianId);
    await students.get(guardian, student.studentId).expect(200);
    const without = await enroll(20, { guardian_contacts: 'Sample Other <other@sample.example>' });
    expect(without.guardians.map(({ name }) => name)).toEqual(['Sample Other']);
    await students.get(guardian, student.studentId).expect(404);
    expect(await students.mine(guardian)).toEqual([]);

    const again = await enroll(20);
    expect(again.guardians).toMatchObject([{ email: 'guardian020@sample.example', account: 'none' }]);
    await students.get(guardian, student.studentId).expect(404);
  });

  test('whose name or the case of whose address changes is the same one', async () => {
    const student = await enroll(21);
    const guardian = await a('guardian', student.guardians[0]?.guardianId);
    await enroll(21, { guardian_contacts: 'Sample Renamed <Guardian021@sample.example>' });
    expect((await students.seen(guardian, student.studentId)).guardians).toMatchObject([{ name: 'Sample Renamed' }]);
  });

  test('sees each of their children, and no more than one of them once rights have moved', async () => {
    const guardian_contacts = 'Sample Parent <parent@sample.example>';
    const older = await enroll(22, { guardian_contacts, birth_date: '2008-07-01' });
    const younger = await enroll(23, { guardian_contacts });
    const parent = await aPerson(database.source, {
      roles: [older, younger].map(({ guardians }) => ({
        organizationId: school,
        role: 'guardian' as const,
        subjectId: guardians[0]?.guardianId ?? '',
      })),
    });
    expect(await students.mine(parent)).toHaveLength(2);
    database.config.TODAY = '2026-07-01';
    expect((await students.mine(parent)).map(({ studentId }) => studentId)).toEqual([younger.studentId]);
  });

  test('ended in the school sees nothing at the next request', async () => {
    const student = await enroll(24);
    const guardian = await a('guardian', student.guardians[0]?.guardianId);
    await database.source.query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [guardian.personId]);
    await students.get(guardian, student.studentId).expect(404);
  });
});

describe('nobody is guardian of themselves', () => {
  /** Links one person to a record twice, in this order, and answers as what the record is theirs, as a child's and an adult's. */
  async function linkTwice(number: number, order: readonly ('student' | 'guardian')[]): Promise<string[]> {
    const cells = { guardian_contacts: 'Sample A <a@sample.example>;Sample B <b@sample.example>' };
    const student = await enroll(number, cells);
    const guardianId = student.guardians[0]?.guardianId ?? '';
    const person = await aPerson(database.source);
    for (const [at, role] of order.entries()) {
      await database.source.query(
        `INSERT INTO membership (person_id, organization_id, role, subject_id, granted_at)
         VALUES ($1, $2, $3, $4, now() - make_interval(mins => $5))`,
        [person.personId, school, role, role === 'student' ? student.studentId : guardianId, 10 - at],
      );
    }
    const roles: { membershipId: string; role: Role }[] = await database.source.query(
      'SELECT membership_id AS "membershipId", role FROM membership WHERE person_id = $1',
      [person.personId],
    );
    const actor = { personId: person.personId, roles: roles as HeldRole[] };
    const relations: string[] = [];
    for (const today of [TODAY, '2028-03-01']) {
      const sight = studentSight(actor, 'student.read-own', parseDay(today) ?? NaN);
      for (const { parts } of await listStudents(database.source.manager, sight)) {
        if (parts.includes('guardians')) relations.push(`student on ${today}`);
        if (parts.includes('own-guardian')) relations.push(`guardian on ${today}`);
      }
      database.config.TODAY = today;
      const isSeen = relations.some((relation) => relation.endsWith(today));
      expect((await students.mine(person)).length).toBe(isSeen ? 1 : 0);
    }
    return relations;
  }

  test('a student who also became their guardian is their student alone', async () => {
    expect(await linkTwice(30, ['student', 'guardian'])).toEqual([`student on ${TODAY}`, 'student on 2028-03-01']);
  });

  test('a guardian who also became the student is a guardian alone, until 18', async () => {
    expect(await linkTwice(31, ['guardian', 'student'])).toEqual([`guardian on ${TODAY}`]);
  });

  test('an address that a later import gives to the student too makes nobody a guardian', async () => {
    const student = await enroll(32);
    const guardian = await a('guardian', student.guardians[0]?.guardianId);
    await students.get(guardian, student.studentId).expect(200);
    await enroll(32, { email: 'Guardian032@sample.example' });
    await students.get(guardian, student.studentId).expect(404);
  });
});

describe('the list', () => {
  test('is by name, in pages, of the schools asked for', async () => {
    const [one, two] = [
      await anOrganization(database.source, { parentId: district }),
      await anOrganization(database.source, { parentId: district }),
    ];
    const administrator = await a('administrator', undefined, district);
    for (const number of [3, 1, 2]) await students.enroll(administrator, one, number);
    await students.enroll(administrator, two, 1);
    const names = async (query: Record<string, string | number>) =>
      (await students.list(administrator, query)).students.map(({ name }) => name);
    expect(await names({ organizationId: one })).toEqual([1, 2, 3].map((n) => `Sample Student 00${n}`));
    expect(await names({ organizationId: one, page: 2, size: 2 })).toEqual(['Sample Student 003']);
    expect(await names({ organizationId: two })).toEqual(['Sample Student 001']);
    expect(await names({ organizationId: one, q: 'student 002' })).toEqual(['Sample Student 002']);
    expect(await names({ organizationId: one, q: 's003' })).toEqual(['Sample Student 003']);
    expect(await names({ organizationId: one, q: '%' })).toEqual([]);
    expect(await names({ organizationId: one, q: '\\' })).toEqual([]);
    expect((await students.list(administrator, { organizationId: district })).total).toBeGreaterThan(4);
  });

  test('of a school that is not theirs is not there', async () => {
    const foreign = await anOrganization(database.source);
    await expect(students.list(coordinator, { organizationId: foreign })).rejects.toThrow('404');
    await expect(students.list(coordinator, { organizationId: NOBODY })).rejects.toThrow('404');
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Student } from '@throughway/contracts/students';
import type { Role } from '@throughway/vocabulary/roles';
import type { DataSource } from 'typeorm';
import { createApp } from '../bootstrap.js';
import { anEmployer as aNewEmployer, anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import type { HeldRole } from '../platform/auth/actor.js';
import { digestOf, newToken } from '../platform/auth/tokens.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { Transactions } from '../platform/database/transactions.js';
import { isFull, reportTrust } from '../trust-report.builder.js';
import { ConsentsOverHttp } from './consents.builder.js';
import { discloseShared } from './disclosures.repository.js';
import { StudentsOverHttp } from './students.builder.js';

const TODAY = '2026-06-30';
let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let consents: ConsentsOverHttp;
let source: DataSource;
let school: string;
let coordinator: SignedIn;
/** Employers' looks at one student before the consent is withdrawn, and rounds of that by each who may withdraw. */
const [LOOKS, ROUNDS] = isFull ? [20, 20] : [2, 1];
/** For the row of `npm run trust`. */
const measured = { tried: 0, refused: 0, given: 0, looks: 0, rows: 0, withdrawals: 0, seenAfter: 0, keptByControl: 0 };

beforeAll(async () => {
  database = await testDatabase();
  source = database.source;
  app = await createApp(database.config);
  students = new StudentsOverHttp(app.getHttpServer());
  consents = new ConsentsOverHttp(app.getHttpServer(), source);
  school = await anOrganization(source, { name: 'Sample School' });
  coordinator = await a('coordinator', school);
});
afterEach(() => {
  database.config.TODAY = TODAY;
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  const { tried, refused, given, looks, rows, withdrawals, seenAfter, keptByControl } = measured;
  reportTrust({
    id: 'S4',
    promise: 'every look is accounted for',
    figure:
      `${refused} of ${tried} answers of who may not consent refused, ${given} of rights holders taken; ${looks} looks, ${rows} disclosure ` +
      `rows; ${seenAfter} seen at the next request after ${withdrawals} withdrawals`,
    goal: 'all refused; one row a look; 0 seen',
    holds:
      tried > 0 && refused === tried && given > 0 && looks > 0 && rows === looks && withdrawals > 0 && seenAfter === 0,
    control: { what: `cached grants: ${keptByControl} still seen after the withdrawal`, failed: keptByControl > 0 },
  });
});

function a(role: Role, organizationId: string, subjectId?: string): Promise<SignedIn> {
  return aPerson(source, { roles: [{ organizationId, role, ...(subjectId && { subjectId }) }] });
}
const anEmployer = (): Promise<string> => aNewEmployer(source);
let number = 0;

interface Shared {
  student: Student;
  guardian: SignedIn;
  employer: string;
  reader: SignedIn;
  consentId: string;
}

/** A student of whom a guardian lets an employer see something. */
async function aShared(more: { cells?: object; question?: object; employer?: string } = {}): Promise<Shared> {
  const employer = more.employer ?? (await anEmployer());
  const student = await students.enroll(coordinator, school, ++number, {
    special_populations: 'rural:2024-08-01:RUCC',
    ...more.cells,
  });
  const guardian = await a('guardian', school, student.guardians[0]?.guardianId);
  const consentId = await consents.asked(coordinator, student.studentId, { recipientId: employer, ...more.question });
  await consents.answer(guardian, consentId).expect(200);
  return { student, guardian, employer, reader: await a('employer-member', employer), consentId };
}

const rowsOf = ({ student }: Pick<Shared, 'student'>): Promise<{ count: number }[]> =>
  source.query('SELECT count(*)::integer AS count FROM disclosure WHERE student_id = $1', [student.studentId]);

describe('an employer sees', () => {
  test('exactly the parts that the consent names, and never populations or guardians', async () => {
    const every = { name: 'Sample Student', contact: 'student', grade: '11', school: 'Sample School' };
    for (const records of [
      ['name', 'grade'],
      ['contact'],
      ['school', 'name'],
      ['name', 'contact', 'grade', 'school'],
    ]) {
      const { student, reader } = await aShared({ question: { records } });
      const answer = await consents.sharedStudent(reader, student.studentId).expect(200);
      const [seen] = await consents.sees(reader, student.studentId);
      for (const [part, value] of Object.entries(every)) {
        const shown = seen?.[part as keyof typeof every];
        if (records.includes(part)) expect(shown).toContain(value);
        else expect(shown).toBeNull();
      }
      expect(answer.text).not.toMatch(/rural|guardian|RUCC|2010|S\d{3}/i);
      await students.get(reader, student.studentId).expect(404);
    }
  });

  test('nobody before the answer, after a "not now", nor what another employer was shown', async () => {
    const employer = await anEmployer();
    const reader = await a('employer-admin', employer);
    const student = await students.enroll(coordinator, school, ++number);
    const guardian = await a('guardian', school, student.guardians[0]?.guardianId);
    const consentId = await consents.asked(coordinator, student.studentId, { recipientId: employer });
    expect(await consents.sees(reader, student.studentId)).toEqual([]);
    await consents.answer(guardian, consentId, 'declined').expect(200);
    expect(await consents.sees(reader, student.studentId)).toEqual([]);
    const other = await aShared();
    expect(await consents.sees(reader, other.student.studentId)).toEqual([]);
    expect(await consents.shared(reader)).toMatchObject({ shared: [], total: 0 });
    for (const stranger of [coordinator, other.guardian, await a('educator', school)]) {
      expect(await consents.sees(stranger, other.student.studentId)).toEqual([]);
      expect(await consents.shared(stranger)).toMatchObject({ shared: [], total: 0 });
    }
    await consents.sharedStudent({ cookie: '' }, other.student.studentId).expect(401);
  });

  test('nobody on the yes of anyone but who holds the rights', async () => {
    const college = await anOrganization(source, { kind: 'college' });
    const dean = await a('coordinator', college);
    const employer = await anEmployer();
    const reader = await a('employer-admin', employer);
    const neighbor = await students.enroll(coordinator, school, ++number);
    for (const { at, keeper, born, holder } of [
      { at: school, keeper: coordinator, born: '2010-03-01', holder: 'guardian' },
      { at: school, keeper: coordinator, born: '2008-01-01', holder: 'student' },
      { at: college, keeper: dean, born: '2010-03-01', holder: 'student' },
    ] as const) {
      const student = await students.enroll(keeper, at, ++number, { birth_date: born });
      const consentId = await consents.asked(keeper, student.studentId, { recipientId: employer });
      const family = {
        guardian: await a('guardian', at, student.guardians[0]?.guardianId),
        student: await a('student', at, student.studentId),
      };
      const others = [
        ...[family[holder === 'student' ? 'guardian' : 'student'], keeper, reader, { cookie: '' }],
        ...[
          await a('guardian', school, neighbor.guardians[0]?.guardianId),
          await a('student', school, neighbor.studentId),
        ],
        ...[await a('educator', at), await a('leader', at), await a('administrator', at)],
      ];
      for (const somebody of others) {
        const { status } = await consents.answer(somebody, consentId);
        const seen = await consents.sees(reader, student.studentId);
        measured.tried += 1;
        if (status >= 400 && seen.length === 0) measured.refused += 1;
        expect([[401, 403, 404].includes(status), seen]).toEqual([true, []]);
      }
      await consents.answer(family[holder], consentId).expect(200);
      expect(await consents.sees(reader, student.studentId)).toHaveLength(1);
      measured.given += 1;
    }
  });

  test('until the day that it names, and not a day longer', async () => {
    const { student, reader } = await aShared({ question: { untilOn: '2026-07-10' } });
    database.config.TODAY = '2026-07-10';
    expect(await consents.sees(reader, student.studentId)).toMatchObject([{ untilOn: '2026-07-10' }]);
    database.config.TODAY = '2026-07-11';
    expect(await consents.sees(reader, student.studentId)).toEqual([]);
    expect((await consents.shared(reader)).total).toBe(0);
  });

  test('nothing of what a guardian let them see from the day on which the rights move', async () => {
    const { student, reader } = await aShared({ cells: { birth_date: '2008-07-01' } });
    expect(await consents.sees(reader, student.studentId)).toHaveLength(1);
    database.config.TODAY = '2026-07-01';
    expect(await consents.sees(reader, student.studentId)).toEqual([]);
  });

  test('after a merge what was said yes to for itself alone, until families are asked anew', async () => {
    const { student, guardian, employer, reader } = await aShared();
    const other = await aShared();
    const standing = other.employer;
    const theirs = other.reader;
    const merge = (into: string | null) =>
      source.query(
        'UPDATE organization SET merged_into_id = $2::uuid, merged_at = CASE WHEN $2::uuid IS NOT NULL THEN now() END WHERE organization_id = $1',
        [employer, into],
      );
    await merge(standing);
    for (const [somebody, own, foreign] of [
      [reader, student, other.student],
      [theirs, other.student, student],
    ] as const) {
      expect(await consents.sees(somebody, own.studentId)).toHaveLength(1);
      expect(await consents.sees(somebody, foreign.studentId)).toEqual([]);
      expect((await consents.shared(somebody)).total).toBe(1);
    }
    const named = async () =>
      new Set((await consents.looks(coordinator, student.studentId)).map(({ recipient }) => recipient.organizationId));
    expect(await named()).toEqual(new Set([employer]));
    expect(await consents.mine(guardian)).toMatchObject([{ consents: [{ recipient: { organizationId: employer } }] }]);
    const anew = await consents.asked(coordinator, student.studentId, { recipientId: employer, purpose: 'hiring' });
    await consents.answer(guardian, anew).expect(200);
    expect(await consents.sees(theirs, student.studentId)).toHaveLength(1);
    expect(await consents.sees(reader, student.studentId)).toHaveLength(2);
    expect(await named()).toEqual(new Set([employer, standing]));
    await merge(null);
    expect(await consents.sees(theirs, student.studentId)).toHaveLength(1);
    expect(await consents.sees(reader, student.studentId)).toHaveLength(1);
  });

  test('their students by name in small pages', async () => {
    const employer = await anEmployer();
    const reader = await a('employer-member', employer);
    for (const family_name of ['C', 'A', 'B']) await aShared({ employer, cells: { family_name } });
    const named = async (query: object) =>
      (await consents.shared(reader, query)).shared.map(({ name }) => name?.slice(-1));
    expect(await named({ size: 2 })).toEqual(['A', 'B']);
    expect(await named({ size: 2, page: 2 })).toEqual(['C']);
    await expect(consents.shared(reader, { size: 21 })).rejects.toThrow('400');
  });
});

describe('every look', () => {
  test('is one row: who, what, why, when and on what ground; the student, the guardian and the school read it', async () => {
    const shared = await aShared();
    const { student, reader, guardian, employer } = shared;
    expect(await consents.looks(coordinator, student.studentId)).toEqual([]);
    await consents.shared(reader);
    await consents.sees(reader, student.studentId);
    await consents.sees(await a('employer-admin', employer), student.studentId);
    expect(await rowsOf(shared)).toEqual([{ count: 3 }]);
    const themself = await a('student', school, student.studentId);
    for (const concerned of [coordinator, guardian, themself]) {
      const looks = await consents.looks(concerned, student.studentId);
      expect(looks).toHaveLength(3);
      expect(looks[2]).toMatchObject({
        recipient: { organizationId: employer },
        person: 'Sample Person',
        records: ['name', 'grade'],
        purpose: 'placement',
        basis: 'consent',
      });
    }
    expect(await consents.mine(guardian)).toMatchObject([{ disclosureCount: 3, disclosures: [{}, {}, {}] }]);
    const page = await consents.disclosures(coordinator, student.studentId, { page: 2, size: 2 }).expect(200);
    expect(page.body).toMatchObject({ total: 3, disclosures: [{}] });
    expect(codeOf(await consents.disclosures(reader, student.studentId))).toEqual([404, 'not-found']);
  });

  test('that is not written down shows nothing', async () => {
    const shared = await aShared();
    await source.query(`
      CREATE FUNCTION fail_on_purpose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'on purpose'; END $$;
      CREATE TRIGGER fails BEFORE INSERT ON disclosure FOR EACH ROW EXECUTE FUNCTION fail_on_purpose()`);
    try {
      const answer = await consents.sharedStudent(shared.reader, shared.student.studentId).expect(500);
      expect(answer.text).not.toContain('Sample Student');
      await expect(consents.shared(shared.reader)).rejects.toThrow('500');
    } finally {
      await source.query('DROP TRIGGER fails ON disclosure; DROP FUNCTION fail_on_purpose()');
    }
    // Swallowed instead of failing: a row that is not there is not joined, either.
    await source.query(`
      CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER swallows BEFORE INSERT ON disclosure FOR EACH ROW EXECUTE FUNCTION swallow()`);
    try {
      expect(await consents.sees(shared.reader, shared.student.studentId)).toEqual([]);
      expect((await consents.shared(shared.reader)).shared).toEqual([]);
    } finally {
      await source.query('DROP TRIGGER swallows ON disclosure; DROP FUNCTION swallow()');
    }
    expect(await rowsOf(shared)).toEqual([{ count: 0 }]);
    expect(await consents.sees(shared.reader, shared.student.studentId)).toHaveLength(1);
  });

  test('stays as it is: nobody who answers requests changes, deletes or invents one', async () => {
    const shared = await aShared();
    await consents.sees(shared.reader, shared.student.studentId);
    const asker = { actor: { personId: shared.reader.personId, roles: [held(shared.employer)] } };
    const write = (sql: string) => app.get(Transactions).inTenant(asker, (em) => em.query(sql));
    await expect(write(`UPDATE disclosure SET purpose = 'hiring'`)).rejects.toThrow(/permission denied/);
    await expect(write('DELETE FROM disclosure')).rejects.toThrow(/permission denied/);
    const invent = (person: string, records: string, consentId = shared.consentId) =>
      write(`INSERT INTO disclosure (organization_id, student_id, recipient_id, recipient_person_id, basis, consent_id, records,
               purpose, disclosed_at)
             VALUES ('${school}', '${shared.student.studentId}', '${shared.employer}', '${person}', 'consent', '${consentId}',
               '${records}', 'placement', now())`);
    await invent(shared.reader.personId, '{name}');
    await expect(invent(coordinator.personId, '{name}')).rejects.toThrow(/row-level security/);
    await expect(invent(shared.reader.personId, '{contact}')).rejects.toThrow(/row-level security/);
    await expect(invent(shared.reader.personId, '{name}', (await aShared()).consentId)).rejects.toThrow(
      /row-level security/,
    );
  });
});

test('whoever looks too often within an hour is turned away, and nobody else is', async () => {
  const { student, reader, employer } = await aShared();
  await consents.sees(reader, student.studentId);
  await source.query(`UPDATE rate_limit SET points = 599 WHERE key = $1`, [`look:${reader.personId}`]);
  expect(await consents.sees(reader, student.studentId)).toHaveLength(1);
  const late = await consents.sharedStudent(reader, student.studentId);
  expect([...codeOf(late), Number(late.headers['retry-after']) > 0]).toEqual([429, 'too-many-attempts', true]);
  await expect(consents.shared(reader)).rejects.toThrow('429');
  expect(await rowsOf({ student })).toEqual([{ count: 2 }]);
  expect(await consents.sees(await a('employer-member', employer), student.studentId)).toHaveLength(1);
});

describe('a withdrawal', () => {
  test('is felt at the next request of the very session that just read', async () => {
    const ways = ['guardian', 'school', 'link'] as const;
    for (const by of Array.from({ length: ROUNDS }, () => ways).flat()) {
      const shared = await aShared();
      const { student, reader, guardian, consentId } = shared;
      const looks = await Promise.all(
        Array.from({ length: LOOKS }, async (_, look) =>
          look % 2 ? (await consents.shared(reader)).shared : consents.sees(reader, student.studentId),
        ),
      );
      expect(looks.map((seen) => seen.length)).toEqual(looks.map(() => 1));
      measured.looks += looks.length;
      if (by === 'link') {
        await consents.byLink(await linkFor(shared), '/withdrawal').expect(200);
      } else {
        await consents.withdraw(by === 'school' ? coordinator : guardian, consentId).expect(200);
      }
      const next = await consents.sharedStudent(reader, student.studentId);
      const list = await consents.shared(reader);
      const [rows] = await rowsOf(shared);
      measured.withdrawals += 1;
      measured.seenAfter += (next.status === 404 ? 0 : 1) + list.shared.length;
      measured.rows += rows?.count ?? 0;
      expect(codeOf(next)).toEqual([404, 'not-found']);
      expect(list).toMatchObject({ shared: [], total: 0 });
      expect(rows).toEqual({ count: LOOKS });
    }
  }, 300_000);

  /** A reader that asks once what it may see, and keeps the answer: what `SharedStudentsService` must not do. */
  async function cachedReader(shared: Shared, transactions: Transactions): Promise<() => Promise<number>> {
    const asker = { actor: { personId: shared.reader.personId, roles: [held(shared.employer)] } };
    const grants: { consentId: string }[] = await source.query(
      `SELECT consent_id AS "consentId" FROM consent WHERE recipient_id = $1 AND answer = 'given' AND withdrawn_at IS NULL`,
      [shared.employer],
    );
    const sight = { sql: 'c.consent_id = ANY($1::uuid[])', values: [grants.map(({ consentId }) => consentId)] };
    const look = { personId: shared.reader.personId, at: new Date(), limit: 10, offset: 0 };
    return async () => (await transactions.inTenant(asker, (em) => discloseShared(em, sight, look))).length;
  }

  test('control: a reader that keeps what it was granted goes on seeing after it, where no second wall stands', async () => {
    const shared = await aShared();
    const bare = await cachedReader(shared, database.asOwner);
    const walled = await cachedReader(shared, app.get(Transactions));
    expect([await bare(), await walled()]).toEqual([1, 1]);
    await consents.withdraw(shared.guardian, shared.consentId).expect(200);
    measured.keptByControl = await bare();
    expect(measured.keptByControl).toBe(1);
    expect(await walled()).toBe(0);
  });

  test('control: beyond its day the same reader goes on seeing behind the second wall, too', async () => {
    const shared = await aShared({ question: { untilOn: '2026-07-10' } });
    const walled = await cachedReader(shared, app.get(Transactions));
    database.config.TODAY = '2026-07-11';
    expect(await walled()).toBe(1);
    expect(await consents.sees(shared.reader, shared.student.studentId)).toEqual([]);
  });
});

function held(employer: string): HeldRole {
  return {
    membershipId: employer,
    role: 'employer-member',
    subjectId: null,
    since: '',
    organizationId: employer,
    name: '',
    kind: 'employer',
    sample: false,
    within: [employer],
  };
}

/** A link to a consent that was already answered, for the same guardian. */
async function linkFor({ student, consentId }: Shared): Promise<string> {
  const token = newToken();
  await source.query(
    `INSERT INTO consent_link (digest, organization_id, consent_id, guardian_id, address_digest, made_at)
     SELECT $1, $2, $3, $4, address_digest(email), now() FROM guardian WHERE guardian_id = $4`,
    [digestOf(token), school, consentId, student.guardians[0]?.guardianId],
  );
  return token;
}

function codeOf({ status, body }: { status: number; body: unknown }): unknown[] {
  return [status, (body as { code?: string }).code];
}

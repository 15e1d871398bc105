import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Student } from '@throughway/contracts/students';
import type { Role } from '@throughway/vocabulary/roles';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { anEmployer, anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { Clock } from '../platform/clock/clock.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { MAIL_TEMPLATES } from '../platform/mail/mail-templates.js';
import { ConsentsOverHttp } from '../students/consents.builder.js';
import { StudentsOverHttp } from '../students/students.builder.js';
import { WeeklyDigest } from './weekly-digest.jobs.js';

const WEEK_MS = 7 * 86_400_000;
/** Three processes on one database, which all tick and work. */
const replicas: NestExpressApplication[] = [];
let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let consents: ConsentsOverHttp;
let school: string;
let coordinator: SignedIn;
let employer: string;
let now: Date;
/** Noon of a Monday in New York; each test has a week of its own. */
let monday = new Date('2026-07-06T16:00:00Z');

beforeAll(async () => {
  database = await testDatabase();
  for (let number = 0; number < 3; number++) replicas.push(await createApp(database.config));
  const [first] = replicas;
  if (!first) throw new Error('no replica');
  app = first;
  delete database.config.TODAY;
  for (const replica of replicas) replica.get(Clock).now = () => now;
  students = new StudentsOverHttp(app.getHttpServer());
  consents = new ConsentsOverHttp(app.getHttpServer(), database.source);
  employer = await anEmployer(database.source, { name: 'Sample Employer' });
  for (const replica of replicas) await replica.get(WeeklyDigest).start();
}, 60_000);
beforeEach(async () => {
  monday = new Date(monday.getTime() + WEEK_MS);
  // Thursday of the week before, when what waits came to be.
  now = new Date(monday.getTime() - 4 * 86_400_000);
  school = await anOrganization(database.source, { name: 'Sample School' });
  coordinator = await a('coordinator');
});
afterEach(async () => {
  // Nobody of this test is in the rounds of the next.
  await rows(`UPDATE person p SET suspended_at = now() WHERE suspended_at IS NULL AND NOT EXISTS (
    SELECT FROM membership m WHERE m.person_id = p.person_id AND m.role = 'employer-admin')`);
});
afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await database?.drop();
});

function a(role: Role, organizationId = school, subjectId?: string): Promise<SignedIn> {
  return aPerson(database.source, { roles: [{ organizationId, role, ...(subjectId && { subjectId }) }] });
}
let number = 0;
const enroll = (keeper = coordinator, organizationId = school): Promise<Student> =>
  students.enroll(keeper, organizationId, ++number);
const ask = (student: Student, keeper = coordinator): Promise<string> =>
  consents.asked(keeper, student.studentId, { recipientId: employer });
const guardianOf = (student: Student): Promise<SignedIn> =>
  a('guardian', student.school.organizationId, student.guardians[0]?.guardianId);
const rows = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => database.source.query(sql, values);

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const began = performance.now(); performance.now() - began < 30_000; await delay(20)) if (await isSo()) return;
  throw new Error(`never came about: ${what}`);
}
const untilWorked = (): Promise<void> =>
  until('every job of the round is done', async () => {
    const open = await rows(
      `SELECT FROM pgboss.job WHERE name IN ('weekly-round', 'weekly-digest') AND state < 'completed'`,
    );
    return open.length === 0;
  });

const tick = (): Promise<unknown> => Promise.all(replicas.map((replica) => replica.get(WeeklyDigest).tick()));
/** Leaves one more job of the week for somebody, as a round that came about a second time would. */
const leave = ({ personId }: SignedIn, week = now): Promise<unknown> =>
  database.asOwner.run((em) => app.get(Jobs).send(em, DIGEST, { personId, week: week.toISOString().slice(0, 10) }));
const DIGEST = { name: 'weekly-digest', expireInSeconds: 300, retryLimit: 3 };

async function round(at = monday): Promise<void> {
  now = at;
  await tick();
  await untilWorked();
}

interface Written {
  language: 'en' | 'es';
  detail: Parameters<(typeof MAIL_TEMPLATES)['weekly-digest']>[0];
}
const digestsTo = ({ email }: SignedIn): Promise<Written[]> =>
  rows(`SELECT language, detail FROM mail_outbox WHERE template = 'weekly-digest' AND recipient = $1`, email);
/** The lines of the only digest to somebody, by section. */
async function toldTo(person: SignedIn): Promise<Record<string, string[]>> {
  const written = await digestsTo(person);
  expect(written).toHaveLength(1);
  return Object.fromEntries(written[0]?.detail.sections.map(({ title, lines }) => [title, lines]) ?? []);
}

describe('The weekly digest tells', () => {
  test('a coordinator of the questions that wait, the oldest of them, and of what was answered and taken back', async () => {
    const [one, two, three, four, five] = [
      await enroll(),
      await enroll(),
      await enroll(),
      await enroll(),
      await enroll(),
    ];
    await ask(one);
    const older = await ask(two);
    await rows(`UPDATE consent SET asked_at = asked_at - interval '8 days' WHERE consent_id = $1`, older);
    await consents.answer(await guardianOf(three), await ask(three), 'given').expect(200);
    await consents.answer(await guardianOf(four), await ask(four), 'declined').expect(200);
    const [guardian, taken] = [await guardianOf(five), await ask(five)];
    await consents.answer(guardian, taken, 'given').expect(200);
    await consents.withdraw(guardian, taken).expect(200);
    const old = await ask(await enroll());
    await rows(
      `UPDATE consent SET asked_at = asked_at - interval '8 days', withdrawn_at = asked_at, withdrawn_as = 'school'
       WHERE consent_id = $1`,
      old,
    );
    await round();
    expect(await toldTo(coordinator)).toEqual({
      'Questions to families': [
        '2 questions have no answer yet, the oldest for 12 days.',
        'Answers in the last seven days: yes 2, not now 1, taken back 1.',
      ],
    });
  });

  test('nobody of what is not theirs: another school’s question, or that of somebody else’s child', async () => {
    const elsewhere = await anOrganization(database.source);
    const other = await a('administrator', elsewhere);
    const [mine, theirs] = [await enroll(), await enroll(other, elsewhere)];
    await ask(theirs, other);
    const [guardian, otherGuardian] = [await guardianOf(mine), await guardianOf(theirs)];
    await round();
    expect([await digestsTo(coordinator), await digestsTo(guardian)]).toEqual([[], []]);
    expect(await toldTo(other)).toEqual({ 'Questions to families': ['One question has no answer yet, for 4 days.'] });
    expect(await toldTo(otherGuardian)).toEqual({
      'You decide': [
        'The school asked you whether it may show an employer some details. Until you say yes, nobody sees them.',
      ],
    });
  });

  test('a region of its schools’ questions neither, nor an educator or a leader, who ask none', async () => {
    const region = await anOrganization(database.source, { kind: 'region' });
    await rows('UPDATE organization SET parent_id = $1 WHERE organization_id = $2', region, school);
    await ask(await enroll());
    const others = [await a('administrator', region), await a('educator'), await a('leader')];
    await round();
    for (const other of others) expect(await digestsTo(other)).toEqual([]);
    expect(await digestsTo(coordinator)).toHaveLength(1);
  });

  test('who keeps a school of invitations without an answer; of one that ran out once', async () => {
    const administrator = await a('administrator');
    const invite = (role: Role): request.Test =>
      request(app.getHttpServer())
        .post(`/api/organizations/${school}/invitations`)
        .set(asCommand())
        .set('Cookie', administrator.cookie)
        .send({ email: `sample-${role}@example.test`, role, language: 'en' });
    await invite('educator').expect(200);
    await invite('leader').expect(200);
    await students.invite(coordinator, (await enroll()).studentId).expect(200);
    await rows(`UPDATE invitation SET open_until = $1 WHERE email = 'sample-leader@example.test'`, now);
    await round();
    const ranOut = 'One invitation ran out in the last seven days. You can invite again.';
    expect(await toldTo(administrator)).toEqual({
      Invitations: ['2 invitations have no answer yet.', ranOut],
    });
    // Staff are invited by administrators: a coordinator is told of the student alone.
    expect(await toldTo(coordinator)).toEqual({ Invitations: ['One invitation has no answer yet.'] });
    await rows(`DELETE FROM mail_outbox WHERE template = 'weekly-digest'`);
    await round(new Date(monday.getTime() + WEEK_MS));
    expect(await toldTo(administrator)).toEqual({ Invitations: ['2 invitations have no answer yet.'] });
    monday = now;
  });

  test('an administrator of records that are about to be erased, and a coordinator, who erases none, not', async () => {
    const administrator = await a('administrator');
    const { studentId } = await enroll();
    await enroll();
    await rows(`UPDATE student SET listed_on = $1::date - 5 * 366 WHERE student_id = $2`, now, studentId);
    await round();
    expect(await toldTo(administrator)).toEqual({
      'Records about to be erased': ['One record is erased within 30 days, unless your file lists it again.'],
    });
    expect(await digestsTo(coordinator)).toEqual([]);
  });

  test('a region’s administrators of employers that may be one, and of jobs that failed, within their reach', async () => {
    const region = await anOrganization(database.source, { kind: 'region' });
    const [administrator, regionCoordinator] = [await a('administrator', region), await a('coordinator', region)];
    const elsewhere = await a('administrator');
    const pair = [await anOrganization(database.source, { kind: 'employer' }), employer].sort();
    await rows(`INSERT INTO employer_duplicate (first_id, second_id, reasons) VALUES ($1, $2, '{name}')`, ...pair);
    const failed = { name: 'spec-failing', expireInSeconds: 60, retryLimit: 0 };
    await app.get(Jobs).work(failed, () => Promise.reject(new Error('for good')));
    for (const organizationId of [region, region, await anOrganization(database.source)]) {
      await database.asOwner.run((em) => app.get(Jobs).send(em, failed, { organizationId }));
    }
    await until('three dead letters', async () => {
      const dead = await rows(`SELECT FROM pgboss.job WHERE name = 'dead-letter' AND source_name = 'spec-failing'`);
      return dead.length === 3;
    });
    await round();
    expect(await toldTo(administrator)).toEqual({
      'Employers that may be one': ['One pair waits for your decision.'],
      'Work of the server': ['2 jobs failed. You can have them tried again.'],
    });
    expect([await digestsTo(regionCoordinator), await digestsTo(elsewhere)]).toEqual([[], []]);
  });

  test('everything in the language of whom it is for, with numbers as it writes them', async () => {
    const administrator = await a('administrator');
    await rows(`UPDATE person SET language = 'es' WHERE person_id = $1`, administrator.personId);
    const { studentId } = await enroll();
    await rows(
      `INSERT INTO student (organization_id, school_student_id, given_name, family_name, born_on, listed_on)
       SELECT organization_id, 'many-' || n, 'Sample', 'Student ' || n, born_on, $2::date - 5 * 366
       FROM student, generate_series(1, 1200) n WHERE student_id = $1`,
      studentId,
      now,
    );
    await round();
    const [written] = await digestsTo(administrator);
    if (!written) throw new Error('no digest');
    expect(written.language).toBe('es');
    const letter = MAIL_TEMPLATES['weekly-digest'](written.detail, written.language);
    expect(letter.subject).toBe('Throughway: lo que le espera esta semana');
    const line = '1,200 expedientes se borran en los próximos 30 días, salvo que su archivo los nombre de nuevo.';
    expect(letter.text).toContain(`Expedientes por borrar\n\n- ${line}\n\nVer los estudiantes: http`);
    expect(letter.html).toContain(`${line}</li>`);
    expect(letter.headers?.['List-Unsubscribe']).toMatch(/^<http.*\/api\/mails\/stop\?token=/);
    expect(letter.text).toMatch(/No recibir más estos correos: http.*\/stop-mails#token=.*&mail=weekly-digest\n$/);
  });
});

describe('No digest is written', () => {
  test('where nothing waits, though there were answers', async () => {
    const student = await enroll();
    await consents.answer(await guardianOf(student), await ask(student), 'given').expect(200);
    await round();
    expect(await digestsTo(coordinator)).toEqual([]);
  });

  test('to who turned it off, is suspended, has no role any more, or is no more, though a round left them a job', async () => {
    await ask(await enroll());
    const off = await a('coordinator');
    const [suspended, roleless, gone] = [await a('coordinator'), await a('coordinator'), await a('coordinator')];
    await request(app.getHttpServer())
      .patch('/api/profile')
      .set('Cookie', off.cookie)
      .send({ declinedMails: ['weekly-digest'] })
      .expect(200);
    await rows('UPDATE person SET suspended_at = now() WHERE person_id = $1', suspended.personId);
    await rows('UPDATE membership SET ended_at = now() WHERE person_id = $1', roleless.personId);
    await rows(
      `UPDATE person SET name = NULL, email = NULL, removed_at = now(), suspended_at = now() WHERE person_id = $1`,
      gone.personId,
    );
    // A round of before had left jobs for all of them.
    now = monday;
    for (const each of [off, suspended, roleless, gone]) await leave(each);
    await round();
    for (const each of [off, suspended, roleless, gone]) expect(await digestsTo(each)).toEqual([]);
    expect(await digestsTo(coordinator)).toHaveLength(1);
  });

  test('of what somebody may not see any more when it is written', async () => {
    const elsewhere = await anOrganization(database.source);
    const both = await aPerson(database.source, {
      roles: [
        { organizationId: school, role: 'coordinator' },
        { organizationId: elsewhere, role: 'coordinator' },
      ],
    });
    await ask(await enroll());
    await ask(await enroll(both, elsewhere), both);
    await rows(
      'UPDATE membership SET ended_at = now() WHERE person_id = $1 AND organization_id = $2',
      both.personId,
      school,
    );
    now = monday;
    await leave(both);
    await untilWorked();
    expect(await toldTo(both)).toEqual({ 'Questions to families': ['One question has no answer yet, for 4 days.'] });
  });

  test('of a week that is over', async () => {
    await ask(await enroll());
    now = monday;
    await leave(coordinator, new Date(monday.getTime() - WEEK_MS));
    await untilWorked();
    expect(await digestsTo(coordinator)).toEqual([]);
  });
});

describe('A week has one for each', () => {
  test('with three processes that tick each hour, and with jobs left ten times', async () => {
    await ask(await enroll());
    for (let hour = 0; hour < 5; hour++) await round(new Date(monday.getTime() + hour * 3_600_000));
    await Promise.all(Array.from({ length: 10 }, () => leave(coordinator, monday)));
    await untilWorked();
    expect(await digestsTo(coordinator)).toHaveLength(1);
  });

  test('the control: where the claim is not kept, each job writes one', async () => {
    await ask(await enroll());
    await rows(`
      CREATE FUNCTION forget_claim() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.digest_week_on := NULL; RETURN NEW; END $$;
      CREATE TRIGGER forget_claim BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION forget_claim();
    `);
    try {
      now = monday;
      await Promise.all(Array.from({ length: 4 }, () => leave(coordinator)));
      await untilWorked();
      expect((await digestsTo(coordinator)).length).toBe(4);
    } finally {
      await rows('DROP FUNCTION forget_claim CASCADE');
    }
  });

  test('also when the first try fails half-way: its claim is taken back with it, and the next one writes', async () => {
    await ask(await enroll());
    await rows(`
      CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON mail_outbox FOR EACH ROW EXECUTE FUNCTION full_disk();
    `);
    try {
      now = monday;
      await leave(coordinator);
      await until('the job failed once', async () => {
        const retried = await rows(`SELECT FROM pgboss.job WHERE name = 'weekly-digest' AND state = 'retry'`);
        return retried.length === 1;
      });
    } finally {
      await rows('DROP FUNCTION full_disk CASCADE');
    }
    await rows(`UPDATE pgboss.job SET start_after = now() WHERE name = 'weekly-digest' AND state = 'retry'`);
    await untilWorked();
    expect(await digestsTo(coordinator)).toHaveLength(1);
  });

  test('from Monday at seven of the configured zone on, and later in the week where no process ran by then', async () => {
    await ask(await enroll());
    const rounds = async (): Promise<number> =>
      (
        await rows(
          `SELECT FROM pgboss.job WHERE name = 'weekly-round' AND data ->> 'week' = '${monday.toISOString().slice(0, 10)}'`,
        )
      ).length;
    // New York is four hours behind.
    for (const [at, expected] of [
      [new Date(monday.getTime() - 9 * 3_600_000), 0],
      [new Date(monday.getTime() - 5 * 3_600_000 - 1), 0],
      [new Date(monday.getTime() + 3 * 86_400_000), 1],
      [new Date(monday.getTime() + 5 * 86_400_000), 1],
    ] as const) {
      await round(at);
      expect(await rounds()).toBe(expected);
    }
    expect(await digestsTo(coordinator)).toHaveLength(1);
  });

  test('and the weeks of both clock changes have one round each, at seven by the wall', async () => {
    await rows(`DELETE FROM pgboss.job WHERE name LIKE 'weekly-%'`);
    for (const { sunday, first } of [
      { sunday: '2027-03-14T00:00:00Z', first: '2027-03-15T11:00:00Z' },
      { sunday: '2027-11-07T00:00:00Z', first: '2027-11-08T12:00:00Z' },
    ]) {
      for (let hour = 8; hour < 60; hour++) {
        now = new Date(Date.parse(sunday) + hour * 3_600_000);
        await tick();
        const [newest] = await rows<{ week: string }>(
          `SELECT max(data ->> 'week') AS week FROM pgboss.job WHERE name = 'weekly-round'`,
        );
        expect((newest?.week ?? '') === first.slice(0, 10)).toBe(now >= new Date(first));
      }
    }
    await untilWorked();
    const weeks = await rows<{ week: string }>(
      `SELECT data ->> 'week' AS week FROM pgboss.job WHERE name = 'weekly-round' ORDER BY 1`,
    );
    // Each with the week before, of which the Sunday is.
    expect(weeks.map(({ week }) => week)).toEqual(['2027-03-08', '2027-03-15', '2027-11-01', '2027-11-08']);
  });
});

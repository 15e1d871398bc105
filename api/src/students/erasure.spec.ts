import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Student } from '@throughway/contracts/students';
import { simpleParser } from 'mailparser';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { aTown } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { anEmployer, anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { giveWaysIn } from '../identity/ways-in.builder.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { type Act, recordActs } from '../platform/audit/record-acts.js';
import { verifyRecord } from '../platform/audit/verify-record.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { tracesOf } from '../platform/database/traces.builder.js';
import { Outbox } from '../platform/mail/outbox.js';
import { ProgramsService } from '../programs/programs.service.js';
import { reportTrust } from '../trust-report.builder.js';
import { ConsentsOverHttp } from './consents.builder.js';
import { eraseStudent } from './erase-student.js';
import { StudentsOverHttp } from './students.builder.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-erasure-'));
let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let consents: ConsentsOverHttp;
let school: string;
let administrator: SignedIn;
let employer: string;
let recruiter: SignedIn;
/** For the row of `npm run trust`; what was not measured is no number. */
const measured = { tables: 0, files: 0, left: NaN, changedFigures: NaN, forgotten: 0, foundOut: 0 };

beforeAll(async () => {
  database = await testDatabase({ DATA_DIR: folder });
  app = await createApp(database.config);
  await app.get(Outbox).start();
  students = new StudentsOverHttp(app.getHttpServer());
  consents = new ConsentsOverHttp(app.getHttpServer(), database.source);
  school = await anOrganization(database.source);
  administrator = await a('administrator');
  employer = await anEmployer(database.source);
  recruiter = await aPerson(database.source, { roles: [{ organizationId: employer, role: 'employer-admin' }] });
  await database.asOwner.run(async (em) => {
    const network = { slug: 'main', name: 'Main', sample: false };
    const { networkId } = await app.get(ProgramsService).ensureNetwork(em, network);
    const town = aTown({ name: 'Hazard', countyFips: '21193' });
    await app.get(NetworkIntake).saveAndAlign(em, networkId, town, 'import');
  });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
  const { tables, files, left, changedFigures, forgotten, foundOut } = measured;
  reportTrust({
    id: 'S8',
    promise: 'deletion deletes',
    figure: `${left} of ${tables} tables and ${files} files with the canary hold it after the erasure; ${changedFigures} published rows changed`,
    goal: '0 and 0',
    holds: left === 0 && changedFigures === 0 && tables > 0 && files > 0,
    control: {
      what: `${foundOut} of ${forgotten} tables found out when the erasure forgets them`,
      failed: forgotten > 0 && foundOut === forgotten,
    },
  });
});

function a(role: 'administrator' | 'coordinator', organizationId = school): Promise<SignedIn> {
  return aPerson(database.source, { roles: [{ organizationId, role }] });
}

const erase = ({ cookie }: Pick<SignedIn, 'cookie'>, studentId: string): request.Test =>
  request(app.getHttpServer()).delete(`/api/students/${studentId}`).set(asCommand()).set('Cookie', cookie);

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 200) throw new Error('what was waited for did not come');
    await new Promise((done) => setTimeout(done, 50));
  }
}

interface Planted {
  /** Stands in every text that the student's erasure is to clear, and in no other. */
  canary: string;
  student: Student;
  /** Who accepted the invitations. */
  accounts: { cookie: string; email: string }[];
}

let number = 0;

/** A student of whom everything that can be known is known, by the ways in which it comes to be known. */
async function plant(): Promise<Planted> {
  const canary = `canary${randomUUID().replaceAll('-', '')}`;
  const cells = {
    student_id: canary,
    given_name: `Given-${canary}`,
    family_name: `Family-${canary}`,
    email: `student-${canary}@sample.example`,
    grade: '11',
    cohort_id: `cohort-${canary}`,
    guardian_contacts: `Sample ${canary} <guardian-${canary}@sample.example>;Sample ${canary} <second-${canary}@sample.example>`,
    special_populations: `rural:2024-08-01:Source ${canary}`,
  };
  // An address and a guardian that the record named before.
  const before = { email: `before-${canary}@sample.example`, guardian_contacts: `Old <old-${canary}@sample.example>` };
  number++;
  const old = await students.enroll(administrator, school, number, { ...cells, ...before });
  await students.invite(administrator, old.studentId).expect(200);
  await students.invite(administrator, old.studentId, old.guardians[0]?.guardianId).expect(200);
  await accept(before.email);
  const student = await students.enroll(administrator, school, number, cells);
  await database.source.query('UPDATE student SET grade = $2 WHERE student_id = $1', [student.studentId, canary]);
  const [guardian, second] = student.guardians;
  await students.invite(administrator, student.studentId).expect(200);
  await students.invite(administrator, student.studentId, guardian?.guardianId).expect(200);
  const accounts = [await accept(cells.email), await accept(guardian?.email ?? '')];
  await students.invite(administrator, student.studentId, second?.guardianId).expect(200);
  await share(student.studentId, accounts[1] ?? administrator, canary);
  await recordOf(canary, student);
  for (const { email } of accounts) await giveWaysIn(database.source, email, canary);
  return { canary, student, accounts };
}

async function waiting(canary: string): Promise<number> {
  const rows: unknown[] = await database.source.query(
    'SELECT FROM mail_outbox WHERE detail IS NOT NULL AND recipient LIKE $1',
    [`%${canary}%`],
  );
  return rows.length;
}

async function accept(email: string): Promise<{ cookie: string; email: string }> {
  const token = await tokenTo(email);
  const answer = await request(app.getHttpServer())
    .post('/api/invitation/accept')
    .send({ token, name: `Sample ${email}` })
    .expect(200);
  return { cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '', email };
}

/** From the letter: what the database knew of it is forgotten once it was sent. */
async function tokenTo(email: string): Promise<string> {
  await until(async () => (await waiting(email)) === 0);
  const rows: { mailId: string }[] = await database.source.query(
    'SELECT mail_id AS "mailId" FROM mail_outbox WHERE recipient = $1 ORDER BY created_at DESC LIMIT 1',
    [email],
  );
  const mail = await simpleParser(readFileSync(join(folder, 'mail', `${rows[0]?.mailId}.eml`)));
  return /token=([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
}

/** The guardian lets an employer see the student, who does; the other guardian, without an account, has a link. */
async function share(studentId: string, guardian: { cookie: string }, canary: string): Promise<void> {
  const consentId = await consents.asked(administrator, studentId, { recipientId: employer });
  await consents.answer(guardian, consentId).expect(200);
  expect(await consents.sees(recruiter, studentId)).toHaveLength(1);
  await database.source.query('UPDATE disclosure SET purpose = $2 WHERE student_id = $1', [studentId, canary]);
}

/** What the record says of everyone whom the student's erasure concerns. */
async function recordOf(canary: string, { studentId, guardians }: Student): Promise<void> {
  const people: { id: string }[] = await database.source.query(
    'SELECT person_id AS id FROM person WHERE email LIKE $1',
    [`%${canary}%`],
  );
  const invitations: { id: string }[] = await database.source.query(
    'SELECT invitation_id AS id FROM invitation WHERE email LIKE $1',
    [`%${canary}%`],
  );
  const subjects = [
    { kind: 'student', id: studentId },
    ...guardians.map(({ guardianId }) => ({ kind: 'guardian', id: guardianId })),
    ...people.map(({ id }) => ({ kind: 'person', id })),
    ...invitations.map(({ id }) => ({ kind: 'invitation', id })),
  ] as Act['subject'][];
  const acts = subjects.map((subject): Act => ({
    organizationId: school,
    actor: 'operator',
    action: 'account-unlinked',
    subject,
    detail: { name: canary },
  }));
  await database.asOwner.run((em) => recordActs(em, new Date(), ...acts));
}

/** Where the canary must stand before, so that finding it nowhere after says something. */
const PLANTED = [
  'public.answered_command',
  'public.audit_detail',
  'public.authenticator',
  'public.ceremony',
  'public.disclosure',
  'public.external_identity',
  'public.guardian',
  'public.invitation',
  'public.mail_outbox',
  'public.passkey',
  'public.password',
  'public.person',
  'public.recovery_code',
  'public.session',
  'public.sign_in_link',
  'public.student',
  'public.student_population',
];

/** Columns beside them that hold no words of anybody's. */
const NO_WORDS: readonly string[] = [
  // Digests, secrets and what the chains are made of.
  ...['audit_detail.salt', 'authenticator.pending_secret', 'consent_link.address_digest', 'consent_link.digest'],
  ...['session.digest'],
  ...['audit_entry.detail_digest', 'audit_entry.digest', 'audit_entry.previous', 'audit_entry.subject_id'],
  // Words of the program's own, which a constraint lists or the code does.
  ...['audit_entry.action', 'audit_entry.actor_kind', 'audit_entry.subject_kind', 'ceremony.purpose', 'consent.answer'],
  ...['consent.answered_as', 'consent.purpose', 'consent.records', 'consent.withdrawn_as', 'disclosure.basis'],
  ...['disclosure.records', 'invitation.language', 'invitation.role', 'mail_outbox.language', 'mail_outbox.last_error'],
  ...['mail_outbox.template', 'membership.role', 'person.declined_mails', 'person.language', 'session.method'],
  ...['student_population.population'],
  // What a mail says names neither student nor guardian; it goes with its row.
  'mail_outbox.detail',
  // An employer's word about a supervisor, who has no account (docs/adr/0021).
  ...['supervisor_link.digest', 'supervisor_link.email', 'supervisor_link.name', 'supervisor_link.task_key'],
  'supervisor_link.task_kind',
];

const traces = (canary: string) => tracesOf(database.source, canary, folder);
const inFiles = (found: readonly string[]) => found.filter((place) => place.startsWith('mail/'));

/** Every row that alignment publishes from, as text. */
async function published(): Promise<string[]> {
  const tables = [
    'alignment_run',
    'alignment_component',
    'alignment_cohort',
    'alignment_partnership',
    'alignment_county',
  ];
  const rows = await Promise.all(
    [...tables, 'alignment_total'].map((table) =>
      database.source.query<{ row: string }[]>(`SELECT t::text AS row FROM ${table} t ORDER BY 1`),
    ),
  );
  expect(rows.every((list) => list.length > 0)).toBe(true);
  return rows.flatMap((list) => list.map(({ row }) => row));
}

describe("erasing a student's record", () => {
  test('forgets the mails to an address that the record had before, and their links', async () => {
    const canary = `canary${randomUUID().replaceAll('-', '')}`;
    const cells = { birth_date: '2006-01-01', email: `mistyped-${canary}@sample.example` };
    const { studentId } = await students.enroll(administrator, school, ++number, cells);
    await consents.asked(administrator, studentId, { recipientId: employer });
    await until(async () => (await waiting(canary)) === 0);
    await students.enroll(administrator, school, number, { ...cells, email: 'corrected@sample.example' });
    expect(await traces(canary)).toEqual(
      expect.arrayContaining(['public.mail_outbox', expect.stringMatching(/^mail\//)]),
    );
    await erase(administrator, studentId).expect(200);
    expect(await traces(canary)).toEqual([]);
  });

  test('leaves no trace of the student, nor of those whom the record named, and every published figure', async () => {
    const { canary, student, accounts } = await plant();
    const neighbor = await plant();
    const before = await published();
    await until(async () => (await waiting('canary')) === 0);
    const found = await traces(canary);
    expect(found).toEqual(expect.arrayContaining(PLANTED));
    expect(inFiles(found).length).toBeGreaterThan(3);
    const beside = await traces(neighbor.canary);

    const answer = await erase(administrator, student.studentId).expect(200);
    expect(answer.body).toEqual({ erased: true });
    const [left, after] = [await traces(canary), await published()];
    measured.files = inFiles(found).length;
    measured.tables = found.length - measured.files;
    measured.left = left.length;
    measured.changedFigures =
      before.filter((row, place) => row !== after[place]).length + Math.abs(after.length - before.length);
    expect(left).toEqual([]);
    expect(after).toEqual(before);
    const record = await database.asOwner.read(verifyRecord);
    expect(record).toMatchObject({ break: null });
    expect(record.detailsErased).toBeGreaterThan(3);
    expect(await traces(neighbor.canary)).toEqual(beside);
    // A letter to somebody of the school may still lead to where the record was.
    expect(await tracesOf(database.source, student.studentId)).toEqual(['public.audit_entry', 'public.tombstone']);
    for (const { guardianId } of student.guardians) {
      expect(await tracesOf(database.source, guardianId)).toEqual(['public.audit_entry']);
    }
    await students.get(administrator, student.studentId).expect(404);
    for (const { cookie } of accounts)
      await request(app.getHttpServer()).get('/api/profile').set('Cookie', cookie).expect(401);
  });

  test('is tried on every text that is kept of a student or a person: a new column is planted, or said to hold no words of theirs', async () => {
    const { canary, student } = await plant();
    const columns: { name: string; table: string; column: string }[] = await database.source.query(
      `SELECT c.table_name || '.' || c.column_name AS name, c.table_name AS table, c.column_name AS column
       FROM information_schema.columns c
       WHERE c.table_schema = 'public' AND c.data_type IN ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY')
         AND (c.table_name = 'audit_detail' OR EXISTS (SELECT FROM information_schema.columns k
           WHERE k.table_schema = 'public' AND k.table_name = c.table_name
             AND k.column_name IN ('student_id', 'guardian_id', 'person_id', 'subject_id', 'recipient', 'email')))
       ORDER BY 1`,
    );
    const unplanted: string[] = [];
    for (const { name, table, column } of columns) {
      const rows: unknown[] = await database.source.query(
        `SELECT FROM ${table} WHERE ${column}::text ILIKE ANY ($1::text[]) LIMIT 1`,
        [[`%${canary}%`, `%${Buffer.from(canary).toString('hex')}%`]],
      );
      if (rows.length === 0) unplanted.push(name);
    }
    expect(unplanted).toEqual([...NO_WORDS].sort());
    await erase(administrator, student.studentId).expect(200);
  });

  test('keeps that it was erased, by ids alone', async () => {
    const student = await students.enroll(administrator, school, 904);
    await erase(administrator, student.studentId).expect(200);
    const stones: object[] = await database.source.query(
      `SELECT kind, id, organization_id, reason FROM tombstone WHERE erased_at > now() - interval '1 minute' AND id = $1`,
      [student.studentId],
    );
    expect(stones).toEqual([{ kind: 'student', id: student.studentId, organization_id: school, reason: 'request' }]);
  });

  test('leaves the account of whoever has another role, and the mails to their address', async () => {
    const canary = `canary${randomUUID().replaceAll('-', '')}`;
    const guardian_contacts = `Sample Parent <parent-${canary}@sample.example>`;
    const [older, younger] = [
      await students.enroll(administrator, school, 901, { guardian_contacts }),
      await students.enroll(administrator, school, 902, { guardian_contacts }),
    ];
    for (const { studentId, guardians } of [older, younger]) {
      await students.invite(administrator, studentId, guardians[0]?.guardianId).expect(200);
      await accept(`parent-${canary}@sample.example`);
    }
    await erase(administrator, older.studentId).expect(200);
    const found = await traces(canary);
    expect(found).toEqual(expect.arrayContaining(['public.guardian', 'public.person', 'public.mail_outbox']));
    expect(await students.seen(administrator, younger.studentId)).toMatchObject({ guardians: [{ account: 'linked' }] });
    await erase(administrator, younger.studentId).expect(200);
    expect(await traces(canary)).toEqual([]);
  });

  test('is for administrators of the school and of what stands above it', async () => {
    const student = await students.enroll(administrator, school, 905);
    await erase(await a('administrator', await anOrganization(database.source)), student.studentId).expect(404);
    const refused = await erase(await a('coordinator'), student.studentId).expect(403);
    expect(refused.body).toMatchObject({ code: 'not-allowed' });
    await erase({ cookie: '' }, student.studentId).expect(401);
    await students.get(administrator, student.studentId).expect(200);
  });

  test('happens once, and a school that lists the student again begins a new record', async () => {
    const student = await students.enroll(administrator, school, 903);
    await erase(administrator, student.studentId).expect(200);
    await erase(administrator, student.studentId).expect(404);
    const again = await students.enroll(administrator, school, 903);
    expect(again.studentId).not.toBe(student.studentId);
    expect(again.account).toBe('none');
  });

  /** The control: each table is forgotten once, in a transaction that is taken back, and its traces are found. */
  test('that forgets a table is found out, whichever it is', async () => {
    const { canary, student } = await plant();
    const found: Record<string, string[]> = {};
    for (const place of PLANTED) {
      const forgetting = database.asOwner.run(async (em) => {
        await em.query(`
          CREATE FUNCTION forget_to_erase() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
          CREATE TRIGGER forgotten BEFORE DELETE OR UPDATE ON ${place} FOR EACH ROW EXECUTE FUNCTION forget_to_erase();
        `);
        const erasure = { reason: 'request', by: 'operator', at: new Date(), dataDir: folder } as const;
        await eraseStudent(em, student.studentId, erasure);
        found[place] = await tracesOf(em, canary);
        throw new Error('taken back');
      });
      await expect(forgetting).rejects.toThrow(/taken back|violates|is not erased/);
    }
    measured.forgotten = PLANTED.length;
    measured.foundOut = PLANTED.filter((place) => found[place]?.includes(place) ?? true).length;
    // Rows that others refer to, or whose detail is still to be kept, keep the whole erasure from being saved: that, too, is found out.
    for (const [place, traces] of Object.entries(found)) expect(traces).toContain(place);
    expect(Object.keys(found).length).toBeGreaterThan(10);
    expect(await tracesOf(database.source, canary)).toEqual(expect.arrayContaining(PLANTED));
    await erase(administrator, student.studentId).expect(200);
    expect(await tracesOf(database.source, canary)).toEqual([]);
  });
});

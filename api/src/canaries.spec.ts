import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { studentsText } from '@throughway/formats/students.builder';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { createApp } from './bootstrap.js';
import { type Canaries, canariesIn, hearLogs, hearMails, type Nest, plantCanaries } from './canaries.builder.js';
import { WeeklyDigest } from './digest/weekly-digest.jobs.js';
import { EXPECTATIONS, type Fill, type Question } from './matrix-expectations.builder.js';
import { type Cell, Matrix, type Operation } from './matrix.builder.js';
import { type Asker, aWorld, IMPORT_TOKEN, type World } from './matrix-world.builder.js';
import { AUTHORIZATION, type Grant } from './platform/auth/authorization.js';
import { testDatabase, type TestDatabase } from './platform/database/test-database.js';
import { Outbox } from './platform/mail/outbox.js';
import { mountedEndpoints } from './platform/http/openapi.js';
import { reportTrust } from './trust-report.builder.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-canaries-'));
const AT_ONCE = 6;
let database: TestDatabase;
let app: NestExpressApplication;
let world: World;
let matrix: Matrix;
let canaries: Canaries;
/** Whom the world's sign-in link was mailed to. */
let linkReceiver: string;
let logs: string[];
let mails: string[];
/** For the row of `npm run trust`; what was not measured is no number. */
const measured = { canaries: 0, fields: 0, requests: 0, met: 0, logLines: 0, mails: 0, leaks: NaN };
const noticed: Record<string, number> = { 'a row in the log': 0, 'a role too many': 0, 'a mail that says too much': 0 };

beforeAll(async () => {
  database = await testDatabase({
    NODE_ENV: 'development',
    DATA_DIR: folder,
    DATABASE_POOL_SIZE: '8',
    IMPORT_TOKEN,
  });
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
  // No connection is closed just as the next request goes out on it, however slow the machine.
  app.getHttpServer().keepAliveTimeout = 300_000;
  world = await aWorld(app, database);
  await giveConsent();
  canaries = await plantCanaries(database.source, world);
  // The addresses are canaries now: the links were mailed to them.
  await database.source.query(
    'UPDATE consent_link l SET address_digest = address_digest(g.email) FROM guardian g WHERE g.guardian_id = l.guardian_id',
  );
  const links = await database.source.query<{ id: string }[]>('SELECT person_id AS id FROM sign_in_link');
  linkReceiver = links[0]?.id ?? '';
  matrix = new Matrix(app, world);
  logs = hearLogs();
  mails = hearMails(app);
}, 120_000);
afterAll(async () => {
  matrix?.close();
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
  const { leaks, ...of } = measured;
  reportTrust({
    id: 'S3',
    promise: 'student data stays where it belongs',
    figure:
      `${leaks} outside the list: ${of.canaries} canaries in ${of.fields} fields, met ${of.met} times in ${of.requests} requests ` +
      `as ${ROLES.length} roles; ${of.logLines} log lines, ${of.mails} mails`,
    goal: '0 outside the allowed (role, field) pairs',
    holds: leaks === 0 && of.met > 0,
    control: {
      what: Object.entries(noticed)
        .map(([what, times]) => `${what}: ${times}`)
        .join(', '),
      failed: Object.values(noticed).every((times) => times > 0),
    },
  });
});

/** Where a canary came out: of which field of whose row, to whom, by which operation. */
interface Sighting extends Nest {
  asker: Asker;
  operation: string;
}

/** One of each role and of each way to come without one. */
const ROLES: readonly Asker[] = [
  ...(['stranger', 'no-role', 'unenrolled', 'supervisor', 'api-client', 'operator'] as const),
  ...(['student-minor', 'student-adult', 'guardian', 'guardian-of-adult'] as const),
  ...(['educator', 'coordinator', 'leader', 'administrator', 'region-leader', 'region-administrator'] as const),
  ...(['employer-member', 'employer-admin'] as const),
];

/** Who may meet what, where: the whole list. Whatever else comes out of the server is a leak. */
interface Allowed {
  askers: readonly Asker[];
  operations: RegExp;
  fields: RegExp;
  /** Whose row it may be; anybody's unless told otherwise. */
  of?: (row: string, asker: Asker) => boolean;
}

const STAFF_OF_SCHOOL: readonly Asker[] = ['educator', 'coordinator', 'leader', 'administrator'];
const KEEPERS: readonly Asker[] = ['coordinator', 'administrator', 'region-administrator'];
const REGION: readonly Asker[] = ['region-leader', 'region-administrator'];
const CONSENTS = /^GET \/api\/(students\/\{studentId\}\/consents|my-consents)$|^(POST|DELETE) \/api\/consents\//;
const isOwn = (row: string, asker: Asker): boolean => row === world.people[asker].personId;
const inReach = (row: string, asker: Asker): boolean =>
  ['minor', 'adult', ...(REGION.includes(asker) ? ['next', 'college'] : [])].includes(row);
const isTheirs = (row: string, asker: Asker): boolean => row === (asker === 'student-adult' ? 'adult' : 'minor');

const ALLOWED: readonly Allowed[] = [
  // The school keeps the record, and what stands above it.
  {
    askers: KEEPERS,
    operations:
      /^(GET|POST|DELETE) \/api\/students\/\{studentId\}(\/(guardians\/\{guardianId\}\/)?(invitation|account))?$/,
    fields: /^(student|(second-)?guardian|student_population)\./,
    of: inReach,
  },
  {
    askers: KEEPERS,
    operations: /^GET \/api\/students$/,
    fields: /^student\.(given_name|family_name|school_student_id|grade|cohort_id)$/,
    of: inReach,
  },
  {
    askers: KEEPERS,
    operations: /^(GET|POST) \/api\/students\/\{studentId\}\/consents$|^DELETE \/api\/consents\/\{consentId\}$/,
    fields: /^(student\.(given_name|family_name)|(second-)?guardian\.name)$/,
    of: inReach,
  },
  // The student, and until 18 the guardian, who learns nothing of another guardian.
  {
    askers: ['student-minor', 'student-adult'],
    operations: /^GET \/api\/(students\/\{studentId\}|my-students)$/,
    fields: /^(student|(second-)?guardian|student_population)\./,
    of: isTheirs,
  },
  {
    askers: ['guardian'],
    operations: /^GET \/api\/(students\/\{studentId\}|my-students)$/,
    fields: /^(student|guardian|student_population)\./,
    of: isTheirs,
  },
  // What was asked about them and who signed it; a guardian is not told of another one's signature.
  {
    askers: ['student-minor', 'student-adult'],
    operations: CONSENTS,
    fields: /^(student\.(given_name|family_name)|(second-)?guardian\.name)$/,
    of: isTheirs,
  },
  {
    askers: ['guardian'],
    operations: CONSENTS,
    fields: /^student\.(given_name|family_name)$/,
    of: isTheirs,
  },
  // Whoever gave a consent takes it back, though the rights have moved meanwhile, and is shown what it was.
  {
    askers: ['guardian-of-adult'],
    operations: /^DELETE \/api\/consents\//,
    fields: /^student\.(given_name|family_name)$/,
    of: (row) => row === 'adult',
  },
  // Whoever holds the link that was mailed to a guardian is asked about that one student by name.
  {
    askers: ROLES,
    operations: /^POST \/api\/consent-by-link(\/(answer|withdrawal))?$/,
    fields: /^student\.(given_name|family_name)$/,
    of: (row) => row === 'minor',
  },
  // The employer, what a consent names: here the name and the grade of one student.
  {
    askers: ['employer-member', 'employer-admin'],
    operations: /^GET \/api\/shared-students/,
    fields: /^student\.(given_name|family_name|grade)$/,
    of: (row) => row === 'minor',
  },
  // One's own address; whoever holds the mailed link signs in as its receiver.
  {
    askers: ROLES,
    operations: /^[A-Z]+ \/api\/(profile|session)/,
    fields: /^person\.email$/,
    of: isOwn,
  },
  {
    askers: ROLES,
    operations: /^POST \/api\/session\/link\/open$/,
    fields: /^person\.email$/,
    of: (row) => row === linkReceiver,
  },
  // Colleagues: those who work in an organization see each other's.
  {
    askers: [...STAFF_OF_SCHOOL, ...REGION, 'employer-member', 'employer-admin'],
    operations: /^[A-Z]+ \/api\/organizations\/\{organizationId\}/,
    fields: /^person\.email$/,
  },
];

const isAllowed = (sighting: Sighting): boolean => ALLOWED.some((one) => isAllowedBy(one, sighting));

const leaksOf = (found: readonly Sighting[]): string[] => [
  ...new Set(
    found
      .filter((sighting) => !isAllowed(sighting))
      .map(({ operation, asker, field, row }) => `${operation} as ${asker}: ${field} of ${row}`),
  ),
];
const heardIn = (lines: readonly string[]): string[] =>
  lines.filter((line) => canariesIn(line, canaries).length > 0).map((line) => line.slice(0, 300));

describe('What is known of students and people', () => {
  test('comes out to those alone whom the list names, by every operation, and stands in no log and no mail', async () => {
    const found = await walk();
    await tellWeekly();
    const leaks = [...leaksOf(found), ...heardIn(logs), ...heardIn(mails)];
    Object.assign(measured, { requests: matrix.asked, met: found.length, logLines: logs.length, mails: mails.length });
    Object.assign(measured, { canaries: canaries.size, leaks: leaks.length });
    measured.fields = new Set([...canaries.values()].map(({ field }) => field.replace('second-', ''))).size;
    expect(leaksOf(found)).toEqual([]);
    expect(logs.length).toBeGreaterThan(1000);
    expect(heardIn(logs)).toEqual([]);
    expect(mails.length).toBeGreaterThan(10);
    expect(mails.filter((mail) => mail.startsWith('weekly-digest')).length).toBeGreaterThan(10);
    expect(heardIn(mails)).toEqual([]);
    // Every line of the list is needed.
    const needed = ALLOWED.map((one) => found.some((sighting) => isAllowedBy(one, sighting)));
    expect(needed).toEqual(ALLOWED.map(() => true));
    // What nobody ever meets.
    expect(found.filter(({ field }) => field === 'employer.contact_email')).toEqual([]);
  }, 300_000);

  test('that stands in a refused file is repeated neither to who sent it nor in the log', async () => {
    const tokens = [...canaries.keys()].filter((token) => token.startsWith('canary')).slice(0, 8);
    const [id = '', given = '', family = '', email = '', grade = '', cohort = '', guardian = '', source = ''] = tokens;
    const cells = {
      student_id: id,
      given_name: given,
      family_name: family,
      birth_date: '2020-04-01',
      email: `not an address ${email}`,
      grade: `${grade} ${'x'.repeat(300)}`,
      cohort_id: cohort,
      guardian_contacts: `${guardian} without an address`,
      special_populations: `${source}:not-a-day:${source}`,
    };
    const from = logs.length;
    const answer = await request(app.getHttpServer())
      .post('/api/students')
      .query({ organizationId: world.places['school']?.organizationId })
      .set(world.people.coordinator.headers)
      .attach('files', Buffer.from(studentsText([cells])), `${given}.csv`)
      .expect(200);
    expect(answer.body).toMatchObject({ state: 'refused' });
    expect(heardIn([JSON.stringify(answer.body), ...logs.slice(from)])).toEqual([]);
  });

  test('is whatever text these tables hold: a new column is looked for, too, until it is said to be open', async () => {
    await database.source.query(`ALTER TABLE student ADD COLUMN nickname text NOT NULL DEFAULT ''`);
    const planted = await plantCanaries(database.source, world);
    expect([...planted.values()].map(({ field }) => field)).toContain('student.nickname');
    canaries = planted;
  });
});

describe('The controls: what breaks the promise is found', () => {
  test('a row in the log', async () => {
    const [row] = await database.source.query<object[]>('SELECT * FROM student LIMIT 1');
    new Logger('Control').warn(row);
    noticed['a row in the log'] = heardIn(logs).length;
    expect(heardIn(logs)).toHaveLength(1);
  });

  test('a role too many in the authorization table', async () => {
    // In both lines: the one alone is stopped by the second wall, which is derived from the other.
    const lines = [AUTHORIZATION.student.search, AUTHORIZATION.student.read] as unknown as Grant[][];
    for (const line of lines) line.push({ relation: 'within', roles: ['educator'], parts: ['record'] });
    try {
      const leaks = leaksOf(await walk('GET /api/students'));
      noticed['a role too many'] = leaks.length;
      expect(leaks).toContain('GET /api/students as educator: student.given_name of minor');
    } finally {
      for (const line of lines) line.pop();
    }
    expect(leaksOf(await walk('GET /api/students'))).toEqual([]);
  });

  test('a mail that says too much', async () => {
    const student = await database.source.query<{ name: string }[]>('SELECT given_name AS name FROM student LIMIT 1');
    await database.asOwner.run(async (em) => {
      const detail = { name: student[0]?.name ?? '', url: 'http://localhost' };
      await app
        .get(Outbox)
        .send(em, { recipient: 'control@example.test', language: 'en', template: 'sign-in-link', detail });
    });
    noticed['a mail that says too much'] = heardIn(mails).length;
    expect(heardIn(mails)).toHaveLength(2);
  });
});

function isAllowedBy({ askers, operations, fields, of }: Allowed, { asker, operation, field, row }: Sighting): boolean {
  return askers.includes(asker) && operations.test(operation) && fields.test(field) && (of?.(row, asker) ?? true);
}

/** The guardian has said that the employer may see the name and the grade of the student under 18. */
async function giveConsent(): Promise<void> {
  const { studentId, guardianId, organizationId } = world.students.minor;
  await database.source.query(
    `INSERT INTO consent (organization_id, student_id, recipient_id, records, purpose, until_on, asked_by_id, asked_at,
       answer, answered_at, answered_as, answered_by_guardian_id)
     VALUES ($1, $2, $3, '{name,grade}', 'placement', '2026-12-31', $4, now(), 'given', now(), 'guardian', $5)`,
    [
      organizationId,
      studentId,
      world.places['employer']?.organizationId,
      world.people.coordinator.personId,
      guardianId,
    ],
  );
}

/** Something waits for everybody whom it may wait for, and each of them is told. */
async function tellWeekly(): Promise<void> {
  const { source } = database;
  await source.query(
    `INSERT INTO consent (organization_id, student_id, recipient_id, records, purpose, until_on, asked_by_id, asked_at)
     SELECT organization_id, student_id, $1, '{name,contact}', 'school-visit', '2026-12-31', $2, now() FROM student`,
    [world.places['employer']?.organizationId, world.people.coordinator.personId],
  );
  await source.query(`UPDATE student SET listed_on = '2021-07-04'`);
  await app.get(WeeklyDigest).start();
  await app.get(WeeklyDigest).tick();
  for (let open = true; open; await delay(20)) {
    const jobs: unknown[] = await source.query(
      `SELECT FROM pgboss.job WHERE name IN ('weekly-round', 'weekly-digest') AND state <= 'active'`,
    );
    open = jobs.length > 0;
  }
}

/** What an operation is asked about where nobody has said it: every id of the world that its path could mean. */
function anything({ path }: Operation): Question['about'] {
  const ids: Record<string, (world: World) => string[]> = {
    studentId: ({ students }) => Object.values(students).map(({ studentId }) => studentId),
    guardianId: ({ students }) => Object.values(students).map(({ guardianId }) => guardianId),
    organizationId: ({ places }) => Object.values(places).map(({ organizationId }) => organizationId),
  };
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const count = Math.max(1, ...names.map((name) => ids[name]?.(world).length ?? 1));
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const params = Object.fromEntries(
        names.map((name) => [name, ids[name]?.(world)[at] ?? '00000000-0000-4000-8000-000000000000']),
      );
      return [`object ${at}`, (): Fill => ({ params })];
    }),
  );
}

const OBJECTS = 4;

/** What most may do this to, since that is where there is something to be seen; and one thing that nobody may. */
function some({ about, may }: Question): string[] {
  const count = (object: string): number => may[object]?.length ?? 0;
  const objects = Object.keys(about).sort((a, b) => count(b) - count(a));
  return objects.length <= OBJECTS ? objects : [...objects.slice(0, OBJECTS - 1), ...objects.slice(-1)];
}

/** Every operation of the document that the server gives of itself, asked about everything as everyone. */
async function cells(only?: string): Promise<Cell[]> {
  const document = await request(app.getHttpServer()).get('/api/docs.json').expect(200);
  const { paths } = document.body as { paths: Record<string, Record<string, unknown>> };
  const lines = new Map(
    mountedEndpoints(app).map(({ endpoint, line }) => [
      `${endpoint.method} ${endpoint.path.replace(/:(\w+)/g, '{$1}')}`,
      { endpoint, line },
    ]),
  );
  return Object.entries(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((key) => ({ method: key.toUpperCase(), path })))
    .flatMap(({ method, path }): Cell[] => {
      const name = `${method} ${path}`;
      const known = lines.get(name);
      if (!known || (only !== undefined && only !== name)) return [];
      const operation = { name, method, path, line: known.line, status: 200, response: known.endpoint.response };
      const questions: readonly Question[] = EXPECTATIONS[name] ?? [{ about: anything(operation), may: {} }];
      return questions.flatMap((question) =>
        some(question).flatMap((object) => ROLES.map((asker) => ({ operation, question, object, asker }))),
      );
    });
}

async function walk(only?: string): Promise<Sighting[]> {
  await database.source.query('DELETE FROM rate_limit');
  const queue = await cells(only);
  const found: Sighting[] = [];
  const work = async (): Promise<void> => {
    for (let cell = queue.shift(); cell; cell = queue.shift()) {
      const { asker, operation } = cell;
      const text = JSON.stringify(await matrix.ask(cell));
      for (const nest of canariesIn(text, canaries)) found.push({ ...nest, asker, operation: operation.name });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { StudentImportReport } from '@throughway/contracts/students';
import { aStudent, type StudentCells, studentsText } from '@throughway/formats/students.builder';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { STUDENTS_MAX_BYTES } from './receive-students.js';
import { StudentsOverHttp } from './students.builder.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-students-'));
let database: TestDatabase;
let app: NestExpressApplication;
let students: StudentsOverHttp;
let school: string;
let coordinator: SignedIn;

beforeAll(async () => {
  database = await testDatabase({ DATA_DIR: folder });
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
  students = new StudentsOverHttp(app.getHttpServer());
  school = await anOrganization(database.source, { name: 'Sample School' });
  coordinator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'coordinator' }] });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A school with a coordinator of its own, for a test that counts. */
async function aSchool(kind: 'school' | 'college' = 'school'): Promise<{ school: string; coordinator: SignedIn }> {
  const organizationId = await anOrganization(database.source, { kind });
  const person = await aPerson(database.source, { roles: [{ organizationId, role: 'coordinator' }] });
  return { school: organizationId, coordinator: person };
}

const counts = ({ state, rowsRead, added, changed, unchanged, errorCount }: StudentImportReport) => ({
  state,
  rowsRead,
  added,
  changed,
  unchanged,
  errorCount,
});

/** Every row of this room, as text. */
async function stored(): Promise<string> {
  const rows = await Promise.all(
    ['student', 'guardian', 'student_population'].map((table) =>
      database.source.query<unknown[]>(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY 1`),
    ),
  );
  return JSON.stringify(rows);
}

/** Where a text occurs in the whole database, and in files that the server keeps. */
async function tracesOf(text: string): Promise<string[]> {
  const tables: { name: string }[] = await database.source.query(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows: unknown[] = await database.source.query(`SELECT 1 FROM ${name} t WHERE t::text LIKE $1 LIMIT 1`, [
      `%${text}%`,
    ]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

describe('an import of students', () => {
  const rows = [
    aStudent(1, { special_populations: 'rural:2024-08-01:RUCC 2023' }),
    aStudent(2, { guardian_contacts: '' }),
    aStudent(3),
  ];

  test('adds them; the same file again changes nothing and says so', async () => {
    const first = await students.import(coordinator, school, rows);
    expect(counts(first)).toEqual({ state: 'done', rowsRead: 3, added: 3, changed: 0, unchanged: 0, errorCount: 0 });
    const before = await stored();
    const again = await students.import(coordinator, school, rows);
    expect(counts(again)).toMatchObject({ state: 'done', added: 0, changed: 0, unchanged: 3 });
    expect(await stored()).toBe(before);
  });

  test.each<[string, StudentCells]>([
    ['a cell', { grade: '12' }],
    ['a guardian', { grade: '12', guardian_contacts: 'Sample Guardian 9 <guardian9@sample.example>' }],
    ["a guardian's name", { grade: '12', guardian_contacts: 'Sample Guardian Nine <guardian9@sample.example>' }],
    ['no guardian at all', { grade: '12', guardian_contacts: '' }],
    ['a population', { grade: '12', guardian_contacts: '', special_populations: 'homeless:2026-01-10:McKinney-Vento' }],
    [
      "a population's source",
      { grade: '12', guardian_contacts: '', special_populations: 'homeless:2026-01-10:liaison' },
    ],
  ])('counts a student as changed by %s, once, and leaves those it does not mention', async (_, cells) => {
    const report = await students.import(coordinator, school, [
      aStudent(3, cells),
      aStudent(2, { guardian_contacts: '' }),
    ]);
    expect(counts(report)).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
    expect((await students.list(coordinator)).total).toBe(3);
  });

  test('ends today what is no longer listed, and opens anew what is listed again', async () => {
    const place = await aSchool();
    const both = 'rural:2024-08-01:RUCC;english-learner:2023-09-01:WIDA';
    const student = await students.enroll(place.coordinator, place.school, 1, { special_populations: both });
    expect(student.populations).toHaveLength(2);

    const rural = await students.enroll(place.coordinator, place.school, 1, {
      special_populations: 'rural:2024-08-01:RUCC',
    });
    expect(rural.populations).toEqual([{ population: 'rural', since: '2024-08-01', source: 'RUCC' }]);
    const ended = await database.source.query<unknown[]>(
      'SELECT population, until_on::text FROM student_population WHERE student_id = $1 AND until_on IS NOT NULL',
      [student.studentId],
    );
    expect(ended).toEqual([{ population: 'english-learner', until_on: '2026-06-30' }]);

    const again = await students.enroll(place.coordinator, place.school, 1, { special_populations: both });
    expect(again.populations).toHaveLength(2);
  });

  test('without a column says nothing about it', async () => {
    const place = await aSchool();
    const student = await students.enroll(place.coordinator, place.school, 1, {
      special_populations: 'rural:2024-01-01:x',
    });
    const few = ['student_id', 'given_name', 'family_name', 'birth_date'];
    const report = await students.import(place.coordinator, place.school, studentsText([aStudent(1)], few));
    expect(counts(report)).toMatchObject({ state: 'done', changed: 0, unchanged: 1 });
    expect(report.notices).toContain('students.csv: found no column guardian_contacts; what is recorded there stays');
    expect(await students.seen(place.coordinator, student.studentId)).toEqual(student);
  });

  test('keeps the ids of one school apart from those of another', async () => {
    const [here, there] = [await aSchool(), await aSchool()];
    await students.enroll(here.coordinator, here.school, 1, { given_name: 'Here' });
    await students.enroll(there.coordinator, there.school, 1, { given_name: 'There' });
    expect((await students.list(here.coordinator)).students.map(({ name }) => name)).toEqual(['Here Student 001']);
  });

  test('takes CRLF, a byte order mark and quoted commas', async () => {
    const place = await aSchool();
    const text = studentsText([aStudent(1, { family_name: 'Student, the first' })]);
    const report = await students.import(place.coordinator, place.school, `\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(counts(report)).toMatchObject({ state: 'done', added: 1 });
  });

  test('tells how many share an address with a guardian', async () => {
    const place = await aSchool();
    const guardian_contacts = 'Sample Guardian <Student001@sample.example>';
    const report = await students.import(place.coordinator, place.school, [aStudent(1, { guardian_contacts })]);
    expect(report.notices).toEqual([
      '1 student shares a mail address with a guardian; neither can be invited while the record says so',
    ]);
  });
});

describe('whole or not at all', () => {
  const young = aStudent(7, { given_name: 'Canary', family_name: 'Young', birth_date: '2013-07-01' });

  test('one student under 13 refuses the file, and nothing of it is stored anywhere', async () => {
    const place = await aSchool();
    const before = await stored();
    const report = await students.import(place.coordinator, place.school, [
      aStudent(1, { given_name: 'Canary' }),
      young,
    ]);
    expect(counts(report)).toEqual({
      state: 'refused',
      rowsRead: 2,
      added: 0,
      changed: 0,
      unchanged: 0,
      errorCount: 1,
    });
    expect(report.errors).toEqual([
      {
        file: 'students.csv',
        line: 3,
        column: 'birth_date',
        found: 'a day less than 13 years ago',
        expected: '13 years or older on 2026-06-30',
      },
    ]);
    expect(await stored()).toBe(before);
    expect(await tracesOf('Canary')).toEqual([]);
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name) !== 'secret.key')).toEqual([]);
  });

  test('when asked to, only the row is left out, and of it nothing is stored', async () => {
    const place = await aSchool();
    const report = await students.import(place.coordinator, place.school, [aStudent(1), young], { partial: 'yes' });
    expect(counts(report)).toMatchObject({ state: 'done', added: 1, errorCount: 1 });
    expect(report.notices).toContain('Rows with an error were left out.');
    expect(await tracesOf('Canary')).toEqual([]);
  });

  test('on the 13th birthday they are taken', async () => {
    const place = await aSchool();
    const report = await students.import(place.coordinator, place.school, [aStudent(1, { birth_date: '2013-06-30' })]);
    expect(counts(report)).toMatchObject({ state: 'done', added: 1 });
  });

  test('every error at once, each with its place, and no name, mail or date repeated', async () => {
    const place = await aSchool();
    const report = await students.import(place.coordinator, place.school, [
      aStudent(1, { email: 'canary@', birth_date: '2010-02-30', guardian_contacts: 'Canary <x>' }),
      aStudent(1, { given_name: '=Canary()', special_populations: 'canary:2024-01-01:x' }),
      aStudent(2, { school: 'Canary School' }),
    ]);
    expect(report.errors.map(({ line, column }) => [line, column])).toEqual([
      [2, 'email'],
      [2, 'birth_date'],
      [2, 'guardian_contacts'],
      [3, 'student_id'],
      [3, 'given_name'],
      [3, 'special_populations'],
      [4, 'school'],
    ]);
    expect(JSON.stringify(report)).not.toMatch(/canary|2010-02-30/i);
    expect(await tracesOf('anary')).toEqual([]);
  });

  test.each<[string, string | Uint8Array]>([
    ['UTF-16', Buffer.from(`\uFEFF${studentsText([aStudent(1)])}`, 'utf16le')],
    ['an empty file', ''],
    ['a header without birth dates', studentsText([aStudent(1)], ['student_id', 'given_name', 'family_name'])],
    ['a zip', Buffer.from('504b0304140000000800', 'hex')],
  ])('%s is refused even where rows may be left out', async (_, content) => {
    const place = await aSchool();
    const report = await students.import(place.coordinator, place.school, content, { partial: 'yes' });
    expect(report).toMatchObject({ state: 'refused', added: 0 });
    expect(report.errorCount).toBeGreaterThan(0);
  });

  test('the first thousand errors are listed, all are counted', async () => {
    const place = await aSchool();
    const rows = Array.from({ length: 1500 }, (_, at) => aStudent(at, { birth_date: 'x' }));
    const report = await students.import(place.coordinator, place.school, rows);
    expect([report.state, report.errorCount, report.errors.length]).toEqual(['refused', 1500, 1000]);
  });

  test('a database that refuses leaves nothing, and what it says of a row reaches neither answer nor log', async () => {
    const place = await aSchool();
    await database.source.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused: %', NEW; END $$;
      CREATE TRIGGER only_for_this_test BEFORE INSERT ON student_population FOR EACH ROW EXECUTE FUNCTION refuse();
    `);
    const logged: unknown[] = [];
    const log = (...given: unknown[]): void => void logged.push(...given);
    app.useLogger({ log, error: log, warn: log });
    try {
      const rows = [aStudent(1), aStudent(2, { special_populations: 'rural:2024-01-01:Canary' })];
      const answer = await students.upload(place.coordinator, place.school, studentsText(rows)).expect(500);
      expect(JSON.stringify(answer.body)).not.toMatch(/Canary|Student/);
    } finally {
      app.useLogger(false);
      await database.source.query('DROP FUNCTION refuse CASCADE');
    }
    expect(JSON.stringify(logged)).toMatch(/were not saved/);
    expect(JSON.stringify(logged)).not.toMatch(/Canary/);
    expect((await students.list(place.coordinator)).total).toBe(0);
  });
});

describe('who may import', () => {
  const text = studentsText([aStudent(1, { given_name: 'Canary' })]);

  test.each([
    ['an educator', 'educator'],
    ['a leader', 'leader'],
  ] as const)('%s of the school cannot: for them there is no such school', async (_, role) => {
    const organizationId = await anOrganization(database.source);
    const person = await aPerson(database.source, { roles: [{ organizationId, role }] });
    const answer = await students.upload(person, organizationId, text).expect(404);
    const nowhere = await students.upload(person, '00000000-0000-4000-8000-000000000000', text).expect(404);
    expect({ ...answer.body, requestId: '' }).toEqual({ ...nowhere.body, requestId: '' });
  });

  test('nor can another school, an employer, a stranger, or staff without their second factor', async () => {
    const place = await aSchool();
    const foreign = await aSchool();
    await students.upload(foreign.coordinator, place.school, text).expect(404);
    const employer = await anOrganization(database.source, { kind: 'employer' });
    const owner = await aPerson(database.source, { roles: [{ organizationId: employer, role: 'employer-admin' }] });
    await students.upload(owner, place.school, text).expect(404);
    await students.upload({ cookie: '' }, place.school, text).expect(401);
    const unproved = await aPerson(database.source, {
      roles: [{ organizationId: place.school, role: 'administrator' }],
      proved: false,
    });
    const answer = await students.upload(unproved, place.school, text).expect(403);
    expect(answer.body).toMatchObject({ code: 'second-factor-needed' });
    expect(await tracesOf('Canary')).toEqual([]);
  });

  test('an administrator of the district may, for a school of it, and not for the district itself', async () => {
    const district = await anOrganization(database.source, { kind: 'district' });
    const below = await anOrganization(database.source, { parentId: district });
    const administrator = await aPerson(database.source, {
      roles: [{ organizationId: district, role: 'administrator' }],
    });
    expect(await students.import(administrator, below, [aStudent(1)])).toMatchObject({ state: 'done', added: 1 });
    const answer = await students.upload(administrator, district, studentsText([aStudent(1)])).expect(409);
    expect(answer.body).toMatchObject({ code: 'no-students-here' });
  });
});

describe('what is no such upload', () => {
  test('no file, two files, and no form are bad input', async () => {
    const post = () =>
      request(app.getHttpServer())
        .post('/api/students')
        .query({ organizationId: school })
        .set('Cookie', coordinator.cookie);
    const none = await post().field('x', '1').expect(400);
    expect(none.body).toMatchObject({ code: 'bad-input', fields: [{ found: 'no file' }] });
    const two = await post().attach('a', Buffer.from('x'), 'a.csv').attach('b', Buffer.from('x'), 'b.csv').expect(400);
    expect(two.body).toMatchObject({ code: 'bad-input', fields: [{ found: 'more than 1 file' }] });
    await post().send({ a: 1 }).expect(400);
  });

  test('more than 20 MB is too large, however it is announced', async () => {
    const big = `${studentsText([aStudent(1)])}${'x'.repeat(STUDENTS_MAX_BYTES)}`;
    const answer = await students.upload(coordinator, school, big).expect(413);
    expect(answer.body).toMatchObject({ code: 'too-large' });
  });

  test('one that breaks off changes nothing, and the server goes on', async () => {
    const before = await stored();
    const { port } = app.getHttpServer().address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    const part = '--b\r\nContent-Disposition: form-data; name="f"; filename="students.csv"\r\n\r\n';
    socket.write(
      `POST /api/students?organizationId=${school} HTTP/1.1\r\nHost: localhost\r\nCookie: ${coordinator.cookie}\r\n` +
        `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n${part}${studentsText([aStudent(99)])}`,
    );
    await new Promise((done) => setTimeout(done, 200));
    socket.destroy();
    expect((await students.list(coordinator)).total).toBeGreaterThan(0);
    expect(await stored()).toBe(before);
  });
});

describe('many students', () => {
  const many = (count: number, cells: (at: number) => StudentCells = () => ({})): string =>
    studentsText(
      Array.from({ length: count }, (_, at) =>
        aStudent(at, { special_populations: at % 3 === 0 ? 'rural:2024-01-01:RUCC' : '', ...cells(at) }),
      ),
    );

  /** Statements that the application sends while `work` runs. */
  async function countStatements(work: () => Promise<unknown>): Promise<number> {
    let count = 0;
    const source = app.get(DataSource);
    const { logger } = source;
    source.logger = Object.assign(Object.create(logger) as typeof logger, { logQuery: () => void count++ });
    try {
      await work();
    } finally {
      source.logger = logger;
    }
    return count;
  }

  test('20,000 of one file are saved in few statements, and a second time in no more', async () => {
    const place = await aSchool();
    const text = many(20_000);
    const small = await aSchool();
    const few = await countStatements(() => students.import(small.coordinator, small.school, many(2)));
    const first = await countStatements(async () => {
      expect(counts(await students.import(place.coordinator, place.school, text))).toMatchObject({ added: 20_000 });
    });
    const second = await countStatements(async () => {
      expect(counts(await students.import(place.coordinator, place.school, text))).toMatchObject({ unchanged: 20_000 });
    });
    expect(few).toBeGreaterThan(5);
    expect(first).toBeLessThan(few + 5 * 6);
    expect(second).toBeLessThanOrEqual(first);
    expect(await students.list(place.coordinator, { size: 1 })).toMatchObject({ total: 20_000 });
  });

  test('two imports at once into one school come one after the other, and no student is there twice', async () => {
    const place = await aSchool();
    const reports = await Promise.all(
      ['11', '12', '11', '12'].map((grade) =>
        students.import(
          place.coordinator,
          place.school,
          many(500, () => ({ grade })),
        ),
      ),
    );
    expect(reports.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 0, 0, 500]);
    expect(reports.every(({ added, changed, unchanged }) => added + changed + unchanged === 500)).toBe(true);
    expect((await students.list(place.coordinator)).total).toBe(500);
  });
});

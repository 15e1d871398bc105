import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { parseDay } from '@throughway/vocabulary/local-date';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { SampleStudents } from './sample-students.js';
import { StudentsOverHttp } from './students.builder.js';

let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

test('a sample school gets sixty invented students of 15 to 19 years once, and a first with a guardian', async () => {
  const school = await anOrganization(database.source);
  const prepare = (today: string) =>
    database.asOwner.run((em) => app.get(SampleStudents).prepare(em, school, parseDay(today) ?? NaN));
  const subjects = await prepare('2026-06-30');
  const coordinator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'coordinator' }] });
  const students = new StudentsOverHttp(app.getHttpServer());
  const listed = await students.list(coordinator, { size: 100 });
  expect(listed.total).toBe(60);
  expect(new Set(listed.students.map(({ age }) => age))).toEqual(new Set([15, 16, 17, 18, 19]));
  expect(listed.students.every(({ name }) => /^Sample Student \d{3}$/.test(name))).toBe(true);
  expect(await students.seen(coordinator, subjects?.studentId ?? '')).toMatchObject({
    age: 15,
    rightsHolder: 'guardian',
    guardians: [{ guardianId: subjects?.guardianId, email: 'guardian001@sample.example' }],
  });
  expect(await prepare('2027-06-30')).toEqual(subjects);
  expect((await students.list(coordinator)).total).toBe(60);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aPassword, SAMPLE_PASSWORD } from './credentials.builder.js';
import { aPerson } from './people.builder.js';

let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

test('300 sign-ins at once are answered, each whole or with a code and when to try again', async () => {
  const person = await aPerson(database.source);
  await aPassword(database.source, person.personId);
  await database.source.query('DELETE FROM session');
  const http = request(await app.getUrl());
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      http
        .post('/api/session/password')
        .send({ email: person.email, password: index % 3 === 0 ? 'a wrong password' : SAMPLE_PASSWORD }),
    ),
  );
  const byStatus = new Map<number, number>();
  for (const answer of answers) {
    byStatus.set(answer.status, (byStatus.get(answer.status) ?? 0) + 1);
    if (answer.status === 429 || answer.status === 503) {
      expect(answer.body).toMatchObject({ code: answer.status === 503 ? 'busy' : 'too-many-attempts' });
      expect(Number(answer.get('Retry-After'))).toBeGreaterThan(0);
    }
  }
  expect([200, 401, 429, 503]).toEqual(expect.arrayContaining([...byStatus.keys()]));
  expect(byStatus.get(503)).toBeGreaterThan(0);
  const opened = byStatus.get(200) ?? 0;
  expect(opened).toBeGreaterThan(0);

  const rows: { count: number }[] = await database.source.query('SELECT count(*)::integer AS count FROM session');
  expect(rows[0]?.count).toBe(opened);
  const cookies = answers.filter(({ status }) => status === 200).map((answer) => answer.get('Set-Cookie')?.[0] ?? '');
  expect(new Set(cookies).size).toBe(opened);
  await http.post('/api/session/link').send({ email: person.email }).expect(202);
});

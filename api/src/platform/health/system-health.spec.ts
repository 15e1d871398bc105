import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { SystemHealth } from '@throughway/contracts/system-health';
import request from 'supertest';
import { createApp } from '../../bootstrap.js';
import { anOrganization, aPerson } from '../../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';

const TOKEN = 'a-monitor-token-of-forty-characters-here';
let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase({ NODE_ENV: 'development', METRICS_TOKEN: TOKEN, SMTP_URL: 'smtp://127.0.0.1:1' });
  app = await createApp(database.config);
  await database.source.query(
    `INSERT INTO mail_outbox (recipient, template, detail, language) VALUES ('sample@example.test', 'invitation', '{}', 'en')`,
  );
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const elsewhere = (path: string): request.Test =>
  request(app.getHttpServer()).get(path).set('X-Forwarded-For', '192.0.2.1');
const cookieOf = async (kind: 'school' | 'region', role: 'administrator' | 'coordinator'): Promise<string> => {
  const organizationId = await anOrganization(database.source, { kind });
  return (await aPerson(database.source, { roles: [{ organizationId, role }] })).cookie;
};

test('whoever runs the server and an administrator of a region see how it is, and nobody else', async () => {
  const cookie = await cookieOf('region', 'administrator');
  const answer = await elsewhere('/api/system-health').set('Cookie', cookie).expect(200);
  const { mail, database: found, disk } = answer.body as SystemHealth;
  expect(mail).toMatchObject({ server: 'silent', counts: { waiting: 1, 'given-up': 0 } });
  expect(Date.parse(mail.waitingSince ?? '')).not.toBeNaN();
  expect(found).toMatchObject({ migrations: 'applied' });
  expect(disk.freeBytes).toBeLessThanOrEqual(disk.totalBytes);
  await request(app.getHttpServer()).get('/api/system-health').expect(200);
  await elsewhere('/api/system-health').expect(401);
  for (const kind of ['school', 'region'] as const) {
    const role = kind === 'school' ? 'administrator' : 'coordinator';
    await elsewhere('/api/system-health')
      .set('Cookie', await cookieOf(kind, role))
      .expect(403);
  }
});

test('metrics are there for a monitor with its token and at the machine, and for others there is no such page', async () => {
  await elsewhere('/metrics').expect(404);
  await elsewhere('/metrics').set('Authorization', 'Bearer another').expect(404);
  await request(app.getHttpServer()).get('/metrics').expect(200);
  const { text } = await elsewhere('/metrics').set('Authorization', `Bearer ${TOKEN}`).expect(200);
  for (const line of [
    'throughway_database_up 1',
    'throughway_mails{state="waiting"} 1',
    'throughway_jobs{state="failed"} 0',
    'throughway_pool_waiting 0',
    'throughway_http_requests_in_flight 1',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
});

test('metrics name operations and never what was asked for', async () => {
  const student = '0199c0de-0000-7000-8000-000000000701';
  await elsewhere(`/api/students/${student}?q=sample@example.test`).expect(401);
  await elsewhere('/nowhere/sample@example.test').expect(404);
  const { text } = await request(app.getHttpServer()).get('/metrics').expect(200);
  expect(text).toContain(
    'throughway_http_request_duration_seconds_count{operation="GET /api/students/:studentId",status="4xx"} 1',
  );
  expect(text).toContain('throughway_http_request_duration_seconds_count{operation="other",status="4xx"} 1');
  expect(text).not.toMatch(/0199c0de|example\.test/);
});

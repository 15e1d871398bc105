import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { JobList, JobRow, MailList } from '@throughway/contracts/jobs';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { createApp } from '../../bootstrap.js';
import { anOrganization, aPerson } from '../../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';
import { type JobData, type JobQueue, Jobs } from './jobs.js';

const WORK: JobQueue = { name: 'sample-work', expireInSeconds: 60, retryLimit: 0 };
const PEOPLE = ['administrator', 'above', 'elsewhere', 'coordinator'] as const;
let database: TestDatabase;
let app: NestExpressApplication;
const cookies = {} as Record<(typeof PEOPLE)[number], string>;
const reasons = new Map<string, string>();

beforeAll(async () => {
  database = await testDatabase({ NODE_ENV: 'development' });
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
  const region = await anOrganization(database.source, { kind: 'region' });
  const school = await anOrganization(database.source, { kind: 'school', parentId: region });
  const homes = {
    administrator: school,
    above: region,
    elsewhere: await anOrganization(database.source, { kind: 'region' }),
    coordinator: school,
  };
  for (const name of PEOPLE) {
    const role = name === 'coordinator' ? 'coordinator' : 'administrator';
    const { cookie } = await aPerson(database.source, { roles: [{ organizationId: homes[name], role }] });
    cookies[name] = cookie;
  }
  const [network] = await rows<{ id: number }>(
    `INSERT INTO network (slug, name, sample, organization_id) VALUES ('main', 'Main', false, $1) RETURNING network_id AS id`,
    region,
  );
  const jobs = app.get(Jobs);
  await jobs.work(WORK, ({ name }) => {
    const reason = reasons.get(String(name));
    return reason === undefined ? Promise.resolve() : Promise.reject(new Error(reason));
  });
  const leave = (data: JobData): Promise<void> => jobs.enqueueDaily(WORK, data, '2026-06-30');
  reasons.set('of the school', 'the sample is broken').set('of nobody', 'the server is broken');
  await leave({ name: 'of the network', networkId: network?.id ?? 0 });
  await leave({ name: 'of the school', organizationId: school });
  await leave({ name: 'of nobody' });
  await settled();
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const rows = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => database.source.query(sql, values);

/** Waits until nothing waits and nothing runs. */
async function settled(): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 50, await delay(50)) {
    const open = await rows(
      `SELECT FROM pgboss.job WHERE name = 'sample-work' AND state IN ('created', 'retry', 'active')`,
    );
    if (open.length === 0) return;
  }
  throw new Error('jobs did not end');
}

type Who = (typeof PEOPLE)[number] | 'operator' | 'stranger';
/** Who sits at the machine comes without a proxy. */
function as(who: Who, test: request.Test): request.Test {
  if (who !== 'operator') test.set('X-Forwarded-For', '192.0.2.1');
  return who === 'operator' || who === 'stranger' ? test : test.set('Cookie', cookies[who]);
}
async function list(who: Who, query: Record<string, string> = {}): Promise<JobList> {
  const answer = await as(who, request(app.getHttpServer()).get('/api/jobs').query(query)).expect(200);
  return answer.body as JobList;
}
const whose = ({ network, organization }: JobRow): string => network?.slug ?? organization?.kind ?? 'nobody';
const retry = (who: Who, jobId: string): request.Test =>
  as(who, request(app.getHttpServer()).post(`/api/jobs/${jobId}/retry`));

test('an administrator sees the jobs of their networks and schools, the operator all, and nobody else any', async () => {
  const seen = async (who: Who) => (await list(who)).jobs.map((job) => `${whose(job)} ${job.state}`).sort();
  expect(await seen('administrator')).toEqual(['school failed']);
  expect(await seen('above')).toEqual(['main done', 'school failed']);
  expect(await seen('elsewhere')).toEqual([]);
  expect(await seen('coordinator')).toEqual([]);
  expect(await seen('operator')).toEqual(['main done', 'nobody failed', 'school failed']);
  await as('stranger', request(app.getHttpServer()).get('/api/jobs')).expect(401);
});

test('a job that failed for good says why, how often it was tried and when; states narrow the list and are counted over all', async () => {
  const { jobs, total, counts } = await list('above', { state: 'failed' });
  expect([total, counts]).toEqual([1, { failed: 1, running: 0, waiting: 0, done: 1 }]);
  expect(jobs).toEqual([
    expect.objectContaining({ queue: 'sample-work', state: 'failed', tries: 1, reason: 'the sample is broken' }),
  ]);
  expect(jobs[0]?.finishedAt).not.toBeNull();
});

test('one tap tries it again; what is not theirs to see is not there to be tried', async () => {
  const failed = (await list('operator', { state: 'failed' })).jobs;
  const ofSchool = failed.find((job) => whose(job) === 'school')?.jobId ?? '';
  const ofNobody = failed.find((job) => whose(job) === 'nobody')?.jobId ?? '';
  await retry('elsewhere', ofSchool).expect(404);
  await retry('coordinator', ofSchool).expect(404);
  await retry('administrator', ofNobody).expect(404);
  await retry('stranger', ofSchool).expect(401);
  reasons.delete('of the school');
  await retry('administrator', ofSchool).expect(200);
  await retry('administrator', ofSchool).expect(404);
  await settled();
  expect((await list('administrator')).jobs.map(({ state, tries }) => [state, tries])).toEqual([['done', 1]]);
  expect((await list('operator', { state: 'failed' })).jobs.map(whose)).toEqual(['nobody']);
});

test('the operator sees whether mails went out, by their server’s name and never by whose they are', async () => {
  await rows(
    `INSERT INTO mail_outbox (recipient, language, template, attempt_count, sent_at, given_up_at, last_error) VALUES
       ('ada@school.example', 'en', 'invitation', 1, now(), NULL, NULL),
       ('bo@firm.example', 'en', 'sign-in-link', 9, NULL, now(), 'ECONNREFUSED')`,
  );
  const mails = async (who: Who, query = {}): Promise<MailList> =>
    (await as(who, request(app.getHttpServer()).get('/api/mails').query(query)).expect(200)).body as MailList;
  const all = await mails('operator');
  expect(all.counts).toEqual({ 'given-up': 1, waiting: 0, sent: 1 });
  expect(JSON.stringify(all)).not.toMatch(/ada|bo@/);
  expect((await mails('operator', { state: 'given-up' })).mails).toEqual([
    expect.objectContaining({ template: 'sign-in-link', domain: 'firm.example', tries: 9, reason: 'ECONNREFUSED' }),
  ]);
  expect((await mails('above')).total).toBe(0);
  await as('stranger', request(app.getHttpServer()).get('/api/mails')).expect(401);
});

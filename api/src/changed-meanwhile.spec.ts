import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { EmployerDuplicate } from '@throughway/contracts/employer-duplicates';
import type { Organization } from '@throughway/contracts/organizations';
import type { Student } from '@throughway/contracts/students';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { createApp } from './bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from './identity/people.builder.js';
import { EXPECTATIONS } from './matrix-expectations.builder.js';
import { type Cell, cellsOf, Matrix, operationsOf } from './matrix.builder.js';
import { ASKERS, aWorld, type World } from './matrix-world.builder.js';
import { testDatabase, type TestDatabase } from './platform/database/test-database.js';
import { mountedEndpoints } from './platform/http/openapi.js';
import { StudentsOverHttp } from './students/students.builder.js';

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

/** What was seen, and its ETag. */
interface Look<T> {
  body: T;
  etag: string;
}

async function look<T>({ cookie }: SignedIn, path: string): Promise<Look<T>> {
  const answer = await request(app.getHttpServer()).get(path).set('Cookie', cookie).expect(200);
  return { body: answer.body as T, etag: String(answer.headers['etag']) };
}

interface Told {
  status: number;
  code: string;
  etag: string;
  body: unknown;
}

async function act(
  { cookie }: SignedIn,
  method: 'post' | 'delete',
  path: string,
  { etag, body }: { etag?: string; body?: object },
): Promise<Told> {
  const answer = await request(app.getHttpServer())
    [method](path)
    .set('Cookie', cookie)
    .set('Idempotency-Key', randomUUID())
    .set(etag === undefined ? {} : { 'If-Match': etag })
    .send(body);
  const { code = '' } = answer.body as { code?: string };
  return { status: answer.status, code, etag: String(answer.headers['etag']), body: answer.body };
}

const CHANGED = { status: 412, code: 'changed-meanwhile' };

describe('Of two who look after one organization', () => {
  const site = { name: 'Sample Plant', countyFips: '21193' };

  async function anEmployer(): Promise<{ path: string; one: SignedIn; other: SignedIn }> {
    const organizationId = await anOrganization(database.source, { kind: 'employer' });
    const roles = [{ organizationId, role: 'employer-admin' as const }];
    const [one, other] = [await aPerson(database.source, { roles }), await aPerson(database.source, { roles })];
    return { path: `/api/organizations/${organizationId}`, one, other };
  }

  test('the second one looks again before they act, and then may', async () => {
    const { path, one, other } = await anEmployer();
    const [mine, theirs] = [await look(one, path), await look(other, path)];
    expect(await act(one, 'post', `${path}/sites`, { etag: mine.etag, body: site })).toMatchObject({ status: 200 });
    expect(await act(other, 'post', `${path}/sites`, { etag: theirs.etag, body: site })).toMatchObject(CHANGED);
    const again = await look<Organization>(other, path);
    expect(again.body.sites).toHaveLength(1);
    const gone = await act(other, 'delete', `${path}/sites/${again.body.sites[0]?.siteId}`, { etag: again.etag });
    expect(gone).toMatchObject({ status: 200, body: { sites: [] } });
  });

  test('one alone acts on what both saw, when both do at once', async () => {
    const { path, one } = await anEmployer();
    const { etag } = await look(one, path);
    const told = await Promise.all(
      Array.from({ length: 6 }, () => act(one, 'post', `${path}/sites`, { etag, body: site })),
    );
    expect(told.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(told.filter(({ code }) => code === 'changed-meanwhile')).toHaveLength(5);
    expect((await look<Organization>(one, path)).body.sites).toHaveLength(1);
  });

  test('each may go on from the answer to what they did', async () => {
    const { path, one } = await anEmployer();
    const first = await act(one, 'post', `${path}/sites`, { etag: (await look(one, path)).etag, body: site });
    expect(first.etag).toBe((await look(one, path)).etag);
    expect(await act(one, 'post', `${path}/sites`, { etag: `"older", W/${first.etag}`, body: site })).toMatchObject({
      status: 200,
    });
  });

  test('who says nothing of what they saw is asked to, and who says no tag is told so', async () => {
    const { path, one } = await anEmployer();
    const told = await act(one, 'post', `${path}/sites`, { body: site });
    expect(told).toMatchObject({ status: 428, code: 'if-match-missing' });
    expect(await act(one, 'post', `${path}/sites`, { etag: 'untagged', body: site })).toMatchObject({
      status: 400,
      code: 'bad-input',
    });
    expect((await look<Organization>(one, path)).body.sites).toEqual([]);
  });
});

test("A student's record that an import changed is looked at again before an account is invited, ended or the record erased", async () => {
  const school = await anOrganization(database.source);
  const keeper = await aPerson(database.source, { roles: [{ organizationId: school, role: 'administrator' }] });
  const students = new StudentsOverHttp(app.getHttpServer());
  const { studentId } = await students.enroll(keeper, school, 1);
  const path = `/api/students/${studentId}`;
  const { etag } = await look<Student>(keeper, path);
  await students.enroll(keeper, school, 1, { grade: '12' });
  expect(await act(keeper, 'post', `${path}/invitation`, { etag, body: {} })).toMatchObject(CHANGED);
  expect(await act(keeper, 'delete', `${path}/account`, { etag })).toMatchObject(CHANGED);
  expect(await act(keeper, 'delete', path, { etag })).toMatchObject(CHANGED);
  const again = await look<Student>(keeper, path);
  expect(again.body.grade).toBe('12');
  expect(await act(keeper, 'delete', path, { etag: again.etag })).toMatchObject({ status: 200 });
});

test('A pair of employers about which somebody has decided is looked at again', async () => {
  const region = await anOrganization(database.source, { kind: 'region' });
  const decider = await aPerson(database.source, { roles: [{ organizationId: region, role: 'administrator' }] });
  const [keepId, otherId] = [
    await anOrganization(database.source, { kind: 'employer' }),
    await anOrganization(database.source, { kind: 'employer' }),
  ];
  await database.source.query(
    `INSERT INTO employer_duplicate (first_id, second_id, reasons) VALUES (least($1::uuid, $2), greatest($1::uuid, $2), '{name}')`,
    [keepId, otherId],
  );
  const list = async (): Promise<EmployerDuplicate | undefined> =>
    (await look<{ duplicates: EmployerDuplicate[] }>(decider, '/api/employer-duplicates')).body.duplicates[0];
  const pair = await list();
  const path = `/api/employer-duplicates/${pair?.duplicateId}`;
  const etag = pair?.version ?? '';
  const apart = await act(decider, 'post', `${path}/distinct`, { etag });
  expect(apart.status).toBe(200);
  expect(await act(decider, 'post', `${path}/merge`, { etag, body: { keepId } })).toMatchObject(CHANGED);
  const decided = await list();
  expect(decided?.version).toBe((apart.body as EmployerDuplicate).version);
  expect(await act(decider, 'post', `${path}/undo`, { etag: decided?.version ?? '' })).toMatchObject({ status: 200 });
});

describe('Every operation that asks what its asker saw', () => {
  let broad: TestDatabase;
  let there: NestExpressApplication;
  let world: World;

  beforeAll(async () => {
    broad = await testDatabase({ NODE_ENV: 'development', DATABASE_POOL_SIZE: '8' });
    there = await createApp(broad.config);
    await there.listen(0, '127.0.0.1');
    world = await aWorld(there, broad);
  });
  afterAll(async () => {
    await there?.close();
    await broad?.drop();
  });

  test('does nothing for who saw something else, and tells only those who may see it', async () => {
    const mounted = new Map(
      mountedEndpoints(there).map(({ endpoint, line }) => [
        `${endpoint.method} ${endpoint.path.replace(/:(\w+)/g, '{$1}')}`,
        { line, status: endpoint.status ?? 200, response: endpoint.response, asks: endpoint.ifMatch },
      ]),
    );
    const document = await request(there.getHttpServer()).get('/api/docs.json').expect(200);
    const operations = operationsOf(document.body as Parameters<typeof operationsOf>[0], (name) => {
      const known = mounted.get(name);
      if (!known) throw new Error(`${name} is in the document and not mounted`);
      return known;
    }).filter(({ name }) => mounted.get(name)?.asks);
    expect(operations.length).toBeGreaterThan(0);
    const stale = { ...world.people };
    for (const asker of ASKERS) {
      stale[asker] = { ...stale[asker], headers: { ...stale[asker].headers, 'if-match': '"seen before"' } };
    }
    const matrix = new Matrix(there, { ...world, people: stale });
    const may = ({ question, object, asker }: Cell): boolean => question.may[object]?.includes(asker) ?? false;
    const cells = cellsOf(operations);
    const found: string[] = [];
    for (const { name } of operations) {
      const asked = cells.filter(({ operation }) => operation.name === name);
      expect(EXPECTATIONS[name]).toBeDefined();
      for (const cell of [asked.find(may), asked.find((each) => !may(each) && each.asker === 'no-role')]) {
        if (!cell) continue;
        const { status, body } = await matrix.ask(cell);
        const told = `${status} ${String(body['code'])}`;
        const isRight = may(cell) ? told === '412 changed-meanwhile' : status === 403 || status === 404;
        if (!isRight) found.push(`${name} about ${cell.object} as ${cell.asker}: ${told}`);
      }
    }
    matrix.close();
    expect(found).toEqual([]);
  }, 120_000);
});

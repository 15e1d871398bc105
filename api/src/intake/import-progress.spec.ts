import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ImportRun } from '@throughway/contracts/imports';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Request } from 'express';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { Following } from '../platform/http/following.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';

let database: TestDatabase;
let app: NestExpressApplication;
let region: string;
let networkId: number;
let coordinator: SignedIn;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
  region = await anOrganization(database.source, { kind: 'region' });
  const networks = await rows<{ id: number }>(
    `INSERT INTO network (slug, name, sample, organization_id) VALUES ('main', 'Main', false, $1) RETURNING network_id AS id`,
    region,
  );
  networkId = networks[0]?.id ?? 0;
  coordinator = await aCoordinator();
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const rows = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => database.source.query(sql, values);
const aCoordinator = (organizationId = region): Promise<SignedIn> =>
  aPerson(database.source, { roles: [{ organizationId, role: 'coordinator' }] });

async function anImport(): Promise<string> {
  const importId = randomUUID();
  await rows(
    `INSERT INTO import_run (import_id, network_id, partial, state, bytes_total) VALUES ($1, $2, false, 'received', 1000)`,
    importId,
    networkId,
  );
  return importId;
}
const show = (importId: string, state: string, bytesRead: number): Promise<unknown> =>
  rows('UPDATE import_run SET state = $2, bytes_read = $3 WHERE import_id = $1', importId, state, bytesRead);

/** A watcher elsewhere. */
async function watch(importId: string, { cookie }: { cookie: string }, of = app): Promise<IncomingMessage> {
  const { port } = of.getHttpServer().address() as AddressInfo;
  const headers = { cookie, 'x-forwarded-for': '192.0.2.1', 'accept-encoding': 'gzip' };
  const sent = get({ port, host: '127.0.0.1', path: `/api/imports/${importId}/progress`, headers });
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}

async function* eventsOf(response: IncomingMessage): AsyncGenerator<ImportRun> {
  for await (const line of createInterface({ input: response })) {
    if (line.startsWith('data: ')) yield JSON.parse(line.slice(6)) as ImportRun;
  }
}

test('whoever watches sees it as it is, then as it changes, until it is finished', async () => {
  const importId = await anImport();
  const response = await watch(importId, coordinator);
  expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8' });
  expect(response.headers['content-encoding']).toBeUndefined();
  const seen: [string, number][] = [];
  for await (const run of eventsOf(response)) {
    seen.push([run.state, run.bytesRead]);
    if (run.state === 'received') await show(importId, 'checking', 400);
    if (run.state === 'checking') {
      await rows(`UPDATE import_run SET state = 'done', finished_at = now() WHERE import_id = $1`, importId);
    }
  }
  expect(seen).toEqual([
    ['received', 0],
    ['checking', 400],
    ['done', 400],
  ]);
});

test('who comes later, as after a reload, sees all that there is at once', async () => {
  const importId = await anImport();
  await show(importId, 'saving', 900);
  const response = await watch(importId, coordinator);
  for await (const run of eventsOf(response)) {
    expect(run).toMatchObject({ importId, state: 'saving', bytesRead: 900, network: { slug: 'main' } });
    response.destroy();
    break;
  }
});

test('an import into a network that is not theirs is not there', async () => {
  const stranger = await aCoordinator(await anOrganization(database.source, { kind: 'region' }));
  const found = await Promise.all(
    [stranger, { cookie: '' }, coordinator].map(async (who) => {
      const response = await watch(who === coordinator ? randomUUID() : await anImport(), who);
      response.destroy();
      return [response.statusCode, response.headers['content-type']];
    }),
  );
  const problem = 'application/problem+json; charset=utf-8';
  expect(found).toEqual([
    [404, problem],
    [401, problem],
    [404, problem],
  ]);
});

test('a right that is taken away ends the stream at the next reading', async () => {
  const someone = await aCoordinator();
  const importId = await anImport();
  const seen: string[] = [];
  for await (const run of eventsOf(await watch(importId, someone))) {
    seen.push(run.state);
    await rows('UPDATE membership SET ended_at = now() WHERE person_id = $1', someone.personId);
    await show(importId, 'checking', 500);
  }
  expect(seen).toEqual(['received']);
});

test('a session that is ended ends the stream at the next reading', async () => {
  const someone = await aCoordinator();
  const importId = await anImport();
  const seen: string[] = [];
  for await (const run of eventsOf(await watch(importId, someone))) {
    seen.push(run.state);
    await rows('UPDATE session SET ended_at = now() WHERE person_id = $1', someone.personId);
    await show(importId, 'checking', 500);
  }
  expect(seen).toEqual(['received']);
});

test('when the watcher leaves, the server stops reading', async () => {
  const response = new EventEmitter();
  let reads = 0;
  const changes = app.get(Following).changes(
    { res: response } as unknown as Request,
    () => Promise.resolve(++reads),
    () => false,
  );
  expect(await changes.next()).toEqual({ value: 1, done: false });
  expect(await changes.next()).toEqual({ value: 2, done: false });
  const next = changes.next();
  response.emit('close');
  expect(await next).toMatchObject({ done: true });
  expect(reads).toBe(2);
});

test('a server that stops ends its streams instead of waiting for them', async () => {
  const other = await createApp(database.config);
  await other.listen(0, '127.0.0.1');
  const response = await watch(await anImport(), coordinator, other);
  const events = eventsOf(response);
  await events.next();
  await other.close();
  expect(await events.next()).toMatchObject({ done: true });
});

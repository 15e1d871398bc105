import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import express from 'express';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { offersSamplePeople, parseConfig, PROJECT_ROOT } from './config/config.js';
import { migrate, openDataSource } from './database/data-source.js';
import { aProxyTo } from './database/proxy.builder.js';
import { testDatabase, type TestDatabase } from './database/test-database.js';
import { mountedEndpoints } from './http/openapi.js';
import { secure } from './http/secure.js';

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

const http = () => request(app.getHttpServer());

/** `METHOD /path` of every endpoint that libs/contracts declares. */
async function declaredEndpoints(): Promise<string[]> {
  const folder = join(PROJECT_ROOT, 'libs', 'contracts', 'src');
  const found: string[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))) {
    const module = (await import(pathToFileURL(join(folder, name)).href)) as Record<string, unknown>;
    for (const [key, api] of Object.entries(module)) {
      if (!key.endsWith('Api')) continue;
      for (const endpoint of Object.values(api as Record<string, { method: string; path: string }>)) {
        found.push(`${endpoint.method} ${endpoint.path}`);
      }
    }
  }
  return found.sort();
}

describe('the wire', () => {
  test('each endpoint of the contracts has exactly one handler, and each handler one endpoint', async () => {
    const mounted = mountedEndpoints(app).map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`);
    expect(mounted.sort()).toEqual(await declaredEndpoints());
  });

  test('OpenAPI names every endpoint and the form of every answer', async () => {
    const answer = await http().get('/api/docs.json').expect(200);
    const paths = (answer.body as { paths: Record<string, Record<string, { responses: object }>> }).paths;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(operations.sort()).toEqual(await declaredEndpoints());
    expect(paths['/health/live']?.['get']?.responses).toHaveProperty('200');
  });

  test('what is not there is a problem with a code and the request id, without a trace', async () => {
    const answer = await http().get('/api/nothing-here').set('X-Request-Id', 'abcdef-12345').expect(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['x-request-id']).toBe('abcdef-12345');
    expect(answer.body).toMatchObject({ status: 404, code: 'not-found', requestId: 'abcdef-12345' });
    expect(JSON.stringify(answer.body)).not.toMatch(/\.ts|at /);
  });

  test('a known path asked in another way is told which ways there are', async () => {
    const answer = await http().post('/api/board').expect(405);
    expect(answer.headers['allow']).toBe('GET');
    expect(answer.body).toMatchObject({ code: 'wrong-method', detail: 'Found POST, expected GET.' });
    await http().post('/api/nothing-here').expect(404);
  });

  test('bad input says where, what was found and what was expected, in words', async () => {
    const answer = await http()
      .get('/api/board')
      .query({ page: '0', size: '1000', network: 'A b', sort: 'x' })
      .expect(400);
    expect((answer.body as { fields: unknown }).fields).toEqual([
      { path: 'query.network', found: '"A b"', expected: 'at most 63 lower-case letters, digits and hyphens' },
      { path: 'query.sort', found: '"x"', expected: 'without-seat or seat-share or coverage or pathway or completes' },
      { path: 'query.page', found: '"0"', expected: 'at least 1' },
      { path: 'query.size', found: '"1000"', expected: 'at most 100' },
    ]);
    const noId = await http().get('/api/imports/17').expect(400);
    expect((noId.body as { detail: string }).detail).toBe(
      'params.importId: found "17", expected an id as this server gives them',
    );
  });

  test('pages carry a request id as well', async () => {
    expect((await http().get('/regions')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('without its database every endpoint says so and when to come back, and is well again with it', async () => {
    const database = await testDatabase();
    const proxy = await aProxyTo(database.config.DATABASE_URL);
    const portal = await createApp({ ...database.config, DATABASE_URL: proxy.url });
    const get = (path: string) => request(portal.getHttpServer()).get(path);
    try {
      await get('/api/regions').expect(200);
      await proxy.cut();
      for (const path of ['/api/regions', '/api/board', '/health/ready']) {
        const answer = await get(path).expect(503);
        expect(answer.body).toMatchObject({ code: 'database-unreachable' });
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      }
      await get('/health/live').expect(200);
      await proxy.mend();
      await get('/api/regions').expect(200);
    } finally {
      await portal.close();
      await proxy.cut();
      await database.drop();
    }
  });

  test('what is answered to somebody with a session is stored by no browser, and https is remembered', async () => {
    expect((await http().get('/api/regions')).headers['cache-control']).toBe('no-cache');
    expect((await http().get('/api/regions').set('Cookie', 'a=b')).headers['cache-control']).toBe('no-store');
    expect((await http().get('/regions')).headers['strict-transport-security']).toBeUndefined();
    const secured = express();
    secure(secured, { https: true });
    const answer = await request(secured).get('/');
    expect(answer.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
  });

  test.each([
    ['development on this machine', { NODE_ENV: 'development' }, true],
    ['production', { NODE_ENV: 'production' }, false],
    ['development that others can reach', { NODE_ENV: 'development', HOST: '0.0.0.0' }, false],
    ['development behind a name', { NODE_ENV: 'development', PUBLIC_URL: 'https://x.example' }, false],
    ['development at localhost', { NODE_ENV: 'development', PUBLIC_URL: 'http://localhost:4000' }, true],
  ])('sample people: %s', (_, env, offered) => {
    expect(offersSamplePeople(parseConfig(env))).toBe(offered);
  });

  test('a harmful request id is replaced', async () => {
    const answer = await http().get('/health/live').set('X-Request-Id', 'a b{}').expect(200);
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('live and ready answer', async () => {
    await http().get('/health/live').expect(200, { status: 'ok' });
    await http().get('/health/ready').expect(200, { status: 'ok', database: 'ok', migrations: 'ok' });
  });

  test('pages may load nothing from elsewhere', async () => {
    const answer = await http().get('/health/live');
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
  });
});

describe('migrations', () => {
  test('fresh, repeated, and 20 at once give one schema and apply each migration once', async () => {
    const fresh = await testDatabase();
    try {
      await fresh.source.query('DROP SCHEMA public CASCADE');
      await fresh.source.query('CREATE SCHEMA public');
      const url = fresh.config.DATABASE_OWNER_URL;
      const sources = await Promise.all(Array.from({ length: 20 }, () => openDataSource(url, 2)));
      const applied = await Promise.all(sources.map((source) => migrate(source, url)));
      expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
      const again = await Promise.all(sources.map((source) => migrate(source, url)));
      expect(again.flat()).toEqual([]);
      const rows: unknown[] = await fresh.source.query('SELECT name FROM migration');
      expect(rows).toHaveLength(applied.flat().length);
      await Promise.all(sources.map((source) => source.destroy()));
    } finally {
      await fresh.drop();
    }
  });
});

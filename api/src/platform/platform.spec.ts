import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { PROJECT_ROOT } from './config/config.js';
import { migrate, openDataSource } from './database/data-source.js';
import { testDatabase, type TestDatabase } from './database/test-database.js';
import { mountedEndpoints } from './http/openapi.js';

let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config, database.source);
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
      const url = fresh.config.DATABASE_URL;
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

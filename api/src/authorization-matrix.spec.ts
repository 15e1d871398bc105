import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createApp } from './bootstrap.js';
import { cellsOf, Matrix, type Operation, operationsOf } from './matrix.builder.js';
import { aWorld, ASKERS, IMPORT_TOKEN, type World } from './matrix-world.builder.js';
import { testDatabase, type TestDatabase } from './platform/database/test-database.js';
import { mountedEndpoints } from './platform/http/openapi.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-matrix-'));
let database: TestDatabase;
let app: NestExpressApplication;
let world: World;
let matrix: Matrix;
let operations: Operation[];

beforeAll(async () => {
  database = await testDatabase({
    NODE_ENV: 'development',
    DATA_DIR: folder,
    DATABASE_POOL_SIZE: '8',
    IMPORT_TOKEN,
  });
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
  world = await aWorld(app, database);
  matrix = new Matrix(app, world);
  const mounted = new Map(
    mountedEndpoints(app).map(({ endpoint, line }) => [
      `${endpoint.method} ${endpoint.path.replace(/:(\w+)/g, '{$1}')}`,
      { line, status: endpoint.status ?? 200, response: endpoint.response },
    ]),
  );
  const answer = await request(app.getHttpServer()).get('/api/docs.json').expect(200);
  operations = operationsOf(answer.body as Parameters<typeof operationsOf>[0], (name) => {
    const known = mounted.get(name);
    if (!known) throw new Error(`${name} is in the document and not mounted`);
    return known;
  });
});
afterAll(async () => {
  matrix?.close();
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Nothing, or the sentences. */
function none(deviations: readonly string[]): void {
  expect(deviations.slice(0, Number(process.env['MATRIX_SHOWN'] ?? 40)).join('\n')).toBe('');
}

describe('Nobody reaches what is not theirs', () => {
  test('every operation, asked by everyone about everything, answers as the domain says', async () => {
    const cells = cellsOf(operations);
    const began = performance.now();
    const found = await matrix.deviations(cells);
    const objects = new Set(cells.map(({ object }) => object)).size;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(
      `\nmatrix: ${operations.length} operations × ${ASKERS.length} askers × ${objects} objects = ${cells.length} requests, ${seconds} s\n`,
    );
    none(found);
  }, 900_000);
});

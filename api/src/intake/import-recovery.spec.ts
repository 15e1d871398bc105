import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ImportRun } from '@throughway/contracts/imports';
import { serializeNetwork } from '@throughway/formats/serialize-network';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { aTown } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { ImportJobs } from './import.jobs.js';
import { ImportWork } from './import-work.service.js';

const spool = mkdtempSync(join(tmpdir(), 'throughway-spool-'));
let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase({ NODE_ENV: 'development', DATA_DIR: spool });
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(spool, { recursive: true, force: true });
});

async function upload(): Promise<string> {
  const post = request(app.getHttpServer()).post('/api/imports');
  for (const { name, text } of serializeNetwork(aTown({ name: 'Hazard', countyFips: '21193' })))
    post.attach('files', Buffer.from(text), name);
  const answer = await post.expect(202);
  return (answer.body as ImportRun).importId;
}

async function find(importId: string): Promise<ImportRun> {
  const answer = await request(app.getHttpServer()).get(`/api/imports/${importId}`).expect(200);
  return answer.body as ImportRun;
}

async function count(table: string): Promise<number> {
  const rows = await database.source.query<{ count: number }[]>(`SELECT count(*)::integer AS count FROM ${table}`);
  return rows[0]?.count ?? -1;
}

test('an import whose database connection dies while it saves leaves nothing, and is finished by the next process', async () => {
  const importId = await upload();
  await database.source.query(`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NEW; END $$;
    CREATE TRIGGER die BEFORE INSERT ON evidence FOR EACH ROW EXECUTE FUNCTION die();
  `);
  await expect(app.get(ImportWork).work(importId)).rejects.toThrow(/terminat/);
  expect(await count('employer')).toBe(0);
  expect(await count('alignment_run')).toBe(0);
  expect(await find(importId)).toMatchObject({ state: 'saving', finishedAt: null });

  await database.source.query('DROP TRIGGER die ON evidence');
  const next = await createApp(database.config);
  try {
    await next.get(ImportJobs).start();
    for (let waited = 0; waited < 20_000 && !(await find(importId)).finishedAt; waited += 50) await delay(50);
    expect(await find(importId)).toMatchObject({ state: 'done', errorCount: 0 });
    expect(await count('employer')).toBe(1);
    expect(existsSync(join(spool, 'spool', importId))).toBe(false);
  } finally {
    await next.close();
  }
});

test('an import that is worked twice at once, or again, saves and aligns once', async () => {
  await database.source.query('TRUNCATE network CASCADE');
  const importId = await upload();
  await Promise.all([app.get(ImportWork).work(importId), app.get(ImportWork).work(importId)]);
  await app.get(ImportWork).work(importId);
  expect(await find(importId)).toMatchObject({ state: 'done' });
  expect(await count('alignment_run')).toBe(1);
});

test('an import whose files are gone has failed, and says that nothing was changed', async () => {
  const importId = await upload();
  rmSync(join(spool, 'spool', importId), { recursive: true });
  await app.get(ImportWork).work(importId);
  const run = await find(importId);
  expect(run.state).toBe('failed');
  expect(run.notices.join(' ')).toContain('Nothing was changed');
});

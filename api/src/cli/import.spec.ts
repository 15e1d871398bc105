import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { serializeNetwork } from '@throughway/formats/serialize-network';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aTown } from '../../../test/support/a-network.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { run } from './import.js';

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'import-command-'));
const before = process.env['DATABASE_URL'];

beforeAll(async () => {
  database = await testDatabase();
  process.env['DATABASE_URL'] = database.config.DATABASE_OWNER_URL;
  process.env['TODAY'] = '2026-06-30';
  for (const { name, text } of serializeNetwork(aTown({ name: 'Hazard', countyFips: '21193' })))
    writeFileSync(join(folder, name), text);
});
afterAll(async () => {
  if (before === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = before;
  delete process.env['TODAY'];
  rmSync(folder, { recursive: true });
  await database.drop();
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** The command's exit status and what it wrote. */
async function throughway(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let out = '';
  let err = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  const status = await run(args);
  jest.restoreAllMocks();
  return { status, out, err };
}

async function cohortCount(): Promise<number> {
  const rows = await database.source.query<unknown[]>('SELECT 1 FROM alignment_cohort');
  return rows.length;
}

test('saves the folder, shows progress beside the report, and changes nothing the second time', async () => {
  const first = await throughway(folder);
  expect(first.status).toBe(0);
  expect(first.out).toMatch(/^requirements\.csv +1 +1 +0 +0 +0$/m);
  expect(first.out).toContain('Results brought up to date by run');
  expect(first.err).toMatch(/^aligning: 22 rows read, 22 rows saved$/m);
  expect(await cohortCount()).toBe(1);
  const second = await throughway(folder);
  expect(second.out).toMatch(/^requirements\.csv +1 +0 +0 +1 +0$/m);
  expect(second.out).toContain('Nothing that is aligned changed');
});

test('names every error on standard error, answers 1 and saves nothing', async () => {
  const path = mkdtempSync(join(tmpdir(), 'import-command-'));
  const bad = aTown({ name: 'Bad', countyFips: '21193' });
  for (const { name, text } of serializeNetwork(bad))
    writeFileSync(join(path, name), text.replace('2026-12-18', '2026-13-18'));
  const { status, out, err } = await throughway(path);
  rmSync(path, { recursive: true });
  expect(status).toBe(1);
  expect(out).toBe('');
  expect(err).toMatch(/^cohorts\.csv:2 completes_on: found "2026-13-18", expected a date/m);
  expect(await cohortCount()).toBe(1);
});

test('wants one folder, a sound network name, and never the sample network', async () => {
  await database.source.query(`INSERT INTO network (slug, name, sample) VALUES ('sample', 'Sample', true)`);
  await expect(throughway()).rejects.toThrow('expected one DIR');
  await expect(throughway(folder, '--network', 'Not A Slug')).rejects.toThrow('lower-case');
  await expect(throughway(folder, '--network', 'sample')).rejects.toThrow('synthetic');
});

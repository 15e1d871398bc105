import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReferenceReport } from '../labor-market/load/load-reference.js';
import { PROJECT_ROOT } from '../platform/config/config.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { run } from './reference.js';

const EXCERPTS = join(PROJECT_ROOT, 'test', 'support', 'reference-excerpts');
let database: TestDatabase;
let scratch: string;
const before = process.env['DATABASE_URL'];

beforeAll(async () => {
  database = await testDatabase();
  scratch = mkdtempSync(join(tmpdir(), 'reference-command-'));
  process.env['DATABASE_URL'] = database.config.DATABASE_OWNER_URL;
});
afterAll(async () => {
  if (before === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = before;
  rmSync(scratch, { recursive: true });
  await database.drop();
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** The command's exit status and what it wrote. */
async function throughway(...args: string[]): Promise<{ status: number; out: string; progress: string }> {
  let out = '';
  let progress = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((progress += String(text)), true));
  const status = await run(args);
  jest.restoreAllMocks();
  return { status, out, progress };
}

describe('throughway reference load', () => {
  test('reports per file what was read, added and left out, and why, while it counts rows', async () => {
    const { status, out, progress } = await throughway('load', EXCERPTS);
    expect(status).toBe(0);
    expect(out).toMatch(/^onet-29\.3\/related_occupations\.csv +related_occupation +3 +3 +0 +0 +0 +0 /m);
    expect(out).toContain('cip-soc/cip2020_soc2018_crosswalk.csv: 3 left out: occupation-without-program');
    expect(progress).toContain('onet-29.3/skills.csv: 104 rows read');
  });

  test('says that nothing changed when nothing did, in a form for programs too', async () => {
    await throughway('load', EXCERPTS);
    expect((await throughway('load', EXCERPTS)).out).toMatch(/\nnothing changed, in \d+\.\d s\n$/);
    const report = JSON.parse((await throughway('load', EXCERPTS, '--json')).out) as ReferenceReport;
    expect(report.files.every((file) => file.added + file.changed === 0)).toBe(true);
  });

  test('answers 1 for a folder without any publisher’s file, and says so', async () => {
    const { status, out } = await throughway('load', mkdtempSync(join(scratch, 'empty-')));
    expect(status).toBe(1);
    expect(out).toContain("found none of the publishers' folders; nothing changed");
  });

  test('names bad rows and answers 3', async () => {
    const folder = join(scratch, 'bls-oews-national-2025-05');
    cpSync(join(EXCERPTS, 'bls-oews-national-2025-05'), folder, { recursive: true });
    const path = join(folder, 'national_M2025.csv');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('Registered Nurses,detailed,3379720', 'Registered Nurses,detailed,lots'),
    );
    const { status, out } = await throughway('load', folder);
    expect(status).toBe(3);
    expect(out).toContain(
      'bls-oews-national-2025-05/national_M2025.csv, line 11, TOT_EMP: found "lots", expected a number',
    );
  });

  test('answers 1 when a source could not be loaded, and says that nothing of it was kept', async () => {
    const folder = join(scratch, 'ipeds-hd2023');
    cpSync(join(EXCERPTS, 'ipeds-hd2023'), folder, { recursive: true });
    writeFileSync(join(folder, 'hd2023_active.csv'), 'UNITID,INSTNM\n1,Sample College\n');
    const { status, out } = await throughway('load', folder);
    expect(status).toBe(1);
    expect(out).toContain('ipeds-hd2023: NOT LOADED, nothing of it was kept: hd2023_active.csv, line 1: found columns');
  });
});

test.each([
  [['load'], 'expected one DIR'],
  [['load', 'a', 'b'], 'expected one DIR'],
  [['unload', 'a'], 'expected "load" or "compile-starter"'],
  [['load', join('no', 'such', 'folder')], 'found no folder'],
])('%j is refused with a sentence', async (args, message) => {
  await expect(run(args)).rejects.toThrow(message);
});

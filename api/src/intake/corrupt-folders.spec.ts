import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ImportRun } from '@throughway/contracts/imports';
import { Problem } from '@throughway/contracts/problem';
import { serializeNetwork } from '@throughway/formats/serialize-network';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aTown, together } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aKeeper } from '../programs/networks.builder.js';
import { changedBetween, fingerprinter } from '../row-fingerprints.builder.js';
import { isFull } from '../trust-report.builder.js';
import { chanceOf, CORRUPTIONS, type Upload } from './corrupt-folders.builder.js';
import { ImportWork } from './import-work.service.js';

/** TRUST R8: 500, and in `npm test` a slice of them. */
const FOLDERS = isFull ? 500 : 40;
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

/** What an upload writes down whatever is in it. */
const MAY_CHANGE: Readonly<Record<string, string>> = {
  import_run: 'that it came, and its report',
  audit_entry: 'who sent it',
  audit_detail: 'how much it was',
  audit_head: 'where the record has come to',
  job: 'that it is to be worked',
  job_common: 'the same',
};

const spool = mkdtempSync(join(tmpdir(), 'throughway-corrupt-'));
let database: TestDatabase;
let app: NestExpressApplication;
let rows: Awaited<ReturnType<typeof fingerprinter>>;

beforeAll(async () => {
  database = await testDatabase({ NODE_ENV: 'development', DATA_DIR: spool });
  app = await createApp(database.config);
  await aKeeper(database.source, 'main');
  await app.listen(0, '127.0.0.1');
  expect(await importOf(whole())).toMatchObject({ state: 'done' });
  rows = await fingerprinter(database.source);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(spool, { recursive: true, force: true });
});

const network = together(
  aTown({ name: 'Hazard', countyFips: '21193' }),
  aTown({ name: 'Paducah', countyFips: '21145' }),
);
const folder = Object.fromEntries(serializeNetwork(network).map(({ name, text }) => [name, text]));
const whole = (): Upload => Object.fromEntries(Object.entries(folder).map(([name, text]) => [name, Buffer.from(text)]));

/** Uploads and works it; what the door says, or the report. */
async function importOf(files: Upload, query = ''): Promise<ImportRun | Problem> {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append('files', new Blob([new Uint8Array(content)]), name);
  const sent = await fetch(`http://127.0.0.1:${port}/api/imports${query}`, { method: 'POST', body: form });
  const answer: unknown = await sent.json();
  if (sent.status !== 202) return Problem.strict().parse(answer);
  const { importId } = ImportRun.strict().parse(answer);
  await app.get(ImportWork).work(importId);
  const [found] = await database.source.query<ImportRun[]>(
    `SELECT state, errors, files, notices FROM import_run WHERE import_id = $1`,
    [importId],
  );
  return found as ImportRun;
}

/** What is wrong with how a broken folder was met, if anything. */
function wrong(outcome: ImportRun | Problem): string | undefined {
  if ('code' in outcome) {
    const { status, fields = [] } = outcome;
    if (status >= 500) return `answered ${status}`;
    return status === 413 || fields.length > 0 ? undefined : `${outcome.detail}: names no place`;
  }
  if (outcome.state === 'done') {
    const changed = outcome.files.filter(({ added, changed, removed = 0 }) => added + changed + removed > 0);
    return changed.length === 0 ? undefined : `was taken: ${JSON.stringify(changed)}`;
  }
  if (outcome.state !== 'refused') return `ended as ${outcome.state}`;
  const silent = outcome.errors.filter(({ file, found, expected }) => !file || !found || !expected);
  if (outcome.errors.length === 0) return 'was refused without a reason';
  return silent.length === 0 ? undefined : `says too little: ${JSON.stringify(silent[0])}`;
}

describe('Corrupt folders', () => {
  test(`change no row, and are told where, what was found and what was expected: ${FOLDERS} of them`, async () => {
    const kinds = Object.entries(CORRUPTIONS);
    const problems: string[] = [];
    for (let at = 0; at < FOLDERS; at++) {
      const [kind, corrupt] = kinds[at % kinds.length] as (typeof kinds)[number];
      const before = await rows();
      const outcome = await importOf(corrupt(folder, chanceOf(SEED * 1000 + at)));
      const changed = changedBetween(before, await rows()).filter((table) => !(table in MAY_CHANGE));
      const problem = wrong(outcome) ?? (changed.length > 0 ? `changed ${changed.join(', ')}` : undefined);
      if (problem) problems.push(`${at} ${kind}: ${problem}`);
    }
    expect(problems.join('\n')).toBe('');
    expect(readdirSync(join(spool, 'spool'))).toEqual([]);
  }, 1_200_000);

  test('that are saved in part would be noticed', async () => {
    const before = await rows();
    const files = { ...whole(), 'skills.csv': Buffer.from(`${folder['skills.csv']}new,Sample skill\n,nameless\n`) };
    expect(wrong(await importOf(files, '?partial=yes'))).toMatch(/^was taken: .*skills.csv/);
    expect(changedBetween(before, await rows())).toContain('skill');
  });
});

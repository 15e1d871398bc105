import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Board } from '@throughway/contracts/board';
import type { ImportRun } from '@throughway/contracts/imports';
import type { Run } from '@throughway/contracts/runs';
import { serializeNetwork } from '@throughway/formats/serialize-network';
import type { Network } from '@throughway/vocabulary/network';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { aTown, emptyNetwork, together } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import type { SignedIn } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aKeeper } from '../programs/networks.builder.js';
import { aZip } from './folder.builder.js';
import { ImportJobs } from './import.jobs.js';

const TOKEN = 'a-token-of-forty-characters-for-the-spec';
const spool = mkdtempSync(join(tmpdir(), 'throughway-spool-'));
let database: TestDatabase;
let app: NestExpressApplication;
let keeper: SignedIn;

beforeAll(async () => {
  database = await testDatabase({
    NODE_ENV: 'development',
    DATA_DIR: spool,
    IMPORT_TOKEN: TOKEN,
    IMPORT_MAX_BYTES: '200000',
  });
  app = await createApp(database.config);
  keeper = await aKeeper(database.source, 'main');
  await app.get(ImportJobs).start();
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(spool, { recursive: true, force: true });
});

type Files = Record<string, string | Buffer>;

const network = together(
  aTown({ name: 'Hazard', countyFips: '21193' }),
  aTown({ name: 'Paducah', countyFips: '21145' }),
);

function folderOf(rows: Network): Files {
  return Object.fromEntries(serializeNetwork(rows).map(({ name, text }) => [name, text]));
}

const http = () => request(app.getHttpServer());

function upload(files: Files, query: Record<string, string> = {}): request.Test {
  const post = http().post('/api/imports').query(query);
  for (const [name, content] of Object.entries(files)) post.attach('files', Buffer.from(content), name);
  return post;
}

async function read<T>(path: string, query: Record<string, string> = {}): Promise<T> {
  const answer = await http().get(path).query(query).set('Cookie', keeper.cookie).expect(200);
  return answer.body as T;
}

async function finished(importId: string): Promise<ImportRun> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const run = await read<ImportRun>(`/api/imports/${importId}`);
    if (run.finishedAt) return run;
    await delay(50);
  }
  throw new Error(`import ${importId} did not finish`);
}

async function importOf(files: Files, query: Record<string, string> = {}): Promise<ImportRun> {
  const answer = await upload(files, query).expect(202);
  return finished((answer.body as ImportRun).importId);
}

/** Text that PostgreSQL cannot pack into an index row. */
function incompressible(length: number): string {
  let seed = 1;
  return Array.from({ length }, () => ((seed = (seed * 48_271) % 2_147_483_647) % 36).toString(36)).join('');
}

/** Rows of every table that an import may write, but for its own runs. */
async function storedRows(): Promise<string> {
  const tables = ['employer', 'site', 'skill', 'requirement', 'requirement_skill', 'institution', 'pathway', 'unit'];
  const all = await Promise.all(
    [
      ...tables,
      'unit_skill',
      'cohort',
      'commitment',
      'activation',
      'evidence',
      'alignment_run',
      'alignment_cohort',
    ].map((table) => database.source.query<unknown[]>(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY 1`)),
  );
  return JSON.stringify(all);
}

describe('an import', () => {
  test('saves the folder, brings the board up to date and reports every file', async () => {
    const run = await importOf(folderOf(network));
    expect(run).toMatchObject({ state: 'done', errorCount: 0, network: { slug: 'main', sample: false } });
    expect(run.bytesRead).toBe(run.bytesTotal);
    expect(run.files.find(({ file }) => file === 'employers.csv')).toMatchObject({ rows: 2, added: 2 });
    expect(run.rowsSaved).toBe(run.files.reduce((sum, { rows }) => sum + rows, 0));
    const board = await read<Board>('/api/board');
    expect(board.rows.map(({ cohortId }) => cohortId)).toEqual(['Hazard-2026', 'Paducah-2026']);
    expect(board.run.runId).toBe(run.runId);
  });

  test('of the same folder, zipped, changes nothing and runs nothing', async () => {
    const before = await storedRows();
    const entries = Object.entries(folderOf(network)).map(([name, text]) => [`folder/${name}`, text] as const);
    const run = await importOf({ 'folder.zip': aZip(entries) });
    expect(run).toMatchObject({ state: 'done', runId: null });
    expect(run.files.filter(({ added, changed }) => added + changed > 0)).toEqual([]);
    expect(await storedRows()).toBe(before);
  });

  test('replaces the skills of a requirement that it brings', async () => {
    const without = { ...network, requirementSkills: network.requirementSkills.slice(1) };
    const run = await importOf(folderOf(without));
    expect(run.files.find(({ file }) => file === 'requirement_skills.csv')).toMatchObject({ rows: 1, removed: 1 });
    const board = await read<Board>('/api/board', { q: 'hazard' });
    expect(board.rows[0]).toMatchObject({ bestCoverage: null, seated: 0 });
    await importOf(folderOf(network));
  });

  test('of five short files corrects one requirement, and solves its component alone', async () => {
    const { employers, sites, skills, requirements, requirementSkills } = aTown({
      name: 'Paducah',
      countyFips: '21145',
      headcount: 8,
    });
    const part = folderOf({ ...emptyNetwork(), employers, sites, skills, requirements, requirementSkills });
    const names = ['employers.csv', 'sites.csv', 'skills.csv', 'requirements.csv', 'requirement_skills.csv'];
    const run = await importOf(Object.fromEntries(names.map((name) => [name, part[name] ?? ''])));
    expect(run).toMatchObject({ state: 'done', errorCount: 0 });
    expect(run.files.filter(({ added, changed }) => added + changed > 0)).toMatchObject([
      { file: 'requirements.csv', changed: 1 },
    ]);
    const { runs } = await read<{ runs: Run[] }>('/api/runs');
    expect(runs[0]).toMatchObject({ runId: run.runId, components: 2, componentsSolved: 1 });
    const board = await read<Board>('/api/board', { q: 'paducah' });
    expect(board.rows[0]).toMatchObject({ seated: 8 });
    await importOf(folderOf(network));
  });

  const folder = folderOf(network);
  const broken: [string, Files, Record<string, unknown>][] = [
    [
      'a date that is none',
      { 'cohorts.csv': String(folder['cohorts.csv']).replace('2026-12-18', '2026-02-30') },
      { file: 'cohorts.csv', line: 2, column: 'completes_on' },
    ],
    [
      'an unknown reference',
      { 'unit_skills.csv': 'unit_id,skill_id,level\nHazard-arc,nothing,3\n' },
      { file: 'unit_skills.csv', line: 2, column: 'skill_id' },
    ],
    [
      'a duplicate id',
      { 'skills.csv': `${String(folder['skills.csv'])}Hazard-weld,Again\n` },
      { file: 'skills.csv', column: 'skill_id' },
    ],
    ['a ragged row', { 'employers.csv': 'employer_id,name\nonly-one\n' }, { file: 'employers.csv', line: 2 }],
    ['UTF-16', { 'sites.csv': Buffer.from(String(folder['sites.csv']), 'utf16le') }, { file: 'sites.csv' }],
    [
      'an id too long to be found by',
      { 'skills.csv': `${String(folder['skills.csv'])}${incompressible(9000)},Long\n` },
      { file: 'folder', expected: 'values that the database can hold' },
    ],
    ['zero bytes', { 'employers.csv': Buffer.alloc(50_000) }, { file: 'employers.csv' }],
  ];

  test.each(broken)('with %s is refused with its place, and changes nothing', async (_, files, error) => {
    const before = await storedRows();
    const run = await importOf({ ...folder, ...files });
    expect(run.state).toBe('refused');
    expect(run.errors).toEqual(expect.arrayContaining([expect.objectContaining(error)]));
    expect(run.files).toEqual([]);
    expect(await storedRows()).toBe(before);
  });

  test('that contradicts rows saved earlier is refused whole', async () => {
    const before = await storedRows();
    const town = aTown({ name: 'Hazard', countyFips: '21193' });
    const moved: Network = {
      ...town,
      employers: [...town.employers, ...aTown({ name: 'Other', countyFips: '21193' }).employers],
      sites: town.sites.map((site) => ({ ...site, employerId: 'Other-employer' })),
      requirements: [],
      requirementSkills: [],
      requirementCredentials: [],
      commitments: [],
      activations: [],
    };
    const run = await importOf(folderOf(moved));
    expect(run).toMatchObject({ state: 'refused', errorCount: 1 });
    expect(run.errors[0]?.expected).toContain('agree with those saved earlier');
    expect(await storedRows()).toBe(before);
  });

  test('with partial keeps good rows, leaves out bad ones and what rests on them', async () => {
    const third = aTown({ name: 'Murray', countyFips: '21035' });
    const files = folderOf(third);
    files['pathways.csv'] = `${String(files['pathways.csv'])}Murray-second,nowhere,Sample,,51-4121\n`;
    files['versions.csv'] = `${String(files['versions.csv'])}Murray-v2,Murray-second,2026-01-01\n`;
    const run = await importOf(files, { partial: 'yes' });
    expect(run).toMatchObject({ state: 'done', errorCount: 1 });
    expect(run.files.find(({ file }) => file === 'pathways.csv')).toMatchObject({ added: 1 });
    expect(run.files.find(({ file }) => file === 'versions.csv')).toMatchObject({ added: 1 });
    expect(run.notices.join('\n')).toContain('versions.csv:3');
  });

  test('into the sample network is refused', async () => {
    await database.source.query(`INSERT INTO network (slug, name, sample) VALUES ('sample', 'Sample', true)`);
    const answer = await upload(folderOf(network), { network: 'sample' }).expect(409);
    expect(answer.body).toMatchObject({ code: 'network-is-sample' });
  });
});

describe('an upload', () => {
  test('without a CSV file, with two folders in one, or not multipart is bad input', async () => {
    await upload({ 'notes.txt': 'hello' }).expect(400);
    await upload({ 'a.zip': 'PK', 'employers.csv': 'employer_id\n' }).expect(400);
    await http().post('/api/imports').send({ employers: [] }).expect(400);
    await http()
      .post('/api/imports')
      .set('Content-Type', 'multipart/form-data; boundary=x')
      .send('--x\r\nContent-Disposition: form-data; name="files"; filename="employers.csv"\r\n\r\nemployer_id')
      .expect(400);
  });

  const spooled = (): string[] => (existsSync(join(spool, 'spool')) ? readdirSync(join(spool, 'spool')) : []);

  test('larger than allowed is refused, whether it says its size or not, and leaves nothing behind', async () => {
    const told = await upload({ 'employers.csv': Buffer.alloc(8_000_000, 'a') });
    expect([told.status, (told.body as { code: string }).code]).toEqual([413, 'too-large']);
    const { port } = app.getHttpServer().address() as AddressInfo;
    const form = new FormData();
    form.append('files', new Blob(['a'.repeat(8_000_000)]), 'employers.csv');
    const encoded = new Response(form);
    const untold = await fetch(`http://127.0.0.1:${port}/api/imports`, {
      method: 'POST',
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
      body: encoded.body,
      duplex: 'half',
    });
    expect(untold.status).toBe(413);
    expect(spooled()).toEqual([]);
  });

  test.each(['employers.csv', 'notes.txt'])('that breaks off within %s leaves nothing behind', async (name) => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /api/imports HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n' +
        'Content-Type: multipart/form-data; boundary=x\r\n\r\n' +
        '--x\r\nContent-Disposition: form-data; name="files"; filename="' +
        `${name}"\r\n\r\nemployer_id,name\r\n`,
    );
    for (let waited = 0; waited < 5000 && spooled().length === 0; waited += 10) await delay(10);
    expect(spooled()).toHaveLength(1);
    socket.destroy();
    for (let waited = 0; waited < 5000 && spooled().length > 0; waited += 10) await delay(10);
    expect(spooled()).toEqual([]);
  });

  test('says which of its files were left aside', async () => {
    const run = await importOf({ ...folderOf(network), 'notes.txt': 'hello' });
    expect(run).toMatchObject({ state: 'done' });
    expect(run.notices).toEqual(['"notes.txt": found a file of another name, left aside']);
  });

  test('that is no sound zip is refused by its import', async () => {
    const run = await importOf({ 'folder.zip': Buffer.from('PK not a zip at all') });
    expect(run).toMatchObject({ state: 'refused', errors: [{ found: 'a file that is no zip archive' }] });
  });
});

describe('who may import', () => {
  const refused = (headers: Record<string, string>) => http().post('/api/imports').set(headers).expect(403);

  test('neither a forwarded request, nor a page of another site, nor a host that is not this machine', async () => {
    await refused({ 'X-Forwarded-For': '127.0.0.1' });
    await refused({ Origin: 'https://elsewhere.example' });
    await refused({ Host: 'throughway.example' });
    await refused({ Host: 'throughway.example', Authorization: `Bearer ${TOKEN}x` });
  });

  test.each(['production', 'test'] as const)(
    'with NODE_ENV=%s nobody for being near: behind a proxy everybody is',
    async (NODE_ENV) => {
      const reachable = await createApp({ ...database.config, NODE_ENV });
      try {
        const near = request(reachable.getHttpServer());
        await near.post('/api/imports').attach('files', Buffer.from('x'), 'network.csv').expect(403);
        await near.get('/api/imports').expect(401);
        const answer = await near.get('/api/imports').set('Authorization', `Bearer ${TOKEN}`).expect(200);
        expect((answer.body as { imports: unknown[] }).imports).not.toEqual([]);
      } finally {
        await reachable.close();
      }
    },
  );

  test('whoever has the token, from anywhere', async () => {
    await http()
      .post('/api/imports')
      .set({ Host: 'throughway.example', 'X-Forwarded-For': '203.0.113.9', Authorization: `Bearer ${TOKEN}` })
      .expect(400);
  });

  test('an unknown import is not there', async () => {
    await http().get('/api/imports/7f3f2a56-2f6b-4a1e-9a47-0a2b4f2d9c11').expect(404);
  });
});

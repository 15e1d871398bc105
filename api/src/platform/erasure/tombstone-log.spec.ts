import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataSource } from '../database/data-source.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';
import { WorkTransactions } from '../database/transactions.js';
import { TombstoneKeeper } from './tombstone-keeper.js';
import { readTombstoneLog, tombstoneLogOf } from './tombstone-log.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-tombstones-'));
const path = tombstoneLogOf(folder);
let database: TestDatabase;
let worker: WorkTransactions;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await testDatabase({ DATA_DIR: folder });
  const source = await openDataSource(database.config.DATABASE_WORKER_URL, 2);
  worker = new WorkTransactions(source);
  close = () => source.destroy();
});
afterAll(async () => {
  await close?.();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function erased(): Promise<string> {
  const id = randomUUID();
  await database.source.query(`SELECT lay_tombstone('person', $1, NULL, now(), 'request')`, [id]);
  return id;
}

/** A server that starts, and ends at once. */
async function aStart(): Promise<void> {
  const keeper = new TombstoneKeeper(database.config, worker);
  await keeper.start();
  await keeper.onApplicationShutdown();
}

const idsIn = async (): Promise<string[]> => ((await readTombstoneLog(path))?.stones ?? []).map(({ id }) => id);

test('The log holds what was erased while no server ran, once, and says until when it lacks nothing', async () => {
  expect(await readTombstoneLog(path)).toBeNull();
  const first = await erased();
  await aStart();
  const second = await erased();
  await aStart();
  expect(await idsIn()).toEqual([first, second]);
  const [installation] = await database.source.query<{ id: string; now: Date }[]>(
    'SELECT installation_id AS id, now() FROM installation',
  );
  const keptUntil = (await readTombstoneLog(path))?.keptUntil.get(installation?.id ?? '');
  expect(Math.abs(Number(keptUntil) - Number(installation?.now))).toBeLessThan(60_000);
  expect((await readTombstoneLog(path))?.keptUntil.has(randomUUID())).toBe(false);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('A line that a crash cut off is written again, and those after it stay readable', async () => {
  const last = await erased();
  await aStart();
  truncateSync(path, readFileSync(path).indexOf(last) + 10);
  expect(await idsIn()).not.toContain(last);
  await aStart();
  expect(await idsIn()).toContain(last);
  appendFileSync(path, '{"kind":"person","id":"no');
  const next = await erased();
  await aStart();
  expect((await idsIn()).slice(-1)).toEqual([next]);
});

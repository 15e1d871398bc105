import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PROJECT_ROOT } from '../platform/config/config.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { Transactions } from '../platform/database/transactions.js';
import { compileStarter } from './compile-starter.js';
import { loadStarterRegion } from './starter-region.js';

const EXCERPTS = join(PROJECT_ROOT, 'test', 'support', 'reference-excerpts');
const ROLLED_BACK = new Error('rolled back');

let database: TestDatabase;
let transactions: Transactions;
let scratch: string;

beforeAll(async () => {
  database = await testDatabase();
  transactions = new Transactions(database.source);
  scratch = mkdtempSync(join(tmpdir(), 'compile-starter-'));
});
afterAll(async () => {
  rmSync(scratch, { recursive: true });
  await database.drop();
});

async function compile(into: string): Promise<void> {
  const work = transactions.run(async (em) => {
    await compileStarter(em, EXCERPTS, into);
    throw ROLLED_BACK;
  });
  await expect(work).rejects.toBe(ROLLED_BACK);
}

const rowsOf = (sql: string): Promise<unknown[]> => database.source.query<unknown[]>(sql);

test('the same sources give the same bytes, and the database stays as it was', async () => {
  const [once, twice] = [join(scratch, 'once'), join(scratch, 'twice')];
  await compile(once);
  await compile(twice);
  for (const file of readdirSync(once)) {
    expect(readFileSync(join(twice, file), 'utf8')).toBe(readFileSync(join(once, file), 'utf8'));
  }
  expect(await rowsOf('SELECT 1 FROM labor_area')).toEqual([]);
});

test('what was compiled fills an empty database: two areas, their hybrid codes opened up, unknown figures still unknown', async () => {
  const folder = join(scratch, 'loaded');
  await compile(folder);
  await transactions.run((em) => loadStarterRegion(em, folder));
  expect(await rowsOf('SELECT area_id FROM labor_area ORDER BY area_id')).toEqual([
    { area_id: 'ky-ekcep' },
    { area_id: 'ky-kentuckiana-works' },
  ]);
  expect(await rowsOf(`SELECT onet_soc FROM occupation WHERE soc LIKE '31-11%' ORDER BY onet_soc`)).toEqual([
    { onet_soc: '31-1121.00' },
    { onet_soc: '31-1122.00' },
  ]);
  expect(
    await rowsOf(
      `SELECT median_wage_hourly_cents FROM labor_projection WHERE area_id = 'ky-ekcep' AND soc = '11-9013'`,
    ),
  ).toEqual([{ median_wage_hourly_cents: null }]);
  expect(await rowsOf('SELECT 1 FROM occupation_skill WHERE importance < 3')).toEqual([]);
});

test('a needed publisher that is missing is named', async () => {
  const empty = join(scratch, 'empty');
  mkdirSync(empty);
  await expect(transactions.run((em) => compileStarter(em, empty, join(scratch, 'never')))).rejects.toThrow(
    'found no counties/, cip-soc/, onet-<release>/, kystats-outlook-2022-32/',
  );
});

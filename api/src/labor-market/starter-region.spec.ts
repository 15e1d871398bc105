import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { Transactions } from '../platform/database/transactions.js';
import { loadStarterRegion } from './starter-region.js';

let database: TestDatabase;
let transactions: Transactions;

beforeAll(async () => {
  database = await testDatabase();
  transactions = new Transactions(database.source);
});
afterAll(() => database.drop());

const rowsOf = async <T>(sql: string): Promise<T[]> => database.source.query<T[]>(sql);

test('the first start needs no other file: both areas have counties, projected openings and what occupations ask for', async () => {
  const [first, second] = await Promise.all([
    transactions.run((em) => loadStarterRegion(em)),
    transactions.run((em) => loadStarterRegion(em)),
  ]);
  // Of two processes that start at once exactly one loads; the other finds the work done.
  expect([first, second].filter((report) => report === null)).toHaveLength(1);
  const areas = await rowsOf(`
    SELECT a.area_id, (SELECT count(*)::integer FROM labor_area_county c WHERE c.area_id = a.area_id) AS counties,
           (SELECT count(*)::integer FROM labor_projection p WHERE p.area_id = a.area_id) AS occupations,
           (SELECT annual_openings::float FROM labor_area_total t WHERE t.area_id = a.area_id) AS openings
      FROM labor_area a ORDER BY a.area_id`);
  expect(areas).toEqual([
    { area_id: 'ky-ekcep', counties: 23, occupations: 386, openings: 12782.6 },
    { area_id: 'ky-kentuckiana-works', counties: 7, occupations: 544, openings: 67332.5 },
  ]);
});

test('every row of the starter names a source that is on record with its attribution', async () => {
  const nameless = await rowsOf<{ source_id: string }>(`
    SELECT source_id FROM reference_source WHERE attribution = '' OR vintage = ''`);
  expect(nameless).toEqual([]);
  const onet = await rowsOf<{ attribution: string }>(
    `SELECT attribution FROM reference_source WHERE source_id = 'onet-29.3'`,
  );
  expect(onet[0]?.attribution).toBe(
    'This product includes information from the O*NET 29.3 Database by the U.S. Department of Labor, Employment and ' +
      'Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. Modified.',
  );
});

test('loading the starter over what a person loaded does nothing', async () => {
  await database.source.query(`UPDATE labor_area SET name = 'Renamed by a person' WHERE area_id = 'ky-ekcep'`);
  expect(await transactions.run((em) => loadStarterRegion(em))).toBeNull();
  const names = await rowsOf<{ name: string }>(`SELECT name FROM labor_area WHERE area_id = 'ky-ekcep'`);
  expect(names).toEqual([{ name: 'Renamed by a person' }]);
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PROJECT_ROOT } from '../../platform/config/config.js';
import { testDatabase, type TestDatabase } from '../../platform/database/test-database.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { FileReport } from './file-load.js';
import { loadReference, type ReferenceReport } from './load-reference.js';

/** Facts trimmed from the publishers' files, at most 200 rows each, in their own columns. */
const EXCERPTS = join(PROJECT_ROOT, 'test', 'support', 'reference-excerpts');

let database: TestDatabase;
let first: ReferenceReport;
let scratch: string;

beforeAll(async () => {
  database = await testDatabase();
  scratch = mkdtempSync(join(tmpdir(), 'reference-'));
  first = await load(EXCERPTS);
});
afterAll(async () => {
  rmSync(scratch, { recursive: true });
  await database.drop();
});

function load(directory: string): Promise<ReferenceReport> {
  const transactions = new Transactions(database.source);
  return loadReference((work) => transactions.run(work), directory);
}

const rowsOf = <T = Record<string, unknown>>(sql: string): Promise<T[]> => database.source.query<T[]>(sql);
const reportOf = (report: ReferenceReport, file: string, table: string): FileReport | undefined =>
  report.files.find((one) => one.file === file && one.table === table);

/** A copy of one folder of the excerpts with one file rewritten. */
function altered(folder: string, file: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(scratch, 'altered-'));
  cpSync(join(EXCERPTS, folder), join(copy, folder), { recursive: true });
  const path = join(copy, folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return copy;
}

describe('loading', () => {
  test('takes every excerpt without a bad row, and accounts for every row that it read', () => {
    expect(first.failed).toEqual([]);
    expect(first.files.flatMap((file) => file.problems)).toEqual([]);
    for (const file of first.files) {
      const leftOut = Object.values(file.leftOut).reduce((sum, count) => sum + count, 0);
      expect([file.file, file.added + file.changed + file.unchanged + leftOut + file.problemCount]).toEqual([
        file.file,
        file.read,
      ]);
    }
  });

  test('the same folder again changes nothing, and the report says so', async () => {
    const again = await load(EXCERPTS);
    expect(again.files.filter((file) => file.added + file.changed > 0)).toEqual([]);
    expect(again.files.reduce((sum, file) => sum + file.unchanged, 0)).toBe(
      first.files.reduce((sum, file) => sum + file.added + file.changed + file.unchanged, 0),
    );
  });

  test('a corrected figure is one changed row', async () => {
    const folder = altered('kystats-outlook-2022-32', 'ky_occupational_outlook_by_lwa.csv', (text) =>
      text.replace('Registered Nurses,291141,29,,3370,', 'Registered Nurses,291141,29,,3371,'),
    );
    const report = await load(folder);
    const projections = reportOf(report, 'ky_occupational_outlook_by_lwa.csv', 'labor_projection');
    expect([projections?.added, projections?.changed]).toEqual([0, 1]);
    await load(EXCERPTS);
  });

  test('a bad row is left out and named with line, column, what was found and what was expected', async () => {
    const folder = altered('kystats-outlook-2022-32', 'ky_occupational_outlook_by_lwa.csv', (text) =>
      text.replace('Cashiers,412011,41,,47823,', 'Cashiers,412011,41,,many,'),
    );
    const report = await load(folder);
    const projections = reportOf(report, 'ky_occupational_outlook_by_lwa.csv', 'labor_projection');
    expect(projections?.problems).toEqual([{ line: 9, column: 'emp_2022', found: 'many', expected: 'a number' }]);
    expect(projections?.problemCount).toBe(1);
  });

  test('a table that lacks a column leaves no trace of its source, and the others are loaded all the same', async () => {
    const folder = altered('onet-29.3', 'knowledge.csv', (text) => text.replace('Element ID', 'Element'));
    cpSync(join(EXCERPTS, 'ipeds-hd2023'), join(folder, 'ipeds-hd2023'), { recursive: true });
    await database.source.query(`DELETE FROM task_dwa`);
    const report = await load(folder);
    expect(report.failed).toEqual([
      { folder: 'onet-29.3', reason: expect.stringContaining('expected also "Element ID"') },
    ]);
    expect(await rowsOf('SELECT 1 FROM task_dwa')).toEqual([]);
    expect(report.files.map((file) => file.folder)).toEqual(['ipeds-hd2023']);
    await load(EXCERPTS);
  });

  test('folders that are missing or that nobody reads are named, not errors', async () => {
    const folder = altered('nj-credentials', 'in_demand_socs.csv', (text) => text);
    rmSync(join(folder, 'nj-credentials', 'in_demand_cips.csv'));
    cpSync(join(EXCERPTS, 'ipeds-hd2023'), join(folder, 'holiday-pictures'), { recursive: true });
    const report = await load(folder);
    expect(report.failed).toEqual([]);
    expect(report.notFound).toContain('counties/');
    expect(report.notFound).toContain('nj-credentials/in_demand_cips.csv');
    expect(report.unknown).toEqual(['holiday-pictures/']);
  });

  test('one source’s own folder can be loaded alone', async () => {
    const report = await load(join(EXCERPTS, 'bls-oews-national-2025-05'));
    expect(report.files.map((file) => file.table)).toEqual(['national_wage']);
    expect(report.notFound).toEqual([]);
  });
});

describe('O*NET', () => {
  test('suppressed and not relevant ratings are unknown with the reason beside them, never zero', async () => {
    const ratings = await rowsOf(`
      SELECT onet_soc, element_id, importance::float, importance_suppressed AS "imHidden", level::float,
             level_suppressed AS "lvHidden", level_not_relevant AS irrelevant
        FROM occupation_skill WHERE (onet_soc, element_id) IN (('11-3031.00', '2.B.3.a'), ('27-3043.00', '2.C.7.a'))
       ORDER BY onet_soc`);
    expect(ratings).toEqual([
      {
        onet_soc: '11-3031.00',
        element_id: '2.B.3.a',
        importance: 1.75,
        imHidden: false,
        level: null,
        lvHidden: true,
        irrelevant: false,
      },
      {
        onet_soc: '27-3043.00',
        element_id: '2.C.7.a',
        importance: null,
        imHidden: true,
        level: 4.98,
        lvHidden: false,
        irrelevant: false,
      },
    ]);
    const irrelevant = await rowsOf(`SELECT 1 FROM occupation_skill WHERE level_not_relevant AND level IS NOT NULL`);
    expect(irrelevant).toEqual([]);
    expect(await rowsOf('SELECT 1 FROM occupation_skill WHERE level_not_relevant')).not.toEqual([]);
  });

  test('occupations without ratings are there without any', async () => {
    const found = await rowsOf(`
      SELECT o.soc, count(s.element_id)::integer AS ratings FROM occupation o LEFT JOIN occupation_skill s USING (onet_soc)
       WHERE o.onet_soc IN ('55-1011.00', '29-1141.00') GROUP BY o.soc ORDER BY o.soc`);
    expect(found).toEqual([
      { soc: '29-1141', ratings: 27 },
      { soc: '55-1011', ratings: 0 },
    ]);
  });

  test('the tab-separated release says the same as the trimmed copy, row for row', async () => {
    const report = await load(join(EXCERPTS, 'db_29_3_text'));
    expect(report.failed).toEqual([]);
    expect(report.files.flatMap((file) => file.problems)).toEqual([]);
    expect(
      report.files
        .map((file) => [file.file, file.added, file.changed])
        .filter(([, added, changed]) => added || changed),
    ).toEqual([]);
    expect(reportOf(report, 'Skills.txt', 'occupation_skill')).toMatchObject({
      read: 78,
      unchanged: 39,
      leftOut: { 'joined-with-next-row': 39 },
    });
    expect(report.notFound).toEqual(['db_29_3_text/related_occupations.csv or Related Occupations.txt']);
  });

  test('a release on its own fills the same tables', async () => {
    await database.source.query('TRUNCATE occupation CASCADE');
    const report = await load(join(EXCERPTS, 'db_29_3_text'));
    expect(reportOf(report, 'Knowledge.txt', 'occupation_skill')?.added).toBe(42);
    const hidden = await rowsOf(
      `SELECT level FROM occupation_skill WHERE (onet_soc, element_id) = ('11-3031.00', '2.B.3.a')`,
    );
    expect(hidden).toEqual([{ level: null }]);
    await load(EXCERPTS);
  });

  test('a rating whose level is missing is a bad row of the release', async () => {
    const folder = altered('db_29_3_text', 'Skills.txt', (text) => {
      const lines = text.split('\n');
      return [...lines.slice(0, 2), ...lines.slice(3)].join('\n');
    });
    const report = await load(folder);
    expect(reportOf(report, 'Skills.txt', 'occupation_skill')?.problems).toEqual([
      { line: 3, column: 'Scale ID', found: 'IM after 2.A.1.a IM', expected: 'LV of that element first' },
    ]);
  });

  test('a title that is printed twice is there once, and counted', () => {
    expect(reportOf(first, 'alternate_titles.csv', 'alternate_title')?.leftOut).toEqual({ 'repeated-row': 1 });
  });

  test('blank task kinds stay unknown and education categories are shares of respondents, unless suppressed', async () => {
    expect(await rowsOf('SELECT 1 FROM task WHERE kind IS NULL')).not.toEqual([]);
    const nurses = await rowsOf(`
      SELECT category, respondent_share::float AS share FROM occupation_education
       WHERE onet_soc = '29-1141.00' AND scale = 'required-education' ORDER BY category`);
    expect(nurses.slice(2, 4)).toEqual([
      { category: 5, share: 0.1939 },
      { category: 6, share: null },
    ]);
  });
});

describe('codes', () => {
  test('NO MATCH is no occupation and no program: such pairs are counted, not stored', async () => {
    expect(reportOf(first, 'cip2020_soc2018_crosswalk.csv', 'cip_soc')?.leftOut).toEqual({
      'program-without-occupation': 1,
      'occupation-without-program': 3,
    });
    expect(await rowsOf(`SELECT 1 FROM cip_soc WHERE soc = '99-9999' OR cip_code = '99.9999'`)).toEqual([]);
  });

  test('a hybrid code is kept with every occupation that it stands for', async () => {
    const hybrid = await rowsOf(
      `SELECT estimate_code, soc FROM soc_estimate WHERE estimate_code <> soc ORDER BY estimate_code, soc`,
    );
    expect(hybrid).toContainEqual({ estimate_code: '31-1120', soc: '31-1121' });
    expect(hybrid).toContainEqual({ estimate_code: '51-2090', soc: '51-2099' });
  });

  test('program titles lose their final full stop', async () => {
    expect(await rowsOf(`SELECT title FROM cip WHERE cip_code = '51.3801'`)).toEqual([
      { title: 'Registered Nursing/Registered Nurse' },
    ]);
  });
});

describe('the Kentucky outlook', () => {
  test('ten-year totals are a year’s, annual wages hourly cents, and codes have their hyphen', async () => {
    const nurses = await rowsOf(`
      SELECT soc, employment_count AS employment, growth_share::float AS growth, annual_openings::float AS openings,
             median_wage_hourly_cents AS median, entry_education AS education, source_id AS source
        FROM labor_projection WHERE area_id = 'ky-ekcep' AND title = 'Registered Nurses'`);
    expect(nurses).toEqual([
      {
        soc: '29-1141',
        employment: 3370,
        growth: 0.050148,
        openings: 202.7,
        median: 3300,
        education: 'bachelor',
        source: 'kystats-outlook-2022-32',
      },
    ]);
    const turnover = await rowsOf(`
      SELECT annual_exits::float AS exits, annual_transfers::float AS transfers
        FROM labor_turnover WHERE area_id = 'ky-ekcep' AND soc = '29-1141'`);
    expect(turnover).toEqual([{ exits: 114.7, transfers: 71.1 }]);
  });

  test('summary rows are not occupations: the area’s total stands apart, major groups are left out', async () => {
    expect(await rowsOf(`SELECT 1 FROM labor_projection WHERE soc IN ('00-0000', '29-0000')`)).toEqual([]);
    expect(
      await rowsOf(
        `SELECT area_id, annual_openings::float AS openings FROM labor_area_total WHERE area_id LIKE 'ky-%' ORDER BY area_id`,
      ),
    ).toEqual([
      { area_id: 'ky-ekcep', openings: 12782.6 },
      { area_id: 'ky-kentuckiana-works', openings: 67332.5 },
    ]);
  });

  test('an occupation without a wage has none, and zero growth is zero', async () => {
    const farmers = await rowsOf(`
      SELECT median_wage_hourly_cents AS median, growth_share::float AS growth FROM labor_projection
       WHERE area_id = 'ky-ekcep' AND soc = '11-9013'`);
    expect(farmers).toEqual([{ median: null, growth: 0 }]);
  });

  test('hybrid codes are kept as published', async () => {
    const hybrid = await rowsOf(
      `SELECT soc FROM labor_projection WHERE area_id = 'ky-ekcep' AND soc IN ('31-1120', '51-2090') ORDER BY soc`,
    );
    expect(hybrid).toEqual([{ soc: '31-1120' }, { soc: '51-2090' }]);
  });
});

describe('BLS', () => {
  test('thousands become persons, and openings are already a year’s', async () => {
    const nation = await rowsOf(`
      SELECT employment_count AS employment, annual_openings::float AS openings FROM labor_area_total WHERE area_id = 'us'`);
    expect(nation).toEqual([{ employment: 169_956_100, openings: 18_863_300 }]);
  });

  test('only line items are occupations', async () => {
    const cashiers = await rowsOf(`SELECT soc FROM labor_projection WHERE area_id = 'us' AND title = 'Cashiers'`);
    expect(cashiers).toEqual([{ soc: '41-2011' }]);
  });

  test('an em dash is an unknown wage, and a wage above the top code is unknown but marked', async () => {
    const wages = await rowsOf(`
      SELECT soc, median_wage_hourly_cents AS median, is_median_wage_top_coded AS "topCoded" FROM labor_projection
       WHERE area_id = 'us' AND soc IN ('27-2011', '29-1242', '29-1141') ORDER BY soc`);
    expect(wages).toEqual([
      { soc: '27-2011', median: null, topCoded: false },
      { soc: '29-1141', median: 4500, topCoded: false },
      { soc: '29-1242', median: null, topCoded: true },
    ]);
  });

  test('work paid by the year has no hourly wage, work paid by the hour no annual one', async () => {
    const wages = await rowsOf(`
      SELECT soc, median_wage_hourly_cents AS hourly, median_wage_annual_cents::float AS annual, is_annual_only AS "annualOnly"
        FROM national_wage WHERE soc IN ('11-9032', '27-2011') ORDER BY soc`);
    expect(wages).toEqual([
      { soc: '11-9032', hourly: null, annual: 10_587_000, annualOnly: true },
      { soc: '27-2011', hourly: 2905, annual: null, annualOnly: false },
    ]);
  });

  test('a code that is printed as broad and as detailed counts once, and totals are no occupations', async () => {
    expect(reportOf(first, 'national_M2025.csv', 'national_wage')?.leftOut).toEqual({ 'summary-row': 5 });
    expect(await rowsOf(`SELECT 1 FROM national_wage WHERE soc IN ('00-0000', '29-0000')`)).toEqual([]);
    expect(await rowsOf(`SELECT employment_count AS employment FROM national_wage WHERE soc = '31-1120'`)).toEqual([
      { employment: 4_305_810 },
    ]);
  });
});

describe('counties', () => {
  test('a center that cannot be right gives way to the center of population; where there is neither there is none', async () => {
    const centers = await rowsOf(`
      SELECT fips, longitude_degrees::float AS longitude, center_source_id AS source FROM county
       WHERE fips IN ('02016', '09110', '21193') ORDER BY fips`);
    expect(centers).toEqual([
      { fips: '02016', longitude: -168.29289, source: 'census-popctr-2010' },
      { fips: '09110', longitude: null, source: null },
      { fips: '21193', longitude: -83.2231, source: 'us-atlas' },
    ]);
  });

  test('figures that a county lacks are unknown: Connecticut’s regions have no 2023 unemployment', async () => {
    const found = await rowsOf(`
      SELECT fips, unemployment_share::float AS unemployment, rucc FROM county WHERE fips IN ('09110', '21193', '60030') ORDER BY fips`);
    expect(found).toEqual([
      { fips: '09110', unemployment: null, rucc: 1 },
      { fips: '21193', unemployment: 0.056, rucc: 7 },
      { fips: '60030', unemployment: null, rucc: null },
    ]);
  });

  test('a ZIP code touches several counties, and counties of before 2023 are left out and counted', async () => {
    const zip = await rowsOf(`SELECT fips FROM zip_county WHERE zip = '40059' ORDER BY fips`);
    expect(zip).toEqual([{ fips: '21111' }, { fips: '21185' }]);
    expect(reportOf(first, 'zip_county_dol.csv', 'zip_county')?.leftOut).toEqual({
      'county-not-of-2023': expect.any(Number),
    });
    expect(reportOf(first, 'county_adjacency_census.csv', 'county_adjacency')).toMatchObject({
      added: 2,
      leftOut: { 'county-not-of-2023': 6 },
    });
  });
});

describe('institutions and credentials', () => {
  test('an institution without a county of 2023 is kept without one', async () => {
    expect(await rowsOf(`SELECT name FROM reference_institution WHERE county_fips IS NULL`)).not.toEqual([]);
    expect(
      await rowsOf(
        `SELECT 1 FROM reference_institution WHERE name = 'University of Louisville' AND county_fips = '21111'`,
      ),
    ).toHaveLength(1);
  });

  test('New Jersey’s deleted rows are left out, and of one name under several numbers the lowest stays', async () => {
    const report = reportOf(first, 'TBLINDUSTRYCREDENTIAL_DATA_TABLE.csv', 'reference_credential');
    expect(report?.leftOut).toEqual({
      'deleted-by-publisher': expect.any(Number),
      'repeated-name': expect.any(Number),
    });
    const pharmacy = await rowsOf(`
      SELECT credential_id, name FROM reference_credential WHERE name ILIKE 'pharmacy technician' ORDER BY credential_id`);
    expect(pharmacy).toEqual([
      { credential_id: 'nj-industry-credential-966', name: 'Pharmacy Technician' },
      { credential_id: 'nj-license-1039', name: 'PHARMACY TECHNICIAN' },
    ]);
    expect(await rowsOf(`SELECT 1 FROM reference_credential WHERE credential_id = 'nj-license-804'`)).toEqual([]);
  });
});

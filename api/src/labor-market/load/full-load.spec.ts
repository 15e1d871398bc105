import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PROJECT_ROOT } from '../../platform/config/config.js';
import { testDatabase, type TestDatabase } from '../../platform/database/test-database.js';
import { Transactions } from '../../platform/database/transactions.js';
import { writeStarter } from '../compile-starter.js';
import { STARTER_FOLDER } from '../starter-region.js';
import { loadReference, type ReferenceReport } from './load-reference.js';

/** The publishers' whole files, where a workplace has them beside the project. */
const DATA = join(PROJECT_ROOT, '..', 'shared', 'data');
const present = existsSync(DATA);
if (!present) process.stderr.write('skipped: the full reference load, since ../shared/data is not there\n');

(present ? describe : describe.skip)('the full load of ../shared/data (skipped where it is not there)', () => {
  let database: TestDatabase;
  let first: ReferenceReport;

  beforeAll(async () => {
    database = await testDatabase();
    first = await load();
  }, 180_000);
  afterAll(() => database.drop());

  function load(): Promise<ReferenceReport> {
    const transactions = new Transactions(database.source);
    return loadReference((work) => transactions.run(work), DATA);
  }

  test('takes every source without a bad row', () => {
    expect(first.failed).toEqual([]);
    expect(first.notFound).toEqual([]);
    expect(first.files.flatMap((file) => file.problems)).toEqual([]);
  });

  test.each([
    ['occupation', 1_016],
    ['occupation_skill', 30_765 + 29_007],
    ['occupation_technology', 32_681],
    ['alternate_title', 56_558],
    ['task_dwa', 23_233],
    ['job_zone', 923],
    ['cip_soc', 6_097 - 194 - 180],
    ['labor_projection', 4_992 + 832],
    ['labor_area_total', 12],
    ['national_wage', 830],
    ['county', 3_235],
    ['reference_institution', 6_059],
    ['reference_credential', 2_041 - 264 - 22 + 206],
  ])('%s holds %d rows', async (table, rows) => {
    const found = await database.source.query<{ count: number }[]>(`SELECT count(*)::integer AS count FROM ${table}`);
    expect(found).toEqual([{ count: rows }]);
  });

  test('2,173 programs have six digits, 879 occupations have ratings', async () => {
    const found = await database.source.query<Record<string, number>[]>(`
      SELECT (SELECT count(*)::integer FROM cip WHERE length(cip_code) = 7) AS programs,
             (SELECT count(DISTINCT onet_soc)::integer FROM occupation_skill) AS rated,
             (SELECT count(*)::integer FROM labor_projection WHERE area_id = 'ky-ekcep') AS ekcep,
             (SELECT count(*)::integer FROM labor_projection WHERE area_id = 'ky-kentuckiana-works') AS kentuckiana`);
    expect(found).toEqual([{ programs: 2_173, rated: 879, ekcep: 386, kentuckiana: 544 }]);
  });

  test('every code under which Kentucky publishes is a SOC 2018 occupation or a hybrid that stands for some', async () => {
    const strangers = await database.source.query<unknown[]>(`
      SELECT DISTINCT p.soc FROM labor_projection p
       WHERE NOT EXISTS (SELECT FROM soc_definition d WHERE d.soc = p.soc AND d.soc_group = 'detailed')
         AND NOT EXISTS (SELECT FROM soc_estimate e WHERE e.estimate_code = p.soc)`);
    expect(strangers).toEqual([]);
  });

  test('the starter region that ships is what these files compile to', async () => {
    const into = mkdtempSync(join(tmpdir(), 'starter-'));
    await new Transactions(database.source).read((em) => writeStarter(em, into));
    for (const file of readdirSync(into)) {
      expect([file, readFileSync(join(into, file), 'utf8')]).toEqual([
        file,
        readFileSync(join(STARTER_FOLDER, file), 'utf8'),
      ]);
    }
    rmSync(into, { recursive: true });
  });

  test('the whole again changes nothing', async () => {
    const again = await load();
    expect(again.files.filter((file) => file.added + file.changed > 0)).toEqual([]);
  }, 180_000);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type CohortResult } from '@throughway/vocabulary/alignment-result';
import { parseRatio } from '@throughway/vocabulary/parse-ratio';
import { alignCohorts } from './align-cohorts.js';
import { day, NetworkBuilder } from './network.builder.js';

type Row = { id: string; skills?: string[]; credentials?: unknown; [column: string]: unknown };

/** One story: what is given, with the builder's defaults for what is not said, and what must come out of it. */
interface WorkedCase {
  story: string;
  source: string;
  asOf: string;
  /** As written; 0.8 when absent. */
  threshold?: string;
  given: Record<'institutions' | 'pathways' | 'versions' | 'units' | 'cohorts' | 'requirements', Row[]> & {
    commitments?: (Row & { requirementId: string })[];
  };
  expect: { cohorts: Record<string, Partial<CohortResult>>; totals: object };
}

const folder = join(import.meta.dirname, '..', 'cases');
const cases = readdirSync(folder).map((file): [string, WorkedCase] => [
  file,
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkedCase,
]);

/** Columns that hold a day are the ones that end in On or By. */
function columns(row: Row): object {
  const cells = Object.entries(row).filter(([name]) => !['id', 'skills', 'credentials'].includes(name));
  return Object.fromEntries(cells.map(([name, value]) => [name, /(On|By)$/.test(name) ? day(value as string) : value]));
}

function networkOf({ given }: WorkedCase) {
  const builder = new NetworkBuilder();
  for (const row of given.institutions) builder.institution(row.id, columns(row));
  for (const row of given.pathways) builder.pathway(row.id, columns(row));
  for (const row of given.versions) builder.version(row.id, columns(row), row.credentials as string[] | undefined);
  for (const row of given.units) builder.unit(row.id, row.skills ?? [], columns(row));
  for (const row of given.cohorts) builder.cohort(row.id, columns(row));
  for (const row of given.requirements)
    builder.requirement(row.id, row.skills, columns(row), row.credentials as Record<string, 'required'> | undefined);
  for (const row of given.commitments ?? []) builder.commitment(row.id, row.requirementId, columns(row));
  return builder.network;
}

test.each(cases)('%s', (_, worked) => {
  const { cohorts, totals } = alignCohorts(networkOf(worked), {
    asOf: day(worked.asOf),
    threshold: parseRatio(worked.threshold ?? '0.8')!,
    commutingZoneOf: () => null,
  });
  const results = Object.fromEntries(cohorts.map((result) => [result.cohortId, result]));
  expect(results).toMatchObject(worked.expect.cohorts);
  expect(totals).toEqual(worked.expect.totals);
});

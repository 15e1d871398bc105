import { Chance } from './chance.ts';
import { fromDay, toDay } from './days.ts';
import type { Folder, Row } from './random-folder.ts';
import { TABLES } from './tables.ts';

const AS_OF = '2026-06-30';
const COUNTY = '21005';
const JOBS = ['direct-hire', 'conditional-offer', 'apprenticeship-entry'];

/**
 * Builds a folder in which several cohorts want the same few seats, each pair with a coverage of its own, so that the best
 * assignment needs graduates moved from seat to seat: one occupation and one to three skills per requirement, one pathway per
 * cohort, commitments open to some pathways and for some completion days only. Valid by construction.
 */
export function randomMarket(seed: number): Folder {
  const chance = new Chance(seed);
  const D = toDay(AS_OF)!;
  const rows = new Map<string, Row[]>(TABLES.map((table) => [table.file, []]));
  const put = (file: string, row: Row): void => void rows.get(file)!.push(row);
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
  const soc = (at: number): string => `11-10${10 + at}`;
  const roomy = chance.happens(30);
  const seats = (): string => String(roomy ? chance.between(0, 40) : chance.pick([0, 1, 1, 2, 3]));

  put('employers', { employer_id: 'e' });
  put('sites', { site_id: 's', employer_id: 'e', county_fips: COUNTY });
  put('institutions', { institution_id: 'i', county_fips: COUNTY, reach: '' });
  put('credentials', { credential_id: 'c' });
  const skills = numbers(4).map((at) => `k${at}`);
  for (const skill of skills) put('skills', { skill_id: skill });
  const requirements = numbers(chance.between(2, 6));
  for (const at of requirements) {
    put('requirements', {
      requirement_id: `r${at}`,
      employer_id: 'e',
      site_id: 's',
      soc: soc(at),
      headcount_per_year: seats(),
      recorded_on: fromDay(D - 50),
      effective_on: fromDay(D - 50),
      review_by: fromDay(D + 50),
    });
    for (const skill of [chance.pick(skills), ...chance.some(skills, 25)].filter((s, i, all) => all.indexOf(s) === i))
      put('requirement_skills', {
        requirement_id: `r${at}`,
        skill_id: skill,
        level: String(chance.between(2, 4)),
        necessity: 'day-one',
        vote: chance.pick(['essential', 'important', 'useful', '']),
      });
    if (chance.happens(10))
      put('requirement_credentials', { requirement_id: `r${at}`, credential_id: 'c', necessity: 'required' });
  }
  for (const at of numbers(chance.between(2, 6))) {
    const aims = requirements.map(soc);
    put('pathways', { pathway_id: `p${at}`, institution_id: 'i', target_socs: chance.some(aims, 55).join(';') });
    put('versions', { version_id: `v${at}`, pathway_id: `p${at}`, adopted_on: fromDay(D - 10) });
    put('units', { unit_id: `u${at}`, version_id: `v${at}`, hours: '10' });
    for (const skill of skills)
      put('unit_skills', { unit_id: `u${at}`, skill_id: skill, level: String(chance.between(1, 4)) });
    if (chance.happens(60)) put('version_credentials', { version_id: `v${at}`, credential_id: 'c' });
    put('cohorts', {
      cohort_id: `h${at}`,
      version_id: `v${at}`,
      completes_on: fromDay(D + chance.pick([0, 30, 60, 364])),
      expected_completers: roomy ? String(chance.between(0, 60)) : seats(),
    });
  }
  const pathways = rows.get('pathways')!.map((row) => row.pathway_id!);
  for (const at of numbers(chance.between(0, 4)))
    put('commitments', {
      commitment_id: `m${at}`,
      employer_id: 'e',
      site_id: 's',
      requirement_id: `r${chance.pick(requirements)}`,
      pathway_id: chance.happens(60) ? '' : chance.pick(pathways),
      kind: chance.pick(JOBS),
      seats: seats(),
      opens_on: fromDay(D - 20),
      closes_on: fromDay(D + chance.pick([0, 30, 59, 60, 364])),
      answer_within_days: '5',
    });
  return { asOf: AS_OF, threshold: chance.pick(['0', '0.3', '0.5', '0.75']), rows };
}

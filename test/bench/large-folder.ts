import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/portal.ts';
import { seeded } from './measure.ts';

export interface FolderSize {
  zones: number;
  cohorts: number;
  requirements: number;
}

const DAY_MS = 86_400_000;
const AS_OF = Date.UTC(2026, 5, 30) / DAY_MS;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** A synthetic CSV folder of a national size, spread over real commuting zones; the same seed gives the same bytes. As of 2026-06-30. */
export function writeLargeFolder(folder: string, size: FolderSize, seed = 11): void {
  const random = seeded(seed);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const some = (count: number, limit: number): number[] => {
    const found = new Set<number>();
    while (found.size < Math.min(count, limit)) found.add(upTo(limit));
    return [...found];
  };
  const zones = countiesByZone().slice(0, size.zones);
  const countyIn = (zone: number): string => zones[zone]![upTo(zones[zone]!.length)]!;
  /** Twenty occupations per zone out of 800, as different regions ask for different work. */
  const soc = (zone: number, k: number): string => {
    const occupation = (zone * 37 + k * 29) % 800;
    return `${11 + (occupation % 40)}-${1000 + occupation}`;
  };
  const perZone = { cohorts: size.cohorts / size.zones, requirements: size.requirements / size.zones };
  const files = new Map<string, string[][]>();
  const add = (file: string, ...cells: (string | number)[]): void => {
    files.get(file)!.push(cells.map(String));
  };
  for (const [file, columns] of Object.entries(COLUMNS)) files.set(file, [columns.split(' ')]);

  for (let skill = 0; skill < 400; skill++) add('skills', `S${skill}`, `Sample skill ${skill}`);
  for (let credential = 0; credential < 60; credential++)
    add('credentials', `C${credential}`, `Sample credential ${credential}`);
  for (let zone = 0; zone < size.zones; zone++) {
    for (const county of zones[zone]!) add('areas', `A${zone}`, county);
    for (let occupation = 0; occupation < 20; occupation++) {
      add('projections', `A${zone}`, soc(zone, occupation), upTo(60), '21.50', 'Synthetic', '2022-2032');
    }
    for (let k = 0; k < perZone.requirements; k++) {
      const id = `${zone}-${k}`;
      if (k % 2 === 0) {
        add('employers', `E${id}`, `Sample firm ${id}`, '', '', '', '');
        add('sites', `P${id}`, `E${id}`, `Sample site ${id}`, countyIn(zone), 'America/New_York');
      }
      const owner = `${zone}-${k - (k % 2)}`;
      const effective = AS_OF - upTo(700);
      const row = [`R${id}`, `E${owner}`, `P${owner}`, soc(zone, upTo(20)), `Sample role ${id}`, 1 + upTo(9), '19.00'];
      add('requirements', ...row, dateOf(effective - upTo(30)), dateOf(effective), dateOf(effective + 400 + upTo(400)));
      for (const skill of some(10, 36)) {
        const necessity = ['day-one', 'day-one', 'day-one', 'trainable', 'preferred'][upTo(5)]!;
        const vote = ['', 'essential', 'important', 'useful'][upTo(4)]!;
        add('requirement_skills', `R${id}`, `S${skill}`, 1 + upTo(3), necessity, vote);
      }
      if (upTo(4) === 0) add('requirement_credentials', `R${id}`, `C${upTo(60)}`, upTo(2) ? 'required' : 'preferred');
      if (upTo(5) === 0) {
        const opens = AS_OF - upTo(300);
        const kind = ['direct-hire', 'conditional-offer', 'guaranteed-interview'][upTo(3)]!;
        const window = [dateOf(opens), dateOf(opens + 500), 10];
        add('commitments', `H${id}`, `E${owner}`, `P${owner}`, `R${id}`, '', kind, 1 + upTo(4), '19.00', ...window);
        const activated = opens + upTo(100);
        const answered = activated + 5 < AS_OF ? [dateOf(activated + 5), 'offer', ''] : ['', '', ''];
        add('activations', `T${id}`, `H${id}`, dateOf(activated), dateOf(activated + 14), ...answered, '');
      }
    }
    for (let k = 0; k < perZone.cohorts / 2; k++) {
      const id = `${zone}-${k}`;
      if (k % 5 === 0) {
        add('institutions', `I${id}`, `Sample center ${id}`, countyIn(zone), '');
        add('educators', `D${id}`, `I${id}`, `Sample educator ${id}`);
        for (const skill of some(20, 36)) add('educator_skills', `D${id}`, `S${skill}`, dateOf(AS_OF - upTo(1500)));
      }
      const targets = some(3, 20)
        .map((k) => soc(zone, k))
        .join(';');
      add('pathways', `W${id}`, `I${zone}-${k - (k % 5)}`, `Sample pathway ${id}`, '48.0508', targets);
      add('versions', `V${id}`, `W${id}`, dateOf(AS_OF - 200 - upTo(900)));
      for (let unit = 0; unit < 6; unit++) {
        add('units', `U${id}-${unit}`, `V${id}`, `Sample unit ${unit}`, 20 + upTo(60));
        for (const skill of some(6, 36)) add('unit_skills', `U${id}-${unit}`, `S${skill}`, 1 + upTo(4));
      }
      add('version_credentials', `V${id}`, `C${upTo(60)}`);
      for (const half of [0, 1]) add('cohorts', `K${id}-${half}`, `V${id}`, dateOf(AS_OF + upTo(500)), 5 + upTo(26));
      const occurred = AS_OF - upTo(900);
      const partner = `E${zone}-${2 * upTo(perZone.requirements / 2)}`;
      const dates = [dateOf(occurred), dateOf(occurred + 3), dateOf(occurred + 8)];
      add('evidence', `X${id}`, partner, `W${id}`, '', ['meeting', 'tour', 'hire'][upTo(3)]!, ...dates, '', 1, '', '');
    }
  }
  mkdirSync(folder, { recursive: true });
  for (const [file, rows] of files) {
    writeFileSync(join(folder, `${file}.csv`), rows.map((cells) => `${cells.join(',')}\n`).join(''));
  }
}

const COLUMNS: Record<string, string> = {
  employers: 'employer_id name naics contact_email ein website',
  sites: 'site_id employer_id name county_fips time_zone',
  skills: 'skill_id name',
  credentials: 'credential_id name',
  requirements:
    'requirement_id employer_id site_id soc title headcount_per_year wage_floor_hourly recorded_on effective_on review_by',
  requirement_skills: 'requirement_id skill_id level necessity vote',
  requirement_credentials: 'requirement_id credential_id necessity',
  institutions: 'institution_id name county_fips reach',
  pathways: 'pathway_id institution_id name cip target_socs',
  versions: 'version_id pathway_id adopted_on',
  units: 'unit_id version_id name hours',
  unit_skills: 'unit_id skill_id level',
  version_credentials: 'version_id credential_id',
  cohorts: 'cohort_id version_id completes_on expected_completers',
  commitments:
    'commitment_id employer_id site_id requirement_id pathway_id kind seats wage_floor_hourly opens_on closes_on answer_within_days',
  activations: 'activation_id commitment_id activated_on due_on answered_on disposition reason cohort_id',
  evidence:
    'evidence_id employer_id pathway_id site_id kind occurred_on recorded_on confirmed_on second_person quantity agreement_on evaluated_on',
  educators: 'educator_id institution_id name',
  educator_skills: 'educator_id skill_id last_industry_contact_on',
  areas: 'area_id county_fips',
  projections: 'area_id soc annual_openings median_wage_hourly source vintage',
};

/** Counties of each commuting zone with at least three, in file order. */
function countiesByZone(): string[][] {
  const zones = new Map<string, string[]>();
  const lines = readFileSync(join(ROOT, 'api/data/commuting-zones.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  for (const line of lines) {
    const [county, zone] = line.split(',') as [string, string];
    zones.set(zone, [...(zones.get(zone) ?? []), county]);
  }
  return [...zones.values()].filter((counties) => counties.length >= 3);
}

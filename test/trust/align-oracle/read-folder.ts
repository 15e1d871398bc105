import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from './csv.ts';
import { toDay } from './days.ts';
import { TABLES } from './tables.ts';

type Cells = Map<string, string>;

export interface Requirement {
  id: string;
  employerId: string;
  county: string;
  soc: string;
  headcount: number;
  recordedOn: number;
  effectiveOn: number;
  reviewBy: number;
  skills: { skillId: string; level: number; necessity: string; weight: number }[];
  credentials: { credentialId: string; necessity: string }[];
}

export interface Institution {
  id: string;
  county: string;
  reach: Set<string>;
  /** The area that contains its county, null for none. */
  areaId: string | null;
}

export interface Pathway {
  id: string;
  institution: Institution;
  /** Target occupations on seven characters. */
  targets: Set<string>;
}

export interface Version {
  id: string;
  pathway: Pathway;
  adoptedOn: number;
  units: { hours: string; skills: { skillId: string; level: number }[] }[];
  credentials: Set<string>;
}

export interface Cohort {
  id: string;
  version: Version;
  completesOn: number;
  completers: number;
}

export interface Commitment {
  id: string;
  employerId: string;
  requirement: Requirement;
  /** '' is any pathway. */
  pathwayId: string;
  kind: string;
  seats: number;
  opensOn: number;
  closesOn: number;
}

export interface Activation {
  id: string;
  commitment: Commitment;
  activatedOn: number;
  dueOn: number;
  answeredOn: number | null;
  disposition: string;
  reason: string;
  cohortId: string;
}

export interface Evidence {
  id: string;
  employerId: string;
  pathwayId: string;
  kind: string;
  occurredOn: number;
  recordedOn: number;
  confirmedOn: number | null;
  secondPerson: boolean;
  hasQuantity: boolean;
  agreementOn: number | null;
  evaluatedOn: number | null;
}

export interface Network {
  employerIds: string[];
  requirements: Requirement[];
  pathways: Pathway[];
  versions: Version[];
  cohorts: Cohort[];
  commitments: Commitment[];
  activations: Activation[];
  evidence: Evidence[];
  contacts: { institutionId: string; skillId: string; lastContactOn: number }[];
  projections: { areaId: string; soc: string; openings: string; vintage: string }[];
}

const WEIGHTS = new Map([
  ['essential', 3],
  ['important', 2],
  ['useful', 1],
  ['', 1],
]);

export const onSeven = (soc: string): string => soc.slice(0, 7);

/** The 2020 commuting zone of each county, from a CSV of county and zone with a header. */
export function readZones(file: string): Map<string, string> {
  return new Map(
    parseCsv(readFileSync(file))
      .records.slice(1)
      .map((record) => [record.cells[0]!, record.cells[1]!]),
  );
}

function readCells(folder: string): (file: string) => Cells[] {
  const files = new Map<string, Cells[]>();
  for (const { file, columns } of TABLES) {
    const path = join(folder, `${file}.csv`);
    const [header, ...records] = existsSync(path) ? parseCsv(readFileSync(path)).records : [];
    files.set(
      file,
      records.map((record) => {
        const cells: Cells = new Map(columns.map((column) => [column.name, '']));
        header!.cells.forEach((name, index) => cells.set(name, record.cells[index]!));
        return cells;
      }),
    );
  }
  return (file) => files.get(file)!;
}

const day = (row: Cells, column: string): number => toDay(row.get(column)!)!;
const dayOrNull = (row: Cells, column: string): number | null => (row.get(column) === '' ? null : day(row, column));

function byId<T extends { id: string }>(list: T[]): (id: string) => T {
  const map = new Map(list.map((item) => [item.id, item]));
  return (id) => map.get(id)!;
}

/** Several areas: fewest counties, then area_id (EXACT, Area). */
function areaOf(county: string, areas: Cells[]): string | null {
  const containing = areas.filter((row) => row.get('county_fips') === county).map((row) => row.get('area_id')!);
  const size = (areaId: string): number => areas.filter((row) => row.get('area_id') === areaId).length;
  containing.sort((a, b) => size(a) - size(b) || (a < b ? -1 : 1));
  return containing[0] ?? null;
}

function reachOf(row: Cells, zones: Map<string, string>): Set<string> {
  const declared = row.get('reach')!;
  if (declared !== '') return new Set(declared.split(';'));
  const county = row.get('county_fips')!;
  const zone = zones.get(county);
  if (zone === undefined) return new Set([county]);
  return new Set([...zones].filter(([, other]) => other === zone).map(([fips]) => fips));
}

/** The rows of a valid folder, joined; a folder with errors is checkFolder's business, and gives anything here. */
export function readFolder(folder: string, zones: Map<string, string>): Network {
  const rows = readCells(folder);
  const countyOfSite = new Map(rows('sites').map((row) => [row.get('site_id')!, row.get('county_fips')!]));
  const requirements = rows('requirements').map((row): Requirement => {
    const id = row.get('requirement_id')!;
    return {
      id,
      employerId: row.get('employer_id')!,
      county: countyOfSite.get(row.get('site_id')!)!,
      soc: onSeven(row.get('soc')!),
      headcount: Number(row.get('headcount_per_year')),
      recordedOn: day(row, 'recorded_on'),
      effectiveOn: day(row, 'effective_on'),
      reviewBy: day(row, 'review_by'),
      skills: rows('requirement_skills')
        .filter((line) => line.get('requirement_id') === id)
        .map((line) => ({
          skillId: line.get('skill_id')!,
          level: Number(line.get('level')),
          necessity: line.get('necessity')!,
          weight: WEIGHTS.get(line.get('vote')!)!,
        })),
      credentials: rows('requirement_credentials')
        .filter((line) => line.get('requirement_id') === id)
        .map((line) => ({ credentialId: line.get('credential_id')!, necessity: line.get('necessity')! })),
    };
  });
  const institutions = rows('institutions').map((row): Institution => {
    const county = row.get('county_fips')!;
    return {
      id: row.get('institution_id')!,
      county,
      reach: reachOf(row, zones),
      areaId: areaOf(county, rows('areas')),
    };
  });
  const institution = byId(institutions);
  const pathways = rows('pathways').map((row): Pathway => {
    const socs = row.get('target_socs')!;
    return {
      id: row.get('pathway_id')!,
      institution: institution(row.get('institution_id')!),
      targets: new Set(socs === '' ? [] : socs.split(';').map(onSeven)),
    };
  });
  const pathway = byId(pathways);
  const versions = rows('versions').map((row): Version => {
    const id = row.get('version_id')!;
    return {
      id,
      pathway: pathway(row.get('pathway_id')!),
      adoptedOn: day(row, 'adopted_on'),
      units: rows('units')
        .filter((unit) => unit.get('version_id') === id)
        .map((unit) => ({
          hours: unit.get('hours')!,
          skills: rows('unit_skills')
            .filter((line) => line.get('unit_id') === unit.get('unit_id'))
            .map((line) => ({ skillId: line.get('skill_id')!, level: Number(line.get('level')) })),
        })),
      credentials: new Set(
        rows('version_credentials')
          .filter((line) => line.get('version_id') === id)
          .map((line) => line.get('credential_id')!),
      ),
    };
  });
  const version = byId(versions);
  const requirement = byId(requirements);
  const commitments = rows('commitments').map((row): Commitment => ({
    id: row.get('commitment_id')!,
    employerId: row.get('employer_id')!,
    requirement: requirement(row.get('requirement_id')!),
    pathwayId: row.get('pathway_id')!,
    kind: row.get('kind')!,
    seats: Number(row.get('seats')),
    opensOn: day(row, 'opens_on'),
    closesOn: day(row, 'closes_on'),
  }));
  const commitment = byId(commitments);
  const schoolOf = new Map(rows('educators').map((row) => [row.get('educator_id')!, row.get('institution_id')!]));
  return {
    employerIds: rows('employers').map((row) => row.get('employer_id')!),
    requirements,
    pathways,
    versions,
    cohorts: rows('cohorts').map((row) => ({
      id: row.get('cohort_id')!,
      version: version(row.get('version_id')!),
      completesOn: day(row, 'completes_on'),
      completers: Number(row.get('expected_completers')),
    })),
    commitments,
    activations: rows('activations').map((row) => ({
      id: row.get('activation_id')!,
      commitment: commitment(row.get('commitment_id')!),
      activatedOn: day(row, 'activated_on'),
      dueOn: day(row, 'due_on'),
      answeredOn: dayOrNull(row, 'answered_on'),
      disposition: row.get('disposition')!,
      reason: row.get('reason')!,
      cohortId: row.get('cohort_id')!,
    })),
    evidence: rows('evidence').map((row) => ({
      id: row.get('evidence_id')!,
      employerId: row.get('employer_id')!,
      pathwayId: row.get('pathway_id')!,
      kind: row.get('kind')!,
      occurredOn: day(row, 'occurred_on'),
      recordedOn: day(row, 'recorded_on'),
      confirmedOn: dayOrNull(row, 'confirmed_on'),
      secondPerson: row.get('second_person') === 'yes',
      hasQuantity: Number(row.get('quantity')) > 0,
      agreementOn: dayOrNull(row, 'agreement_on'),
      evaluatedOn: dayOrNull(row, 'evaluated_on'),
    })),
    contacts: rows('educator_skills').map((row) => ({
      institutionId: schoolOf.get(row.get('educator_id')!)!,
      skillId: row.get('skill_id')!,
      lastContactOn: day(row, 'last_industry_contact_on'),
    })),
    projections: rows('projections').map((row) => ({
      areaId: row.get('area_id')!,
      soc: onSeven(row.get('soc')!),
      openings: row.get('annual_openings')!,
      vintage: row.get('vintage')!,
    })),
  };
}

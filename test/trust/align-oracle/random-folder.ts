import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from './chance.ts';
import { addMonths, fromDay, toDay } from './days.ts';
import { TABLES } from './tables.ts';

export type Row = Record<string, string>;

/** A folder in memory: rows per file without its ending, every cell of FORMATS present. */
export interface Folder {
  asOf: string;
  threshold: string;
  rows: Map<string, Row[]>;
}

const AS_OF = ['2026-06-30', '2024-02-29', '2027-02-28', '2025-03-01', '2026-12-31', '2026-01-01'];
/** Two counties of one 2020 commuting zone, one of a second, a planning region, and two of no zone at all. */
const COUNTIES = ['21005', '21017', '21001', '09110', '99999', '00000'];
const SOCS = ['29-1141', '29-1141.00', '51-4041', '51-4041.02', '15-1252', '15-1252.01'];
const KINDS = [
  'direct-hire',
  'conditional-offer',
  'apprenticeship-entry',
  'guaranteed-interview',
  'first-consideration',
];
const EVIDENCE = {
  stamps: ['meeting', 'survey', 'letter'],
  advisory: ['logo', 'speaker', 'tour', 'mock-interview', 'career-fair', 'job-shadow'],
  resources: ['teaching-hours', 'mentoring-hours', 'equipment', 'funding', 'externship-hosted', 'work-assessed'],
  measured: ['unpaid-placement', 'paid-placement', 'apprenticeship', 'clinical'],
  hires: ['wage-offer', 'hire'],
  receipt: ['curriculum-receipt'],
};
const REASONS = ['condition-not-met', 'no-opening', ''];
/** Ids that trip software: prototype names, numbers with zeros, blanks at the edge, one letter in two Unicode forms. */
const HOSTILE = [
  '__proto__',
  'constructor',
  '01',
  '1',
  ' 1',
  '1 ',
  'é',
  'e\u0301',
  '\u{1F6E0}',
  '\uFF5E',
  'A',
  'a',
  'x,y',
  'q"q',
  'l\nl',
  '10',
  '9',
  'toString',
  '-1',
  '=1+1',
  'null',
  'e1',
];

/** Builds one small folder in which every date lies on or beside a boundary of EXACT; valid by construction. The as-of day is chosen unless given. */
export function randomFolder(seed: number, day?: string): Folder {
  const chance = new Chance(seed);
  const asOf = day ?? chance.pick(AS_OF);
  const D = toDay(asOf)!;
  const rows = new Map<string, Row[]>(TABLES.map((table) => [table.file, []]));
  const put = (file: string, row: Row): void => void rows.get(file)!.push(row);
  const near = (...offsets: number[]): number => D + chance.pick(offsets);
  const hostile = chance.happens(25);
  const ids = (prefix: string, count: number): string[] =>
    hostile ? chance.shuffle(HOSTILE).slice(0, count) : Array.from({ length: count }, (_, at) => `${prefix}${at + 1}`);
  const blankable = (percent: number, value: string): string => (chance.happens(percent) ? '' : value);
  const socs = chance.happens(40) ? SOCS.slice(0, 2) : chance.happens(50) ? SOCS.slice(0, 4) : SOCS;
  const counties = chance.happens(50) ? COUNTIES.slice(0, 3) : COUNTIES;
  const rich = chance.happens(50);
  /** Folders where promises are mostly kept, so that the upper rungs and the way back from a broken promise occur. */
  const keeping = chance.happens(30);
  /** Folders with more than ten other requirements in reach, so that the list of matches is cut. */
  const crowded = chance.happens(6);
  /** Folders in which many cohorts want the same few seats, so that a greedy assignment is not the best one. */
  const market = !crowded && chance.happens(25);

  const employers = ids('e', keeping ? 1 : chance.between(1, 3));
  const sites: { id: string; employer: string }[] = [];
  const siteIds = ids('s', 6);
  for (const employer of employers) {
    put('employers', {
      employer_id: employer,
      name: chance.pick(['Sample', '', 'Sample "quoted"', 'Sample\nlines', 'a,b']),
    });
    for (let at = chance.between(1, 2); at > 0; at -= 1) {
      const id = siteIds.pop()!;
      sites.push({ id, employer });
      put('sites', {
        site_id: id,
        employer_id: employer,
        county_fips: crowded ? '21005' : market ? counties[0]! : chance.pick(counties),
        time_zone: blankable(50, 'America/New_York'),
      });
    }
  }
  const skills = ids('k', chance.between(2, 5));
  for (const skill of skills) put('skills', { skill_id: skill, name: blankable(50, 'Sample skill') });
  const credentials = ids('c', chance.between(1, 3));
  for (const credential of credentials)
    put('credentials', { credential_id: credential, name: blankable(50, 'Sample') });

  const requirements: { id: string; employer: string }[] = [];
  for (const id of ids('r', crowded ? chance.between(14, 18) : chance.between(1, 6))) {
    const site = chance.pick(sites);
    requirements.push({ id, employer: site.employer });
    const effective =
      crowded || market ? near(-400, -1) : near(chance.happens(10) ? -9000 : -1200, -400, -60, -1, -1, 0, 0, 1);
    const review = Math.max(
      effective,
      crowded || market ? near(0, 60) : near(-30, -1, -1, 0, 0, 1, 30, 59, 60, 61, 400),
    );
    put('requirements', {
      requirement_id: id,
      employer_id: site.employer,
      site_id: site.id,
      soc: crowded && chance.happens(85) ? '11-1011' : chance.pick(socs),
      title: blankable(50, 'Sample role'),
      headcount_per_year: String(chance.pick(market ? [0, 1, 1, 2, 3] : [0, 0, 1, 2, 3, 7])),
      wage_floor_hourly: chance.pick(['', '17.50', '0']),
      recorded_on: fromDay(
        market
          ? near(-500, -400, -30)
          : near(chance.happens(10) ? -9000 : -1200, -500, -400, -366, -200, -31, -30, -2, -1, 0, 1, 20),
      ),
      effective_on: fromDay(effective),
      review_by: fromDay(review),
    });
    for (const skill of chance.happens(15) ? [] : chance.some(skills, 60)) {
      put('requirement_skills', {
        requirement_id: id,
        skill_id: skill,
        level: String(chance.between(1, 4)),
        necessity: chance.pick(['day-one', 'day-one', 'day-one', 'trainable', 'preferred']),
        vote: chance.pick(['essential', 'important', 'useful', '', '']),
      });
    }
    for (const credential of chance.some(credentials, market ? 8 : 20))
      put('requirement_credentials', {
        requirement_id: id,
        credential_id: credential,
        necessity: chance.pick(['required', 'preferred']),
      });
  }

  const institutions = ids('i', chance.between(1, 2));
  for (const institution of institutions) {
    const reach = !market && chance.happens(40) ? '' : chance.some(counties, crowded || market ? 95 : 60).join(';');
    put('institutions', { institution_id: institution, county_fips: chance.pick(counties), reach });
  }
  const recorded = rows
    .get('requirements')!
    .map((row) => row.recorded_on!)
    .sort();
  const pathways = ids('p', market ? 3 : keeping ? chance.between(1, 2) : chance.between(1, 3));
  const versions: string[] = [];
  const cohorts: string[] = [];
  const versionIds = ids('v', 6);
  const cohortIds = ids('h', 9);
  const unitIds = ids('u', 20);
  for (const pathway of pathways) {
    put('pathways', {
      pathway_id: pathway,
      institution_id: chance.pick(institutions),
      cip: blankable(50, '51.3801'),
      target_socs: chance.happens(10) ? '' : chance.some(socs, market ? 75 : 60).join(';'),
    });
    for (let count = chance.between(1, 2); count > 0; count -= 1) {
      const version = versionIds.pop()!;
      versions.push(version);
      put('versions', {
        version_id: version,
        pathway_id: pathway,
        adopted_on: chance.happens(40)
          ? fromDay(
              toDay(chance.pick(chance.happens(40) ? recorded.slice(0, 1) : recorded))! + chance.pick([-1, 0, 0, 1]),
            )
          : fromDay(
              near(chance.happens(10) ? -8000 : -800, -450, -399, -366, -365, -201, -200, -100, -31, -30, -1, 0, 1, 40),
            ),
      });
      for (let left = chance.between(0, 3); left > 0; left -= 1) {
        const unit = unitIds.pop()!;
        put('units', {
          unit_id: unit,
          version_id: version,
          hours: chance.pick(['0', '10', '7.5', '0.1', '0.2', '45']),
        });
        for (const skill of chance.some(skills, rich ? 80 : 50))
          put('unit_skills', {
            unit_id: unit,
            skill_id: skill,
            level: String(chance.between(market ? 2 : rich ? 3 : 1, 4)),
          });
      }
      for (const credential of chance.some(credentials, 30))
        put('version_credentials', { version_id: version, credential_id: credential });
      for (let left = market ? 2 : chance.between(0, 2); left > 0 && cohortIds.length > 0; left -= 1) {
        const cohort = cohortIds.pop()!;
        cohorts.push(cohort);
        put('cohorts', {
          cohort_id: cohort,
          version_id: version,
          completes_on: fromDay(
            market ? near(0, 30, 60, 61, 100, 364) : near(-1, 0, 0, 1, 30, 60, 100, 363, 364, 365, 366),
          ),
          expected_completers: String(chance.pick([0, 1, 2, 3, 4, 8])),
        });
      }
    }
  }

  const commitments: { id: string; opens: number }[] = [];
  for (const id of ids('m', market ? chance.between(2, 7) : chance.between(0, 5))) {
    const requirement = chance.pick(requirements);
    const opens = keeping
      ? near(-700, -600, -400, -300)
      : near(-700, -400, -300, -240, -181, -180, -179, -121, -120, -100, -10, -1, 0, 0, 1);
    const closes = Math.max(opens, near(-100, -1, 0, 1, 30, 59, 60, 61, 100, 364, 365, 400, 400));
    commitments.push({ id, opens });
    put('commitments', {
      commitment_id: id,
      employer_id: requirement.employer,
      site_id: chance.pick(sites.filter((site) => site.employer === requirement.employer)).id,
      requirement_id: requirement.id,
      pathway_id: chance.happens(50) ? '' : chance.pick(pathways),
      kind: chance.pick(market ? KINDS.slice(0, 4) : KINDS),
      seats: String(chance.pick([0, 1, 2, 3, 5])),
      wage_floor_hourly: chance.pick(['', '18.25']),
      opens_on: fromDay(opens),
      closes_on: fromDay(closes),
      answer_within_days: String(chance.pick([0, 5, 10])),
    });
  }
  for (const id of commitments.length === 0
    ? []
    : ids('a', keeping ? chance.between(2, 9) : rich ? chance.between(0, 8) : chance.between(0, 3))) {
    const commitment = chance.pick(commitments);
    const activated = Math.max(commitment.opens, near(-700, -400, -380, -100, -30, -10, -1, 0, 1));
    const due = chance.happens(70)
      ? near(-600, -366, -365, -364, -306, -305, -304, -100, -2, -1, 0, 1, 30, 59, 60, 61)
      : activated + chance.pick([0, 5, 14]);
    const early = [due - 10, due - 1, due];
    const answered = chance.happens(keeping ? 15 : 35)
      ? null
      : chance.pick(
          keeping && chance.happens(70)
            ? early
            : [due - 5, due - 1, due, due, due + 1, due + 40, D - 365, D - 366, D - 305, D, D + 1],
        );
    put('activations', {
      activation_id: id,
      commitment_id: commitment.id,
      activated_on: fromDay(activated),
      due_on: fromDay(due),
      answered_on: answered === null ? '' : fromDay(answered),
      disposition:
        answered === null
          ? ''
          : keeping && chance.happens(60)
            ? 'hired'
            : chance.pick(['interview', 'offer', 'hired', 'hired', 'declined', 'declined', 'withdrawn']),
      reason: chance.pick(REASONS),
      cohort_id: cohorts.length === 0 ? '' : blankable(30, chance.pick(cohorts)),
    });
  }

  const themes = chance.some(Object.values(EVIDENCE), 50);
  if (keeping) themes.push(EVIDENCE.receipt, EVIDENCE.receipt);
  for (const id of themes.length === 0 ? [] : ids('x', chance.between(0, 7))) {
    const employer = chance.pick(employers);
    const occurred = near(-800, -366, -365, -364, -306, -305, -304, -200, -200, -60, -31, -30, -5, -1, 0, 1);
    const recorded = occurred + chance.pick([-1, 0, 0, 5, 29, 30, 31, 60, D - occurred, D - occurred + 1]);
    put('evidence', {
      evidence_id: id,
      employer_id: employer,
      pathway_id: chance.pick(pathways),
      site_id: chance.happens(40) ? '' : chance.pick(sites.filter((site) => site.employer === employer)).id,
      kind: chance.pick(chance.pick(themes)),
      occurred_on: fromDay(occurred),
      recorded_on: fromDay(recorded),
      confirmed_on: chance.happens(keeping ? 5 : 20)
        ? ''
        : fromDay(chance.pick([recorded, recorded + 3, D - 1, D, D, D + 1])),
      second_person: blankable(60, 'yes'),
      quantity: chance.pick(['', '0', '40', '40', '0.5']),
      agreement_on: chance.happens(15) ? '' : fromDay(chance.pick([occurred - 10, D - 1, D, D + 1])),
      evaluated_on: chance.happens(15) ? '' : fromDay(chance.pick([occurred, D - 1, D, D + 1])),
    });
  }

  for (const educator of ids('t', chance.between(0, 3))) {
    put('educators', { educator_id: educator, institution_id: chance.pick(institutions), name: '' });
    for (const skill of chance.some(skills, 70)) {
      const edge = addMonths(D, -36);
      const contact = chance.pick([
        edge - 1,
        edge,
        edge + 1,
        edge + 2,
        D - 200,
        D - 200,
        D - 30,
        D - 1,
        D,
        D + 1,
        toDay('2024-02-29')!,
      ]);
      put('educator_skills', { educator_id: educator, skill_id: skill, last_industry_contact_on: fromDay(contact) });
    }
  }
  for (const area of ids('w', chance.between(0, 3))) {
    for (const county of chance.some(COUNTIES, 50)) put('areas', { area_id: area, county_fips: county });
    if (!rows.get('areas')!.some((row) => row.area_id === area)) continue;
    for (const vintage of chance.some(['2022', '2024', '2022-2032'], 60))
      for (const soc of chance.some(SOCS, 40))
        for (const source of chance.some(['Sample bureau', 'Sample office'], 60)) {
          const taken = rows
            .get('projections')!
            .some(
              (row) =>
                row.area_id === area &&
                row.vintage === vintage &&
                row.source === source &&
                row.soc!.slice(0, 7) === soc.slice(0, 7),
            );
          if (taken) continue;
          const openings = chance.pick(['0', '0', '1', '4', '12', '2.5']);
          put('projections', {
            area_id: area,
            soc,
            annual_openings: openings,
            median_wage_hourly: chance.pick(['', '21.40']),
            source,
            vintage,
          });
        }
  }
  const threshold = chance.happens(market ? 10 : 60)
    ? '0.8'
    : chance.pick(['0.5', '0.75', '0.6', '1', '0', '0.666666', '0.6666667', '0.33333333333333333333']);
  return { asOf, threshold, rows };
}

/** How a folder is spelt on disk; none of it may change an answer. */
export interface Spelling {
  bom: boolean;
  crlf: boolean;
  quoteAll: boolean;
  shuffleRows: boolean;
  shuffleColumns: boolean;
  extraColumn: boolean;
  /** Leaves out optional files without rows, and columns that may be blank and are. */
  leaveOut: boolean;
  lastNewline: boolean;
}

export const PLAIN: Spelling = {
  bom: false,
  crlf: false,
  quoteAll: false,
  shuffleRows: false,
  shuffleColumns: false,
  extraColumn: false,
  leaveOut: false,
  lastNewline: true,
};

export const randomSpelling = (chance: Chance): Spelling => ({
  bom: chance.happens(30),
  crlf: chance.happens(30),
  quoteAll: chance.happens(30),
  shuffleRows: chance.happens(60),
  shuffleColumns: chance.happens(50),
  extraColumn: chance.happens(20),
  leaveOut: chance.happens(50),
  lastNewline: chance.happens(70),
});

const quoted = (cell: string, always: boolean): string =>
  always || /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** Writes the folder afresh; what lay there before is removed. */
export function writeFolder(folder: Folder, path: string, spelling: Spelling, chance: Chance): void {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  for (const { file, mustExist, columns } of TABLES) {
    const rows = folder.rows.get(file)!;
    if (spelling.leaveOut && rows.length === 0 && !mustExist) continue;
    let names = columns
      .filter(
        (column) => !spelling.leaveOut || !column.mayBeBlank || rows.some((row) => (row[column.name] ?? '') !== ''),
      )
      .map((column) => column.name);
    if (spelling.extraColumn) names.push('note');
    if (spelling.shuffleColumns) names = chance.shuffle(names);
    const lines = [
      names,
      ...(spelling.shuffleRows ? chance.shuffle(rows) : rows).map((row) => names.map((name) => row[name] ?? '')),
    ];
    const end = spelling.crlf ? '\r\n' : '\n';
    const text = lines.map((cells) => cells.map((cell) => quoted(cell, spelling.quoteAll)).join(',')).join(end);
    writeFileSync(join(path, `${file}.csv`), (spelling.bom ? '\uFEFF' : '') + text + (spelling.lastNewline ? end : ''));
  }
}

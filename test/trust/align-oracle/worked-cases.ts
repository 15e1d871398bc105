import { firstDifference } from './compare-results.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chance } from './chance.ts';
import { addMonths, fromDay, toDay } from './days.ts';
import { alignFolder, type AlignmentResult } from './oracle.ts';
import { PLAIN, writeFolder, type Folder, type Row } from './random-folder.ts';
import { TABLES } from './tables.ts';

/** A story small enough to be worked by hand from EXACT, and what it must come to. */
interface WorkedCase {
  story: string;
  /** Rows that replace those of the same id in the base folder, or are added to it. */
  change: Record<string, Row[]>;
  look: (result: AlignmentResult) => unknown;
  answer: unknown;
}

const AS_OF = '2026-06-30';

/** One employer, one cohort of four, one requirement of two people: welding at 3 (essential) and reading at 4 (no vote). */
const BASE: Record<string, Row[]> = {
  employers: [{ employer_id: 'e' }],
  sites: [{ site_id: 's', employer_id: 'e', county_fips: '99999' }],
  skills: [{ skill_id: 'read' }, { skill_id: 'weld' }],
  credentials: [{ credential_id: 'card' }],
  requirements: [
    {
      requirement_id: 'r',
      employer_id: 'e',
      site_id: 's',
      soc: '51-4121.00',
      headcount_per_year: '2',
      recorded_on: '2026-01-10',
      effective_on: '2026-02-01',
      review_by: '2026-12-31',
    },
  ],
  requirement_skills: [
    { requirement_id: 'r', skill_id: 'weld', level: '3', necessity: 'day-one', vote: 'essential' },
    { requirement_id: 'r', skill_id: 'read', level: '4', necessity: 'day-one' },
  ],
  institutions: [{ institution_id: 'i', county_fips: '99999' }],
  pathways: [{ pathway_id: 'p', institution_id: 'i', target_socs: '51-4121' }],
  versions: [{ version_id: 'v', pathway_id: 'p', adopted_on: '2026-03-01' }],
  units: [{ unit_id: 'u', version_id: 'v', hours: '30' }],
  unit_skills: [
    { unit_id: 'u', skill_id: 'weld', level: '3' },
    { unit_id: 'u', skill_id: 'read', level: '1' },
  ],
  cohorts: [{ cohort_id: 'h', version_id: 'v', completes_on: '2026-06-30', expected_completers: '4' }],
};

const job = (change: Row): Row => ({
  commitment_id: 'm',
  employer_id: 'e',
  site_id: 's',
  requirement_id: 'r',
  kind: 'direct-hire',
  seats: '3',
  opens_on: '2026-01-15',
  closes_on: '2026-12-31',
  answer_within_days: '5',
  ...change,
});
const event = (change: Row): Row => ({
  evidence_id: 'x',
  employer_id: 'e',
  pathway_id: 'p',
  kind: 'meeting',
  occurred_on: '2026-06-01',
  recorded_on: '2026-06-02',
  confirmed_on: '2026-06-03',
  ...change,
});

const cohort = (result: AlignmentResult) => result.cohorts[0]!;
const codes = (flags: { code: string; since: string }[]): string => flags.map((f) => `${f.code} ${f.since}`).join(', ');
const partnership = ({ partnerships }: AlignmentResult): string =>
  partnerships.map((p) => `${p.rung}: ${codes(p.flags)} > ${p.nextSteps.join(', ')}`).join(' | ');

export const WORKED_CASES: WorkedCase[] = [
  {
    story:
      'coverage is (3·1 + 1·1/4) / 4 = 13/16, above 0.8, so both posted jobs are seated and half of four is not below a half',
    change: {},
    look: (result) => [
      cohort(result).matches,
      cohort(result).assigned,
      cohort(result).seatShare,
      codes(cohort(result).flags),
      result.totals,
    ],
    answer: [
      [
        {
          requirementId: 'r',
          coverage: 0.8125,
          gaps: [{ skillId: 'read', taught: 1, required: 4 }],
          missingCredentials: [],
          ready: false,
        },
      ],
      [{ requirementId: 'r', commitmentId: null, count: 2 }],
      0.5,
      'educator-gap 2026-03-01, oversupplied 2026-06-30',
      { seats: 2, seated: 2, completers: 4 },
    ],
  },
  {
    story:
      'a third promised seat beside two posted ones leaves nothing posted, and closing the gap in reading covers all',
    change: { commitments: [job({})] },
    look: (result) => [cohort(result).assigned, cohort(result).nextSteps, result.totals.seats],
    answer: [
      [{ requirementId: 'r', commitmentId: 'm', count: 3 }],
      [{ requirementId: 'r', skillId: 'read', toLevel: 4, coverageAfter: 1 }],
      3,
    ],
  },
  {
    story: 'a required card that the pathway does not award seats nobody, since the requirement took effect',
    change: {
      requirement_credentials: [{ requirement_id: 'r', credential_id: 'card', necessity: 'required' }],
      versions: [{ version_id: 'v', pathway_id: 'p', adopted_on: '2020-01-01' }],
      educators: [{ educator_id: 't', institution_id: 'i' }],
      educator_skills: ['weld', 'read'].map((skill) => ({
        educator_id: 't',
        skill_id: skill,
        last_industry_contact_on: '2023-06-30',
      })),
    },
    look: (result) => [cohort(result).seated, codes(cohort(result).flags)],
    answer: [0, 'credential-missing 2026-02-01, empty-highway 2026-06-30, oversupplied 2026-06-30'],
  },
  {
    story: 'a cohort that completes on day 365 is not of the run',
    change: { cohorts: [{ cohort_id: 'h', version_id: 'v', completes_on: '2027-06-30', expected_completers: '4' }] },
    look: (result) => [cohort(result).seated, cohort(result).seatShare, result.totals.completers],
    answer: [0, null, 0],
  },
  {
    story: 'a meeting alone is advisory from the day it was confirmed, and does not slip for 338 days',
    change: { evidence: [event({})] },
    look: partnership,
    answer: '1: advisory-only 2026-06-03 > host-placement',
  },
  {
    story: 'a meeting 365 days ago still counts, and slips since its 306th day',
    change: { evidence: [event({ occurred_on: '2025-06-30', recorded_on: '2025-07-01', confirmed_on: '2025-07-02' })] },
    look: partnership,
    answer: '1: advisory-only 2025-07-02, slipping 2026-05-02 > host-placement',
  },
  {
    story: 'the same meeting one day older',
    change: { evidence: [event({ occurred_on: '2025-06-29', recorded_on: '2025-07-01', confirmed_on: '2025-07-02' })] },
    look: partnership,
    answer: '0: dormant 2026-06-30 > host-placement',
  },
  {
    story:
      'a job commitment with nothing due holds rung 2 for 180 days from its opening; on day 181 it is untested and dormant',
    change: { commitments: [job({ opens_on: '2025-12-31' })] },
    look: partnership,
    answer: '0: dormant 2026-06-30, promise-untested 2026-06-30 > host-placement',
  },
  {
    story:
      'one kept and one broken activation: the rate is a half, but the cap holds at nothing until one is kept after the broken date',
    change: {
      commitments: [job({})],
      activations: [
        {
          activation_id: 'a',
          commitment_id: 'm',
          activated_on: '2026-04-01',
          due_on: '2026-04-10',
          answered_on: '2026-04-10',
          disposition: 'hired',
        },
        { activation_id: 'b', commitment_id: 'm', activated_on: '2026-05-01', due_on: '2026-05-10' },
      ],
    },
    look: partnership,
    answer: '0: dormant 2026-05-11, promise-broken 2026-05-11 > answer-activation, host-placement',
  },
  {
    story: 'kept again after the broken date: hiring-committed',
    change: {
      commitments: [job({})],
      activations: [
        {
          activation_id: 'a',
          commitment_id: 'm',
          activated_on: '2026-05-05',
          due_on: '2026-05-20',
          answered_on: '2026-05-11',
          disposition: 'declined',
          reason: 'condition-not-met',
        },
        { activation_id: 'b', commitment_id: 'm', activated_on: '2026-05-01', due_on: '2026-05-10' },
      ],
    },
    look: partnership,
    answer: '4: promise-broken 2026-05-11 > answer-activation',
  },
];

function folderOf(change: Record<string, Row[]>): Folder {
  const rows = new Map<string, Row[]>();
  for (const { file, columns } of TABLES) {
    const id = columns[0]!.name;
    const changed = change[file] ?? [];
    const kept = (BASE[file] ?? []).filter((row) => !changed.some((other) => other[id] === row[id]));
    rows.set(file, [...kept, ...changed]);
  }
  return { asOf: AS_OF, threshold: '0.8', rows };
}

/** Works every story; answers with what did not come out, one line each. */
export function tryWorkedCases(counties: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'align-worked-'));
  const wrong = WORKED_CASES.flatMap(({ story, change, look, answer }) => {
    writeFolder(folderOf(change), folder, PLAIN, new Chance(1));
    const difference = firstDifference(answer, look(alignFolder(folder, AS_OF, { counties }).result));
    return difference === null ? [] : [`${story}: ${difference}`];
  });
  rmSync(folder, { recursive: true, force: true });
  if (fromDay(addMonths(toDay('2024-02-29')!, 36)) !== '2027-02-28') wrong.push('36 months after a leap day');
  return wrong;
}

import {
  type AlignmentTotals,
  type CohortFlagCode,
  type CohortResult,
  type Flag,
} from '@throughway/vocabulary/alignment-result';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Day, formatDay, type LocalDate } from '@throughway/vocabulary/local-date';
import { type Cohort, type Network } from '@throughway/vocabulary/network';
import { type Ratio } from '@throughway/vocabulary/parse-ratio';
import { assessVersions } from './assess-versions.js';
import { findComponents } from './components.js';
import { knownDemand } from './known-demand.js';
import { openSeats } from './open-seats.js';
import { oversuppliedCohorts } from './oversupplied-cohorts.js';
import { type CommutingZoneOf } from './reach.js';
import { type Candidate, type Destination, seatCohorts } from './seat-cohorts.js';

const RUN_DAYS = 365;

export interface AlignOptions {
  asOf: Day;
  /** The least coverage that takes a seat; DOMAIN 4.3 starts from 0.8. */
  threshold: Ratio;
  commutingZoneOf: CommutingZoneOf;
  /** Since when each flag stood in an earlier alignment, by cohortId; continues `empty-highway` and `oversupplied`, which cannot be replayed. */
  previous?: ReadonlyMap<string, ReadonlyMap<CohortFlagCode, LocalDate>>;
}

/** What the board shows of a cohort beside its result. */
export interface CohortFacts {
  cohortId: string;
  /** Whether it completes in [as-of, as-of + 365 days), so that the run seats it. */
  inRun: boolean;
  /** Live requirements in reach of its target occupations, sorted. */
  mine: string[];
  /** Greatest defined coverage among mine; null when none is defined. */
  bestCoverage: number | null;
  awardedCredentialCount: number;
  /** Of the awarded, those that one of mine requires or prefers. */
  askedCredentialCount: number;
}

/** Demand of one live requirement, in tiers that are never added up (DOMAIN 4.1). */
export interface RequirementDemand {
  requirementId: string;
  /** Open seats of the job commitments that name it. */
  promisedSeats: number;
  postedHeadcount: number;
}

export interface CohortAlignment {
  /** Sorted by cohortId, as `facts` is. */
  cohorts: CohortResult[];
  facts: CohortFacts[];
  /** Every live requirement, sorted by id. */
  demand: RequirementDemand[];
  totals: AlignmentTotals;
  /** How many parts of the network could have been aligned apart (`findComponents`). */
  components: number;
}

/**
 * Where every cohort's curriculum leads as of a day: coverage, gaps, seats, orphan content and flags (DOMAIN 4.1–4.4, EXACT).
 * The order of rows carries no meaning and every list of the answer is sorted. Near-linear in versions × live requirements within their reach.
 */
export function alignCohorts(network: Network, options: AlignOptions): CohortAlignment {
  const { asOf, threshold } = options;
  const demand = knownDemand(network, asOf);
  const seats = openSeats(network, demand, asOf);
  const assessments = assessVersions(network, demand, options);
  const candidates = network.cohorts
    .flatMap((cohort): Candidate[] => {
      const assessment = assessments.get(cohort.versionId);
      return assessment ? [{ cohort, assessment }] : [];
    })
    .sort((a, b) => compareIds(a.cohort.cohortId, b.cohort.cohortId));
  const run = candidates.filter(({ cohort }) => isInRun(cohort, asOf));
  const destinations = new Map<Candidate, Destination>();
  seatCohorts(run, seats, threshold).forEach((destination, at) => destinations.set(run[at]!, destination));
  const oversupplied = oversuppliedCohorts(network, run, seats);
  return {
    cohorts: candidates.map((candidate) =>
      cohortResult(candidate, destinations.get(candidate) ?? null, oversupplied, options),
    ),
    facts: candidates.map((candidate) => cohortFacts(candidate, asOf)),
    demand: [...seats].map(([requirementId, { promised, posted }]) => ({
      requirementId,
      promisedSeats: promised,
      postedHeadcount: posted,
    })),
    totals: {
      seats: [...seats.values()].reduce((sum, { total }) => sum + total, 0),
      seated: [...destinations.values()].reduce((sum, { seated }) => sum + seated, 0),
      completers: run.reduce((sum, { cohort }) => sum + cohort.expectedCompleters, 0),
    },
    components: findComponents(network, options.commutingZoneOf).length,
  };
}

function isInRun({ completesOn }: Cohort, asOf: Day): boolean {
  return asOf <= completesOn && completesOn < asOf + RUN_DAYS;
}

/** `destination` is null for a cohort outside the run. */
function cohortResult(
  { cohort, assessment }: Candidate,
  destination: Destination | null,
  oversupplied: ReadonlySet<string>,
  options: AlignOptions,
): CohortResult {
  const { cohortId, expectedCompleters } = cohort;
  const seated = destination?.seated ?? 0;
  const mine = assessment.mine.map(({ requirement }) => requirement.requirementId);
  const since = (code: CohortFlagCode): LocalDate =>
    options.previous?.get(cohortId)?.get(code) ?? formatDay(options.asOf);
  const flags: Flag<CohortFlagCode>[] = [...assessment.flags];
  const raise = (code: CohortFlagCode): number => flags.push({ code, since: since(code), because: mine });
  if (destination && 2 * seated < expectedCompleters) raise('empty-highway');
  if (oversupplied.has(cohortId)) raise('oversupplied');
  return {
    cohortId,
    expectedCompleters,
    seated,
    seatShare: destination && expectedCompleters > 0 ? seated / expectedCompleters : null,
    assigned: destination?.assigned ?? [],
    matches: assessment.matches,
    orphanHours: assessment.orphanHours,
    orphanShare: assessment.orphanShare,
    flags: flags.sort((a, b) => compareIds(a.code, b.code)),
    nextSteps: assessment.nextSteps,
  };
}

function cohortFacts({ cohort, assessment }: Candidate, asOf: Day): CohortFacts {
  return {
    cohortId: cohort.cohortId,
    inRun: isInRun(cohort, asOf),
    mine: assessment.mine.map(({ requirement }) => requirement.requirementId),
    bestCoverage: assessment.bestCoverage,
    awardedCredentialCount: assessment.awardedCount,
    askedCredentialCount: assessment.askedCount,
  };
}

import {
  cohortFlags,
  isInRun,
  isLive,
  matchesOf,
  mineOf,
  nextStepsOf,
  orphansOf,
  seatingOf,
  seatsOf,
  type Flag,
} from './cohorts.ts';
import { toDay } from './days.ts';
import { partnershipOf, type PartnershipResult } from './partnerships.ts';
import { decimal, ratio, toDouble } from './rational.ts';
import { readFolder, readZones } from './read-folder.ts';
import { bestSeating, objectiveOf, type Objective, type Seating } from './seats.ts';

export interface Assigned {
  requirementId: string;
  commitmentId: string | null;
  count: number;
}

export interface CohortResult {
  cohortId: string;
  expectedCompleters: number;
  seated: number;
  seatShare: number | null;
  assigned: Assigned[];
  matches: unknown[];
  orphanHours: number;
  orphanShare: number | null;
  flags: Flag[];
  nextSteps: unknown[];
}

/** alignment.json without engine and digest, which no second implementation can know. */
export interface AlignmentResult {
  format: 'throughway-alignment/1';
  asOf: string;
  cohorts: CohortResult[];
  partnerships: PartnershipResult[];
  totals: { seats: number; seated: number; completers: number };
}

export interface OracleOptions {
  /** As written, default 0.8. */
  threshold?: string;
  previous?: { cohorts: { cohortId: string; flags: { code: string; since: string }[] }[] };
  /** County and 2020 commuting zone of every county, with a header. */
  counties: string;
}

export interface OracleAnswer {
  result: AlignmentResult;
  /** Nodes and eligible pairs, and the best objective over them: what any product's assignment must reach. */
  seating: Seating;
  optimum: Objective;
  /** The flag that each run cohort carries if its seat share is below a half, whichever optimum was chosen. */
  emptyHighway: Map<string, Flag>;
}

const byCode = (a: Flag, b: Flag): number => (a.code < b.code ? -1 : 1);

/** A second, naive reading of EXACT for a folder without errors. */
export function alignFolder(folder: string, asOfText: string, options: OracleOptions): OracleAnswer {
  const asOf = toDay(asOfText);
  if (asOf === null) throw new Error(`found ${asOfText}, expected a date`);
  const threshold = decimal(options.threshold ?? '0.8');
  const network = readFolder(folder, readZones(options.counties));
  const seating = seatingOf(network, asOf, threshold);
  const seats = bestSeating(seating);
  const emptyHighway = new Map<string, Flag>();

  const cohorts = network.cohorts.map((cohort): CohortResult => {
    const earlier = options.previous?.cohorts.find((other) => other.cohortId === cohort.id);
    const sinceOfSeats = (code: string): string => earlier?.flags.find((flag) => flag.code === code)?.since ?? asOfText;
    const assigned = seating.edges
      .map((edge, index) => ({ edge, count: seats[index]! }))
      .filter(({ edge, count }) => seating.cohorts[edge.cohort]!.id === cohort.id && count > 0)
      .map(({ edge, count }) => {
        const { requirementId, commitmentId } = seating.nodes[edge.node]!;
        return { requirementId, commitmentId, count };
      })
      .sort(compareAssigned);
    const seated = assigned.reduce((sum, { count }) => sum + count, 0);
    const hasShare = isInRun(cohort, asOf) && cohort.completers > 0;
    const flags = cohortFlags(network, cohort, asOf, threshold, sinceOfSeats);
    if (hasShare) {
      const because = mineOf(network, cohort, asOf)
        .map((r) => r.id)
        .sort();
      const flag = { code: 'empty-highway', since: sinceOfSeats('empty-highway'), because };
      emptyHighway.set(cohort.id, flag);
      if (seated * 2 < cohort.completers) flags.push(flag);
    }
    return {
      cohortId: cohort.id,
      expectedCompleters: cohort.completers,
      seated,
      seatShare: hasShare ? toDouble(ratio(seated, cohort.completers)) : null,
      assigned,
      matches: matchesOf(network, cohort, asOf),
      ...orphansOf(network, cohort, asOf),
      flags: flags.sort(byCode),
      nextSteps: nextStepsOf(network, cohort, asOf),
    };
  });

  const partnerships = network.employerIds
    .flatMap((employerId) => network.pathways.map((pathway) => partnershipOf(network, employerId, pathway, asOf)))
    .filter((partnership) => partnership !== null);

  const result: AlignmentResult = {
    format: 'throughway-alignment/1',
    asOf: asOfText,
    cohorts: cohorts.sort((a, b) => (a.cohortId < b.cohortId ? -1 : 1)),
    partnerships: partnerships.sort(
      (a, b) => compareIds(a.employerId, b.employerId) || compareIds(a.pathwayId, b.pathwayId),
    ),
    totals: {
      seats: network.requirements.filter((r) => isLive(r, asOf)).reduce((sum, r) => sum + seatsOf(network, r, asOf), 0),
      seated: cohorts.reduce((sum, cohort) => sum + cohort.seated, 0),
      completers: seating.cohorts.reduce((sum, cohort) => sum + cohort.completers, 0),
    },
  };
  return { result, seating, optimum: objectiveOf(seating, seats), emptyHighway };
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By requirement, then commitment, null last. */
export function compareAssigned(a: Assigned, b: Assigned): number {
  if (a.requirementId !== b.requirementId) return compareIds(a.requirementId, b.requirementId);
  if (a.commitmentId === null || b.commitmentId === null) return a.commitmentId === null ? 1 : -1;
  return compareIds(a.commitmentId, b.commitmentId);
}

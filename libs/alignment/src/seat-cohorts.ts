import { solveTransport } from '@throughway/flow/solve-transport';
import { type TransportProblem } from '@throughway/flow/transport-problem';
import { type SeatAssignment } from '@throughway/vocabulary/alignment-result';
import { type Cohort } from '@throughway/vocabulary/network';
import { type Ratio } from '@throughway/vocabulary/parse-ratio';
import { type VersionAssessment } from './assess-version.js';
import { coverageMillionths, reachesThreshold } from './coverage.js';
import { type Fit } from './match-requirements.js';
import { type RequirementSeats, type SeatNode } from './open-seats.js';

/** Counts beyond what 32 bits hold are cut: two thousand million graduates fill no more seats than there are people. */
const MOST_UNITS = 2 ** 31 - 1;

/** Where a cohort's graduates go; `assigned` is sorted by (requirementId, commitmentId, null last) and counts are > 0. */
export interface Destination {
  seated: number;
  assigned: SeatAssignment[];
}

/** A cohort of the run with what its version is worth; the destination orders cohorts by id. */
export interface Candidate {
  cohort: Cohort;
  assessment: VersionAssessment;
}

/**
 * Seats the run's cohorts, each seat once (DOMAIN 4.3): most graduates, then most promised seats, then greatest coverage in millionths.
 * `candidates` sorted by cohortId; among equal optima the choice follows that order and the order of the seats, so it depends on ids alone.
 */
export function seatCohorts(
  candidates: readonly Candidate[],
  seats: ReadonlyMap<string, RequirementSeats>,
  threshold: Ratio,
): Destination[] {
  const nodes: SeatNode[] = [];
  const firstNode = new Map<string, number>();
  for (const [requirementId, { nodes: own }] of seats) {
    firstNode.set(requirementId, nodes.length);
    nodes.push(...own);
  }
  const problem = transportProblem(candidates, seats, { nodes, firstNode }, threshold);
  const { flow } = solveTransport(problem);
  return candidates.map((_, at) => {
    const assigned: SeatAssignment[] = [];
    for (let e = problem.edgeStart[at]!; e < problem.edgeStart[at + 1]!; e++) {
      const count = flow[e]!;
      const node = nodes[problem.edgeSeat[e]!]!;
      if (count > 0)
        assigned.push({
          requirementId: node.requirement.requirementId,
          commitmentId: node.commitment?.commitmentId ?? null,
          count,
        });
    }
    return { assigned, seated: assigned.reduce((sum, { count }) => sum + count, 0) };
  });
}

function transportProblem(
  candidates: readonly Candidate[],
  seats: ReadonlyMap<string, RequirementSeats>,
  { nodes, firstNode }: { nodes: readonly SeatNode[]; firstNode: ReadonlyMap<string, number> },
  threshold: Ratio,
): TransportProblem {
  const edgeStart = new Int32Array(candidates.length + 1);
  const edgeSeat: number[] = [];
  const edgeWeight: number[] = [];
  const eligible = new Map<VersionAssessment, Fit[]>();
  candidates.forEach(({ cohort, assessment }, at) => {
    const fits = eligible.get(assessment) ?? assessment.mine.filter((fit) => isEligible(fit, threshold));
    eligible.set(assessment, fits);
    for (const { requirement, coverage } of fits) {
      const weight = coverageMillionths(coverage);
      seats.get(requirement.requirementId)?.nodes.forEach((node, k) => {
        if (!takes(node, cohort, assessment.curriculum.pathwayId)) return;
        edgeSeat.push(firstNode.get(requirement.requirementId)! + k);
        edgeWeight.push(weight);
      });
    }
    edgeStart[at + 1] = edgeSeat.length;
  });
  return {
    supply: Int32Array.from(candidates, ({ cohort }) => Math.min(cohort.expectedCompleters, MOST_UNITS)),
    capacity: Int32Array.from(nodes, ({ capacity }) => Math.min(capacity, MOST_UNITS)),
    promised: Uint8Array.from(nodes, ({ commitment }) => (commitment ? 1 : 0)),
    edgeStart,
    edgeSeat: Int32Array.from(edgeSeat),
    edgeWeight: Int32Array.from(edgeWeight),
  };
}

/** Coverage defined and at least the threshold, no required credential missing; reach and occupation hold for all of mine. */
function isEligible(fit: Fit, threshold: Ratio): boolean {
  return fit.missingCredentials.length === 0 && reachesThreshold(fit.coverage, threshold);
}

function takes({ commitment }: SeatNode, cohort: Cohort, pathwayId: string): boolean {
  if (commitment === null) return true;
  const inWindow = commitment.opensOn <= cohort.completesOn && cohort.completesOn <= commitment.closesOn;
  return inWindow && (commitment.pathwayId === null || commitment.pathwayId === pathwayId);
}

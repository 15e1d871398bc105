import type { Assigned, AlignmentResult, OracleAnswer } from './oracle.ts';
import { compareAssigned } from './oracle.ts';
import { ratio, toDouble } from './rational.ts';
import { objectiveOf } from './seats.ts';

/** The first place where two JSON values differ, or null; a member that only one side has is a difference. */
export function firstDifference(expected: unknown, found: unknown, path = '$'): string | null {
  if (typeof expected === 'object' && expected !== null && typeof found === 'object' && found !== null) {
    if (Array.isArray(expected) !== Array.isArray(found)) return `${path}: list against object`;
    const left = new Map(Object.entries(expected));
    const right = new Map(Object.entries(found));
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      const difference = firstDifference(left.get(key), right.get(key), `${path}.${key}`);
      if (difference) return difference;
    }
    return null;
  }
  return Object.is(expected, found) ? null : `${path}: oracle ${show(expected)}, product ${show(found)}`;
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value)).slice(0, 300);

/**
 * Judges the product's assignment by what it must be (eligible pairs, capacities, the best objective), since equal optima
 * differ, and everything else by equality with the oracle. Answers with the first disagreement, or null.
 */
export function compareResults(answer: OracleAnswer, product: AlignmentResult): string | null {
  const { seating, optimum, emptyHighway } = answer;
  const assignedPerEdge = seating.edges.map(() => 0);
  const expected = structuredClone(answer.result);
  for (const [at, cohort] of expected.cohorts.entries()) {
    const theirs = product.cohorts[at];
    if (theirs?.cohortId !== cohort.cohortId) continue;
    const path = `$.cohorts.${at}.assigned`;
    const sorted = [...theirs.assigned].sort(compareAssigned);
    const problem =
      firstDifference(sorted, theirs.assigned, path) ??
      place(answer, cohort.cohortId, theirs.assigned, assignedPerEdge, path);
    if (problem) return problem;
    const seated = theirs.assigned.reduce((sum, { count }) => sum + count, 0);
    if (seated > cohort.expectedCompleters) return `${path}: ${seated} seated of ${cohort.expectedCompleters}`;
    cohort.assigned = theirs.assigned;
    cohort.seated = seated;
    if (cohort.seatShare !== null) cohort.seatShare = toDouble(ratio(seated, cohort.expectedCompleters));
    cohort.flags = cohort.flags.filter((flag) => flag.code !== 'empty-highway');
    const empty = emptyHighway.get(cohort.cohortId);
    if (empty && seated * 2 < cohort.expectedCompleters) cohort.flags.push(empty);
    cohort.flags.sort((a, b) => (a.code < b.code ? -1 : 1));
  }
  for (const [at, node] of seating.nodes.entries()) {
    const used = seating.edges.reduce(
      (sum, edge, index) => (edge.node === at ? sum + assignedPerEdge[index]! : sum),
      0,
    );
    if (used > node.capacity)
      return `seat ${show([node.requirementId, node.commitmentId])}: ${used} of ${node.capacity}`;
  }
  const rest: Record<string, unknown> = { ...product };
  delete rest.engine;
  delete rest.digest;
  const difference = firstDifference(expected, rest);
  if (difference) return difference;
  const reached = objectiveOf(seating, assignedPerEdge);
  for (const aim of ['seated', 'promised', 'millionths'] as const)
    if (reached[aim] !== optimum[aim]) return `objective ${aim}: oracle ${optimum[aim]}, product ${reached[aim]}`;
  return null;
}

function place(
  { seating }: OracleAnswer,
  cohortId: string,
  assigned: Assigned[],
  assignedPerEdge: number[],
  path: string,
): string | null {
  const cohort = seating.cohorts.findIndex(({ id }) => id === cohortId);
  for (const { requirementId, commitmentId, count } of assigned) {
    const seat = show([requirementId, commitmentId]);
    const node = seating.nodes.findIndex((n) => n.requirementId === requirementId && n.commitmentId === commitmentId);
    const edge = seating.edges.findIndex((e) => e.cohort === cohort && e.node === node);
    if (edge === -1) return `${path}: ${seat} is not eligible`;
    if (!Number.isInteger(count) || count < 1) return `${path}: ${seat} counts ${count}`;
    if (assignedPerEdge[edge] !== 0) return `${path}: ${seat} appears twice`;
    assignedPerEdge[edge] = count;
  }
  return null;
}

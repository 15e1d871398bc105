import type { AlignmentResult, CohortResult, Flag, PartnershipResult } from '@throughway/vocabulary/alignment-result';

/**
 * `alignment.json` in pieces, so that a nation's run never stands in memory as one text: JSON on one line with the keys in the order
 * of FORMATS, numbers as JSON.stringify writes them, and a newline at the end.
 */
export function* serializeAlignment(result: AlignmentResult): Generator<string> {
  const { format, asOf, engine, digest, totals } = result;
  yield `${JSON.stringify({ format, asOf, engine, digest }).slice(0, -1)},"cohorts":[`;
  yield* separate(result.cohorts, orderCohort);
  yield '],"partnerships":[';
  yield* separate(result.partnerships, orderPartnership);
  const { seats, seated, completers } = totals;
  yield `],"totals":${JSON.stringify({ seats, seated, completers })}}\n`;
}

function* separate<Item>(items: readonly Item[], order: (item: Item) => Item): Generator<string> {
  for (const [at, item] of items.entries()) yield (at === 0 ? '' : ',') + JSON.stringify(order(item));
}

function orderCohort(cohort: CohortResult): CohortResult {
  return {
    cohortId: cohort.cohortId,
    expectedCompleters: cohort.expectedCompleters,
    seated: cohort.seated,
    seatShare: cohort.seatShare,
    assigned: cohort.assigned.map(({ requirementId, commitmentId, count }) => ({ requirementId, commitmentId, count })),
    matches: cohort.matches.map(({ requirementId, coverage, gaps, missingCredentials, ready }) => ({
      requirementId,
      coverage,
      gaps: gaps.map(({ skillId, taught, required }) => ({ skillId, taught, required })),
      missingCredentials,
      ready,
    })),
    orphanHours: cohort.orphanHours,
    orphanShare: cohort.orphanShare,
    flags: cohort.flags.map(orderFlag),
    nextSteps: cohort.nextSteps.map(({ requirementId, skillId, toLevel, coverageAfter }) => ({
      requirementId,
      skillId,
      toLevel,
      coverageAfter,
    })),
  };
}

function orderPartnership({ employerId, pathwayId, rung, flags, nextSteps }: PartnershipResult): PartnershipResult {
  return { employerId, pathwayId, rung, flags: flags.map(orderFlag), nextSteps };
}

function orderFlag<Code extends string>({ code, since, because }: Flag<Code>): Flag<Code> {
  return { code, since, because };
}

import { type Network } from '@throughway/vocabulary/network';
import { catchmentReader } from './components.js';
import { groupBy } from './group-by.js';
import { type RequirementSeats } from './open-seats.js';
import { type Candidate } from './seat-cohorts.js';

/**
 * Ids of the run's cohorts that are oversupplied (EXACT, Cohort flags): the expected completers of all run cohorts in the same area that share a target
 * occupation exceed both the seats of mine and the area's openings. Not raised without local demand.
 */
export function oversuppliedCohorts(
  network: Network,
  run: readonly Candidate[],
  seats: ReadonlyMap<string, RequirementSeats>,
): Set<string> {
  const catchment = catchmentReader(network.areas);
  const catchmentOf = new Map(
    network.institutions.map((institution) => [institution.institutionId, catchment(institution)]),
  );
  const inCatchment = groupBy(run, ({ assessment }) => catchmentOf.get(assessment.curriculum.institutionId) ?? '');
  const oversupplied = new Set<string>();
  for (const rivals of inCatchment.values()) {
    const supplyFor = supplyByTargets(rivals);
    for (const { cohort, assessment } of rivals) {
      const { mine, openings, curriculum } = assessment;
      if (mine.length === 0 && openings === 0) continue;
      const seatsOfMine = mine.reduce((sum, fit) => sum + (seats.get(fit.requirement.requirementId)?.total ?? 0), 0);
      if (supplyFor(curriculum.targets) > Math.max(seatsOfMine, openings)) oversupplied.add(cohort.cohortId);
    }
  }
  return oversupplied;
}

/** Expected completers of all cohorts that share an occupation with a list of targets; each distinct list is added up once. */
function supplyByTargets(rivals: readonly Candidate[]): (targets: readonly string[]) => number {
  const keyOf = (targets: readonly string[]): string => JSON.stringify(targets);
  const groups = new Map<string, { targets: readonly string[]; completers: number }>();
  for (const { cohort, assessment } of rivals) {
    const { targets } = assessment.curriculum;
    const group = groups.get(keyOf(targets)) ?? { targets, completers: 0 };
    group.completers += cohort.expectedCompleters;
    groups.set(keyOf(targets), group);
  }
  const bySoc = new Map<string, { targets: readonly string[]; completers: number }[]>();
  for (const group of groups.values())
    for (const soc of group.targets) {
      const sharing = bySoc.get(soc) ?? [];
      bySoc.set(soc, sharing);
      sharing.push(group);
    }
  const sums = new Map<string, number>();
  return (targets) => {
    const key = keyOf(targets);
    let sum = sums.get(key);
    if (sum === undefined) {
      const sharing = new Set(targets.flatMap((soc) => bySoc.get(soc) ?? []));
      sum = [...sharing].reduce((total, { completers }) => total + completers, 0);
      sums.set(key, sum);
    }
    return sum;
  };
}

import { type Day } from '@throughway/vocabulary/local-date';
import { buildCoverageIndex, type CoverageIndex } from './coverage-index.js';
import { groupBy } from './group-by.js';
import { isLive, type KnownRequirement } from './known-demand.js';

/** The demand that institutions with one and the same reach look at. Requirements are sorted by id everywhere. */
export interface ReachDemand {
  /** Known requirements in reach, live or not, by seven-character occupation. */
  knownBySoc: ReadonlyMap<string, KnownRequirement[]>;
  live: KnownRequirement[];
  /** Every skill that a live requirement in reach lists, with any necessity. */
  askedSkills: ReadonlySet<string>;
  /** First day on which any requirement in reach was recorded; Infinity without one. */
  firstRecordedOn: Day;
  /** Over `live`, by position. */
  index: CoverageIndex;
  /** Room for one version's numerators, reused. */
  numerators: Int32Array;
}

/** Gathers the demand of one reach; `inReach` are the known requirements of its counties, sorted by id. */
export function gatherReachDemand(
  inReach: readonly KnownRequirement[],
  skillNumbers: ReadonlyMap<string, number>,
  asOf: Day,
): ReachDemand {
  const live = inReach.filter((requirement) => isLive(requirement, asOf));
  const askedSkills = new Set<string>();
  for (const requirement of live) for (const skillId of requirement.skillIds) askedSkills.add(skillId);
  const index = buildCoverageIndex(
    live.map(({ dayOne }) =>
      dayOne.map(({ skillId, level, weight }) => ({ skill: skillNumbers.get(skillId) ?? 0, level, weight })),
    ),
    skillNumbers.size,
  );
  return {
    knownBySoc: groupBy(inReach, ({ soc }) => soc),
    live,
    askedSkills,
    firstRecordedOn: inReach.reduce((first, { recordedOn }) => Math.min(first, recordedOn), Infinity),
    index,
    numerators: new Int32Array(live.length),
  };
}

import {
  type CohortFlagCode,
  type CurriculumStep,
  type Flag,
  type RequirementMatch,
} from '@throughway/vocabulary/alignment-result';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Curriculum, type TaughtUnit } from './curricula.js';
import { curriculumFlags, type FlagGrounds, unaskedCredentials } from './curriculum-flags.js';
import { exactSums } from './exact-sum.js';
import { isLive } from './known-demand.js';
import { bestOthers, compareFits, curriculumSteps, type Fit, fitRequirement, toMatch } from './match-requirements.js';
import { type ReachDemand } from './reach-demand.js';

/** What the alignment says about a version, the same for each of its cohorts. */
export interface VersionAssessment {
  curriculum: Curriculum;
  /** Live requirements in reach of a target occupation, sorted by id. */
  mine: Fit[];
  /** The area's projected openings for the target occupations. */
  openings: number;
  matches: RequirementMatch[];
  orphanHours: number;
  orphanShare: number | null;
  /** Sorted by code; without the two that depend on seats. */
  flags: Flag<CohortFlagCode>[];
  nextSteps: CurriculumStep[];
  bestCoverage: number | null;
  awardedCount: number;
  /** How many of the awarded credentials one of mine requires or prefers. */
  askedCount: number;
}

/** Assesses one version against the demand in its institution's reach. Linear in that demand. */
export function assessVersion(
  curriculum: Curriculum,
  reach: ReachDemand,
  skillNumbers: ReadonlyMap<string, number>,
  context: Pick<FlagGrounds, 'asOf' | 'threshold' | 'openings' | 'educatorSpans'>,
): VersionAssessment {
  const targeted = curriculum.targets
    .flatMap((soc) => reach.knownBySoc.get(soc) ?? [])
    .sort((a, b) => compareIds(a.requirementId, b.requirementId));
  const mine = targeted
    .filter((requirement) => isLive(requirement, context.asOf))
    .map((requirement) => fitRequirement(requirement, curriculum));
  const taught = [...curriculum.taught];
  const others = bestOthers(reach, curriculum, {
    numbers: taught.map(([skillId]) => skillNumbers.get(skillId) ?? 0),
    levels: taught.map(([, level]) => level),
  });
  const matches = [...mine, ...others].sort(compareFits).map((fit) => toMatch(fit, curriculum));
  const best = mine.toSorted(compareFits)[0]?.coverage;
  return {
    curriculum,
    mine,
    openings: context.openings,
    matches,
    ...orphanContent(curriculum.units, reach.askedSkills),
    flags: curriculumFlags({ ...context, curriculum, mine, targeted, firstRecordedOn: reach.firstRecordedOn }),
    nextSteps: curriculumSteps(mine, curriculum),
    bestCoverage: best && best.denominator > 0 ? best.numerator / best.denominator : null,
    awardedCount: curriculum.awarded.length,
    askedCount: curriculum.awarded.length - unaskedCredentials(curriculum, mine).length,
  };
}

/** Hours of units that list a skill but none that a live requirement in reach lists, and their share of all hours (EXACT, Orphan). */
function orphanContent(units: readonly TaughtUnit[], askedSkills: ReadonlySet<string>) {
  const orphans = units.filter(
    ({ skillIds }) => skillIds.length > 0 && !skillIds.some((skillId) => askedSkills.has(skillId)),
  );
  const { sums, scale } = exactSums(
    orphans.map(({ hours }) => hours),
    units.map(({ hours }) => hours),
  );
  const [orphanSum = 0, allSum = 0] = sums;
  return { orphanHours: orphanSum / scale, orphanShare: allSum === 0 ? null : orphanSum / allSum };
}

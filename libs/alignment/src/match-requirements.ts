import { type CurriculumStep, type RequirementMatch, type SkillGap } from '@throughway/vocabulary/alignment-result';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Curriculum } from './curricula.js';
import { compareCoverage, type Coverage, coverageShare, PARTS, skillParts } from './coverage.js';
import { coverageNumerators } from './coverage-index.js';
import { type DayOneSkill, type KnownRequirement } from './known-demand.js';
import { type ReachDemand } from './reach-demand.js';

const OTHERS_LISTED = 10;

/** How one version meets one requirement. Lists are sorted by id. */
export interface Fit {
  requirement: KnownRequirement;
  coverage: Coverage;
  gaps: DayOneSkill[];
  missingCredentials: string[];
}

/** Coverage, gaps and missing credentials of a requirement (DOMAIN 4.2). */
export function fitRequirement(requirement: KnownRequirement, curriculum: Curriculum): Fit {
  const coverage: Coverage = { numerator: 0, denominator: 0 };
  const gaps: DayOneSkill[] = [];
  for (const skill of requirement.dayOne) {
    const taught = curriculum.taught.get(skill.skillId) ?? 0;
    coverage.numerator += skill.weight * skillParts(taught, skill.level);
    coverage.denominator += skill.weight * PARTS;
    if (taught < skill.level) gaps.push(skill);
  }
  const missingCredentials = requirement.requiredCredentials.filter((id) => !curriculum.awarded.includes(id));
  return { requirement, coverage, gaps, missingCredentials };
}

/** No gap and no missing credential; with undefined coverage the credentials alone decide. */
export function isReady(fit: Fit): boolean {
  return fit.gaps.length === 0 && fit.missingCredentials.length === 0;
}

/** Greater coverage first, undefined last, then requirementId. */
export function compareFits(a: Fit, b: Fit): number {
  const [aDefined, bDefined] = [a.coverage.denominator > 0, b.coverage.denominator > 0];
  if (aDefined !== bDefined) return aDefined ? -1 : 1;
  return (
    (aDefined ? compareCoverage(b.coverage, a.coverage) : 0) ||
    compareIds(a.requirement.requirementId, b.requirement.requirementId)
  );
}

/**
 * The ten live requirements in reach outside the target occupations with the highest coverage > 0, ties by requirementId, best first.
 * `targets` are the version's seven-character occupations. One pass over the index; linear in the live requirements of the reach.
 */
export function bestOthers(reach: ReachDemand, curriculum: Curriculum, skills: TaughtSkills): Fit[] {
  const { live, index, numerators } = reach;
  coverageNumerators(index, skills.numbers, skills.levels, numerators);
  const targets = new Set(curriculum.targets);
  const best: number[] = [];
  const better = (a: number, b: number): boolean =>
    numerators[a]! * index.denominators[b]! > numerators[b]! * index.denominators[a]!;
  for (let at = 0; at < live.length; at++) {
    if (numerators[at] === 0 || (best.length === OTHERS_LISTED && !better(at, best[OTHERS_LISTED - 1]!))) continue;
    if (targets.has(live[at]!.soc)) continue;
    let place = best.length === OTHERS_LISTED ? OTHERS_LISTED - 1 : best.length;
    for (; place > 0 && better(at, best[place - 1]!); place--) best[place] = best[place - 1]!;
    best[place] = at;
  }
  return best.map((at) => fitRequirement(live[at]!, curriculum));
}

/** A version's taught skills as numbers, for the index. */
export interface TaughtSkills {
  numbers: number[];
  levels: number[];
}

/** The wire form of a fit. */
export function toMatch(fit: Fit, curriculum: Curriculum): RequirementMatch {
  const gaps = fit.gaps.map(({ skillId, level }): SkillGap => ({
    skillId,
    taught: curriculum.taught.get(skillId) ?? 0,
    required: level,
  }));
  return {
    requirementId: fit.requirement.requirementId,
    coverage: coverageShare(fit.coverage),
    gaps,
    missingCredentials: fit.missingCredentials,
    ready: isReady(fit),
  };
}

/**
 * The cheapest next steps of a curriculum (EXACT, Cohort flags): of the requirement with the best defined coverage that is not ready, ties by id,
 * each gap with the coverage after closing it alone; greatest lost weight w · (1 − T / L) first, then skillId. Empty when that requirement lacks credentials only.
 */
export function curriculumSteps(mine: readonly Fit[], curriculum: Curriculum): CurriculumStep[] {
  const [nearest] = mine.filter((fit) => fit.coverage.denominator > 0 && !isReady(fit)).sort(compareFits);
  if (!nearest) return [];
  const { numerator, denominator } = nearest.coverage;
  return nearest.gaps
    .map(({ skillId, level, weight }) => ({
      skillId,
      level,
      lost: weight * (PARTS - skillParts(curriculum.taught.get(skillId) ?? 0, level)),
    }))
    .sort((a, b) => b.lost - a.lost || compareIds(a.skillId, b.skillId))
    .map(({ skillId, level, lost }) => ({
      requirementId: nearest.requirement.requirementId,
      skillId,
      toLevel: level,
      coverageAfter: (numerator + lost) / denominator,
    }));
}

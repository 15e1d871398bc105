import { PARTS, skillParts } from './coverage.js';
import { type Level } from '@throughway/vocabulary/network';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** A skill that a requirement asks for on day one; `skill` is a number below the index's `skillCount`, `weight` whole and > 0. */
export interface IndexedSkill {
  skill: number;
  level: Level;
  weight: number;
}

/**
 * Requirements by skill, with what each taught level earns beforehand: one pass over the skills that a version teaches
 * scores every requirement at once, touching only the requirements that ask for those skills.
 */
export interface CoverageIndex {
  requirementCount: number;
  /** 12 Σ w per requirement; 0 = coverage undefined. */
  denominators: Int32Array;
  /** Postings of skill s are `start[s] … start[s + 1] − 1`, requirements ascending. */
  start: Int32Array;
  requirement: Int32Array;
  /** `parts[T − 1]`: twelfths of weight that posting earns when its skill is taught to level T. */
  parts: readonly Int32Array[];
}

/** Builds the index; linear in the number of skill lines. A requirement lists each skill once. */
export function buildCoverageIndex(
  requirements: readonly (readonly IndexedSkill[])[],
  skillCount: number,
): CoverageIndex {
  const start = new Int32Array(skillCount + 1);
  const denominators = new Int32Array(requirements.length);
  requirements.forEach((skills, at) => {
    for (const { skill, weight } of skills) {
      start[skill + 1]! += 1;
      denominators[at]! += PARTS * weight;
    }
  });
  for (let skill = 0; skill < skillCount; skill++) start[skill + 1]! += start[skill]!;
  const next = start.slice();
  const requirement = new Int32Array(start[skillCount]!);
  const parts = LEVELS.map(() => new Int32Array(requirement.length));
  requirements.forEach((skills, at) => {
    for (const { skill, level, weight } of skills) {
      const posting = next[skill]!++;
      requirement[posting] = at;
      for (const taught of LEVELS) parts[taught - 1]![posting] = weight * skillParts(taught, level);
    }
  });
  return { requirementCount: requirements.length, denominators, start, requirement, parts };
}

/**
 * Writes each requirement's coverage numerator into `into` (length ≥ requirementCount) for a version that teaches `skills[k]` to `levels[k]`;
 * each skill once, levels 1–4. Cost: the postings of those skills.
 */
export function coverageNumerators(
  index: CoverageIndex,
  skills: ArrayLike<number>,
  levels: ArrayLike<number>,
  into: Int32Array,
): void {
  const { start, requirement } = index;
  into.fill(0);
  for (let k = 0; k < skills.length; k++) {
    const parts = index.parts[levels[k]! - 1]!;
    const end = start[skills[k]! + 1]!;
    for (let posting = start[skills[k]!]!; posting < end; posting++) into[requirement[posting]!]! += parts[posting]!;
  }
}

import { type Ratio } from '@throughway/vocabulary/parse-ratio';
import { type Level, type Vote } from '@throughway/vocabulary/network';

/**
 * Coverage as whole numbers: Σ w · min(12 T / L, 12) over 12 Σ w. Levels divide 12, so nothing is rounded (DOMAIN 4.2).
 * Undefined coverage has denominator 0.
 */
export interface Coverage {
  numerator: number;
  denominator: number;
}

/** Parts of one weight that a fully taught skill earns. */
export const PARTS = 12;

/** Vote weights (EXACT, Mine): essential 3, important 2, useful 1, blank 1. */
export function voteWeight(vote: Vote | null): number {
  return vote === 'essential' ? 3 : vote === 'important' ? 2 : 1;
}

/** Twelfths of a skill's weight that being taught to `taught` earns against `required`; 0 to 12. */
export function skillParts(taught: number, required: Level): number {
  return Math.min((PARTS * taught) / required, PARTS);
}

/** Which of two defined coverages is greater, exactly: positive when `a` is. */
export function compareCoverage(a: Coverage, b: Coverage): number {
  return a.numerator * b.denominator - b.numerator * a.denominator;
}

/** The nearest double, or null when undefined. */
export function coverageShare(coverage: Coverage): number | null {
  return coverage.denominator === 0 ? null : coverage.numerator / coverage.denominator;
}

/** floor(10⁶ · coverage) of a defined coverage (EXACT, Seats); the weight of a seated graduate. */
export function coverageMillionths(coverage: Coverage): number {
  return Math.floor((1_000_000 * coverage.numerator) / coverage.denominator);
}

/** Whether a coverage is defined and at least the threshold, by integers alone. */
export function reachesThreshold(coverage: Coverage, threshold: Ratio): boolean {
  if (coverage.denominator === 0) return false;
  return BigInt(coverage.numerator) * threshold.denominator >= threshold.numerator * BigInt(coverage.denominator);
}

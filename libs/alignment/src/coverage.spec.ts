import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseRatio } from '@throughway/vocabulary/parse-ratio';
import { compareCoverage, coverageMillionths, coverageShare, reachesThreshold, skillParts } from './coverage.js';

test.each([
  [0, 4, 0],
  [1, 4, 3],
  [2, 3, 8],
  [3, 3, 12],
  [4, 1, 12],
] as const)('taught %d against required %d earns %d twelfths', (taught, required, parts) => {
  expect(skillParts(taught, required)).toBe(parts);
});

test.each([
  ['0.8', 48, 60, true],
  ['0.8', 47, 60, false],
  ['0.333333333333333', 4, 12, true],
  ['0.333333333333334', 4, 12, false],
  ['0', 0, 12, true],
  ['0', 0, 0, false],
  ['1', 12, 12, true],
  ['1', 11, 12, false],
])('against threshold %s, coverage %d/%d passes: %j', (text, numerator, denominator, passes) => {
  expect(reachesThreshold({ numerator, denominator }, parseRatio(text)!)).toBe(passes);
});

test('undefined coverage is null, neither 0 nor 1', () => {
  expect(coverageShare({ numerator: 0, denominator: 0 })).toBeNull();
  expect(coverageShare({ numerator: 0, denominator: 12 })).toBe(0);
});

test('millionths are rounded down from the exact ratio', () => {
  const ratio = fc.integer({ min: 1, max: 1_000_000 }).chain((d) => fc.tuple(fc.nat(d), fc.constant(d)));
  fc.assert(
    fc.property(ratio, ([numerator, denominator]) => {
      const exact = (BigInt(numerator) * 1_000_000n) / BigInt(denominator);
      expect(coverageMillionths({ numerator, denominator })).toBe(Number(exact));
    }),
  );
});

test('coverages compare as ratios, not as doubles', () => {
  expect(compareCoverage({ numerator: 4, denominator: 12 }, { numerator: 8, denominator: 24 })).toBe(0);
  expect(compareCoverage({ numerator: 9, denominator: 24 }, { numerator: 4, denominator: 12 })).toBeGreaterThan(0);
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Level } from '@throughway/vocabulary/network';
import { PARTS, skillParts } from './coverage.js';
import { buildCoverageIndex, coverageNumerators } from './coverage-index.js';

const SKILLS = 8;
const level = fc.constantFrom<Level>(1, 2, 3, 4);
const bySkill = <T extends { skill: number }>(line: fc.Arbitrary<T>) =>
  fc.uniqueArray(line, { selector: ({ skill }) => skill, maxLength: SKILLS });
const requirements = fc.array(
  bySkill(fc.record({ skill: fc.nat(SKILLS - 1), level, weight: fc.integer({ min: 1, max: 100 }) })),
  { maxLength: 6 },
);
const versions = fc.array(bySkill(fc.record({ skill: fc.nat(SKILLS - 1), level })), { maxLength: 4 });

test('scores every requirement as comparing each pair skill by skill does, version after version', () => {
  fc.assert(
    fc.property(requirements, versions, (asked, taughtByVersion) => {
      const index = buildCoverageIndex(asked, SKILLS);
      const numerators = new Int32Array(asked.length);
      for (const taught of taughtByVersion) {
        const levels = new Map(taught.map((line) => [line.skill, line.level]));
        const numbers = taught.map(({ skill }) => skill);
        coverageNumerators(index, numbers, [...levels.values()], numerators);
        const pairs = asked.map((skills) =>
          skills.reduce((sum, line) => sum + line.weight * skillParts(levels.get(line.skill) ?? 0, line.level), 0),
        );
        expect([...numerators]).toEqual(pairs);
      }
      expect([...index.denominators]).toEqual(
        asked.map((skills) => skills.reduce((sum, { weight }) => sum + PARTS * weight, 0)),
      );
    }),
  );
});

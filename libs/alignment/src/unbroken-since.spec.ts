import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { unbrokenSince } from './unbroken-since.js';

const day = fc.nat(20);
const spans = fc.array(fc.record({ from: day, to: day, item: fc.constantFrom('a' as const, 'b' as const) }), {
  maxLength: 6,
});

test('finds the same first day as looking at every day, for a condition on what is in force', () => {
  let compared = 0;
  fc.assert(
    fc.property(spans, day, day, (all, one, other) => {
      const [earliest, asOf] = [Math.min(one, other), Math.max(one, other)];
      const holdsOn = (on: number): boolean => {
        const inForce = all.filter(({ from, to }) => from <= on && on <= to).map(({ item }) => item);
        return inForce.includes('a') && !inForce.includes('b');
      };
      if (!holdsOn(asOf)) return;
      let first = asOf;
      while (first > earliest && holdsOn(first - 1)) first -= 1;
      const counts = { a: 0, b: 0 };
      const since = unbrokenSince(
        all,
        { asOf, earliest },
        {
          enter: (item) => (counts[item] += 1),
          leave: (item) => (counts[item] -= 1),
          holds: () => counts.a > 0 && counts.b === 0,
        },
      );
      expect(since).toBe(first);
      compared += 1;
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(100);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { colorSteps, stepOf } from './color-steps';

describe('A map’s scale', () => {
  test('gives each step about as many counties', () => {
    expect(colorSteps([0, 1, 2, 3, 4, 5, 6, 7, 100], 4)).toEqual([
      { from: 1, to: 2 },
      { from: 3, to: 4 },
      { from: 5, to: 6 },
      { from: 7, to: 100 },
    ]);
  });

  test('is empty when no county has any', () => {
    expect(colorSteps([0, 0], 5)).toEqual([]);
    expect(stepOf([], 0)).toBe(-1);
  });

  test('puts every figure above zero into exactly one step, and larger ones never lower', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500)), fc.integer({ min: 1, max: 7 }), (figures, count) => {
        const steps = colorSteps(figures, count);
        expect(steps.length).toBeLessThanOrEqual(count);
        let last = -1;
        for (const figure of figures.toSorted((a, b) => a - b)) {
          const step = stepOf(steps, figure);
          expect(step >= 0).toBe(figure > 0);
          expect(step).toBeGreaterThanOrEqual(last);
          last = step;
        }
      }),
    );
  });
});

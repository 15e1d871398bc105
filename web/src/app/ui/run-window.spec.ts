import { expect, test } from '@jest/globals';
import { inRunWindow } from './run-window';

test.each([
  ['2026-06-29', false],
  ['2026-06-30', true],
  ['2027-06-29', true],
  ['2027-06-30', false],
])('a cohort that completes on %s is in the year from 2026-06-30: %p', (completesOn, inside) => {
  expect(inRunWindow(completesOn, '2026-06-30')).toBe(inside);
});

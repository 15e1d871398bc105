import { expect, test } from '@jest/globals';
import { exactSums } from './exact-sum.js';

test.each([
  [[0.1, 0.2], 0.3],
  [[0.1, 0.2, 0.3, 0.4], 1],
  [[12.5, 40], 52.5],
  [[1e-7, 2], 2.0000001],
  [[], 0],
])('%j add up to %d', (values, total) => {
  const { sums, scale } = exactSums(values);
  expect(sums[0]! / scale).toBe(total);
});

test('sums share one scale, so that their ratio is the ratio of the decimals', () => {
  const { sums } = exactSums([0.1, 0.2], [0.25, 0.35]);
  expect(sums[0]! / sums[1]!).toBe(0.5);
});

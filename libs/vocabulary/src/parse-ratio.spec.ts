import { expect, test } from '@jest/globals';
import { parseRatio } from './parse-ratio.js';

test.each([
  ['0.8', 4n, 5n],
  ['.8', 4n, 5n],
  ['0.80', 4n, 5n],
  ['1', 1n, 1n],
  ['1.000', 1n, 1n],
  ['0', 0n, 1n],
  ['0.3333333333333333', 3333333333333333n, 10000000000000000n],
])('%s is %s/%s', (text, numerator, denominator) => {
  expect(parseRatio(text)).toEqual({ numerator, denominator });
});

test.each(['1.1', '-0.1', '80%', '8e-1', '', '.', ' 0.8', '0,8', 'NaN'])('%j is not a share', (text) => {
  expect(parseRatio(text)).toBeNull();
});

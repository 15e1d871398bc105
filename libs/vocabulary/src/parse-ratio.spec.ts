import { expect, test } from '@jest/globals';
import { parseRatio } from './parse-ratio.js';

test.each([
  ['0.8', 4, 5],
  ['.8', 4, 5],
  ['0.80', 4, 5],
  ['1', 1, 1],
  ['1.000', 1, 1],
  ['0', 0, 1],
  ['0.333333333333333', 333333333333333, 1000000000000000],
])('%s is %d/%d', (text, numerator, denominator) => {
  expect(parseRatio(text)).toEqual({ numerator, denominator });
});

test.each(['1.1', '-0.1', '80%', '8e-1', '', '.', ' 0.8', '0,8', 'NaN', '0.1234567890123456'])(
  '%j is not a share',
  (text) => {
    expect(parseRatio(text)).toBeNull();
  },
);

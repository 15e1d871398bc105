import { describe, expect, test } from '@jest/globals';
import { findFlaw } from './find-flaw.js';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('What could not be kept as it is said', () => {
  test.each<[string, unknown, string]>([
    ['a zero character', { name: ['a\0b'] }, 'a zero character'],
    ['one in the name of a field', { 'a\0': 1 }, 'a zero character'],
    ['half a character', { name: 'a\ud800b' }, 'half a character'],
    ['half of one in the name of a field', { '\udfff': 1 }, 'half a character'],
    ['65 levels', nested(65), 'more than 64 levels'],
    ['so many levels that walking down them would break the stack', nested(500_000), 'more than 64 levels'],
  ])('is found: %s', (_, value, found) => {
    expect(findFlaw(value)?.found).toBe(found);
  });

  test.each<[string, unknown]>([
    ['whole characters of two halves', { '👩‍👧': 'Ze\u0301 \u{10ffff}' }],
    ['64 levels', nested(64)],
    ['nothing', undefined],
  ])('is not %s', (_, value) => {
    expect(findFlaw(value)).toBeNull();
  });
});

import { expect, test } from '@jest/globals';
import { parseDay } from '@throughway/vocabulary/local-date';
import { isOverdue } from './overdue.js';
import { onetSource, REFERENCE_SOURCES, sourceOf } from './sources.js';

const day = (text: string): number => parseDay(text) ?? NaN;

test.each([
  ['2023-12-31', 16, '2025-04-30', false],
  ['2023-12-31', 16, '2025-05-01', true],
  ['2022-12-31', 42, '2026-06-30', false],
  ['2022-12-31', 42, '2026-07-01', true],
  [null, 12, '2099-01-01', false],
  ['2010-01-01', null, '2099-01-01', false],
])('a vintage of %s with a review after %s months is overdue on %s: %s', (vintageOn, months, today, overdue) => {
  expect(isOverdue(vintageOn, months, day(today))).toBe(overdue);
});

test.each([
  ['29.3', '29.3 (May 2025)', '2025-05-31'],
  ['30.0', '30.0 (August 2025)', '2025-08-31'],
  ['30.2', '30.2 (February 2026)', '2026-02-28'],
])('O*NET %s is of %s', (release, vintage, vintageOn) => {
  expect(onetSource(release)).toMatchObject({ vintage, vintageOn });
});

test('every source has a real day, a licence and an attribution, and an unknown one is refused', () => {
  for (const source of REFERENCE_SOURCES) {
    expect(parseDay(source.vintageOn ?? '')).not.toBeNull();
    expect(source.licence).not.toBe('');
    expect(source.attribution).not.toBe('');
  }
  expect(new Set(REFERENCE_SOURCES.map((source) => source.sourceId)).size).toBe(REFERENCE_SOURCES.length);
  expect(() => sourceOf('onet-latest')).toThrow('found "onet-latest"');
});

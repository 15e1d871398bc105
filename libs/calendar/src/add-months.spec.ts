import { expect, test } from '@jest/globals';
import { formatDay, parseDay } from '@throughway/vocabulary/local-date';
import { addMonths } from './add-months.js';

const plus = (text: string, months: number): string => formatDay(addMonths(parseDay(text) ?? NaN, months));

test.each([
  ['2023-01-31', 1, '2023-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2024-02-29', 36, '2027-02-28'],
  ['2023-10-31', 36, '2026-10-31'],
  ['2023-12-15', 1, '2024-01-15'],
  ['2024-03-31', -1, '2024-02-29'],
])('%s and %d months is %s', (from, months, to) => {
  expect(plus(from, months)).toBe(to);
});

test.each(['2026-02-30', '2026-13-01', '0000-01-01', '2026-1-1', ' 2026-01-01', '2026-01-01T00:00', ''])(
  '%j is not a day',
  (text) => {
    expect(parseDay(text)).toBeNull();
  },
);

import { describe, expect, test } from '@jest/globals';
import { formatDay, parseDay, type Day } from '@throughway/vocabulary/local-date';
import fc from 'fast-check';
import { addMonths } from './add-months.js';
import { ageOn } from './age-on.js';
import { latestBirth } from './latest-birth.js';

const dayOf = (text: string): Day => parseDay(text) ?? NaN;

test.each([
  ['2008-06-30', '2026-06-29', 17, 'on the eve of the birthday'],
  ['2008-06-30', '2026-06-30', 18, 'on the birthday'],
  ['2008-06-30', '2026-07-01', 18, 'the day after'],
  ['2008-02-29', '2026-02-28', 17, 'born on February 29, on the last of February of a common year'],
  ['2008-02-29', '2026-03-01', 18, 'born on February 29, on March 1 of a common year'],
  ['2008-02-29', '2028-02-28', 19, 'born on February 29, on February 28 of a leap year'],
  ['2008-02-29', '2028-02-29', 20, 'born on February 29, on the birthday of a leap year'],
  ['2010-03-01', '2028-02-29', 17, 'born on March 1, on February 29'],
  ['2009-12-31', '2027-12-30', 17, 'born on the last day of a year, on its eve'],
  ['2009-12-31', '2027-12-31', 18, 'born on the last day of a year'],
  ['2010-01-01', '2027-12-31', 17, 'born on New Year, on its eve'],
  ['2013-06-30', '2013-06-30', 0, 'on the day of birth'],
  ['2013-06-30', '2013-06-29', -1, 'before the birth'],
])('born %s, on %s: %d (%s)', (born, on, age) => {
  expect(ageOn(dayOf(born), dayOf(on))).toBe(age);
});

const days = fc.integer({ min: dayOf('1900-01-01'), max: dayOf('2100-12-31') });
const lives = fc.tuple(days, days).map(([one, other]): [Day, Day] => (one < other ? [one, other] : [other, one]));

describe('an age', () => {
  test('never falls from one day to the next, and rises by one on one day a year', () => {
    fc.assert(
      fc.property(lives, ([born, on]) => {
        const rises = Array.from({ length: 366 }, (_, at) => ageOn(born, on + at + 1) - ageOn(born, on + at));
        expect(rises.every((rise) => rise === 0 || rise === 1)).toBe(true);
        expect(rises.filter((rise) => rise === 1).length).toBeLessThanOrEqual(2);
        expect(ageOn(born, addMonths(on, 12) + 1)).toBeGreaterThan(ageOn(born, on));
      }),
      { numRuns: 200 },
    );
  });

  test('rises on the birthday alone; for February 29 in a common year, on March 1', () => {
    fc.assert(
      fc.property(lives, ([born, on]) => {
        const [birthday, today] = [formatDay(born).slice(5), formatDay(on)];
        const isCommon = formatDay(dayOf(`${today.slice(0, 4)}-03-01`) - 1).endsWith('02-28');
        const kept = birthday === '02-29' && isCommon ? '03-01' : birthday;
        expect(ageOn(born, on) - ageOn(born, on - 1)).toBe(
          kept === today.slice(5) && on > born ? 1 : on === born ? 1 : 0,
        );
      }),
    );
  });

  test('of so many years is reached by exactly those born up to the latest birth', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: 120 }), ([born, on], years) => {
        expect(ageOn(born, on) >= years).toBe(born <= latestBirth(years, on));
      }),
      {
        examples: [
          [[dayOf('2008-02-29'), dayOf('2026-02-28')], 18],
          [[dayOf('2010-03-01'), dayOf('2028-02-29')], 18],
        ],
      },
    );
  });
});

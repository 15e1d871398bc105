import { ageOn } from '@throughway/calendar/age-on';
import { formatDay, type Day } from '@throughway/vocabulary/local-date';
import { LEAST_AGE } from '@throughway/vocabulary/rights-holder';
import type { Breach } from './row-rules.js';
import type { StudentRow } from './students-file.js';

/** Nobody is known to have lived this long but one; beyond it a birth date is a slip of the hand. */
export const GREATEST_AGE = 120;

/** What the rows of a file are held against. */
export interface StudentRuleContext {
  today: Day;
  /** The name of the school whose file it is. */
  school: string;
}

/** Everything that is wrong with a row whose cells can be read; silent about cells that could not. Never repeats a cell. */
export function breachesOf(row: Partial<StudentRow>, { today, school }: StudentRuleContext): Breach[] {
  const breaches: Breach[] = [];
  if (row.school && row.school !== school)
    breaches.push({ column: 'school', found: 'the name of another school', expected: `a blank cell or ${school}` });
  const age = row.bornOn === undefined ? undefined : ageOn(row.bornOn, today);
  if (age !== undefined) breaches.push(...breachesOfAge(age, today));
  for (const [at, { sinceOn }] of (row.populations ?? []).entries()) {
    const found = daysOff(sinceOn, row.bornOn, today);
    if (!found) continue;
    const expected = `a date from the birth date to ${formatDay(today)}`;
    breaches.push({ column: 'special_populations', found: `entry ${at + 1} with a day ${found}`, expected });
  }
  return breaches;
}

function breachesOfAge(age: number, today: Day): Breach[] {
  const on = formatDay(today);
  const breach = (found: string, expected: string): Breach[] => [{ column: 'birth_date', found, expected }];
  if (age < 0) return breach('a day in the future', `a birth date before ${on}`);
  if (age > GREATEST_AGE)
    return breach(`a day more than ${GREATEST_AGE} years ago`, 'the birth date of someone living');
  if (age < LEAST_AGE) return breach(`a day less than ${LEAST_AGE} years ago`, `${LEAST_AGE} years or older on ${on}`);
  return [];
}

function daysOff(sinceOn: Day, bornOn: Day | undefined, today: Day): string | null {
  if (sinceOn > today) return 'in the future';
  return bornOn !== undefined && sinceOn < bornOn ? 'before the birth date' : null;
}

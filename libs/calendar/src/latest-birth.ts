import type { Day } from '@throughway/vocabulary/local-date';
import { addMonths } from './add-months.js';

/**
 * The latest day of birth of those who have completed `years` years on the day `on`: `ageOn(born, on) >= years` exactly for births
 * up to this day. What a query compares with, so that it reckons ages as `ageOn` does.
 */
export function latestBirth(years: number, on: Day): Day {
  return addMonths(on, -12 * years);
}

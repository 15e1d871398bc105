import { formatDay, type Day } from '@throughway/vocabulary/local-date';

/**
 * Completed years of age of someone born on `bornOn`, on the day `on`; negative before the birth. Someone born on February 29
 * completes a year on March 1 where there is no such day.
 */
export function ageOn(bornOn: Day, on: Day): number {
  const born = formatDay(bornOn);
  const today = formatDay(on);
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}

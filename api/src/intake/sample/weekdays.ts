import type { Day } from '@throughway/vocabulary/local-date';

/** Saturday and Sunday; 1970-01-01 was a Thursday. */
function isWeekend(day: Day): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

/** `day`, or the Friday before it when it falls on a weekend. */
export function weekdayOnOrBefore(day: Day): Day {
  let weekday = day;
  while (isWeekend(weekday)) weekday -= 1;
  return weekday;
}

/** The `count`-th weekday after `day`. Holidays are not left out: the sample's sites keep none. */
export function addWeekdays(day: Day, count: number): Day {
  let weekday = day;
  for (let left = count; left > 0;) {
    weekday += 1;
    if (!isWeekend(weekday)) left -= 1;
  }
  return weekday;
}

import { addMonths } from '@throughway/calendar/add-months';
import { type Day, formatDay, type LocalDate } from '@throughway/vocabulary/local-date';

/** The first day of what is still kept: a record that was listed last before it is erased. */
export function retainedSince(today: Day, years: number): LocalDate {
  return formatDay(addMonths(today, -12 * years));
}

import { addMonths } from '@throughway/calendar/add-months';
import { type Day, type LocalDate, parseDay } from '@throughway/vocabulary/local-date';

/**
 * Whether a newer vintage should exist by `today`: more than `reviewIntervalMonths` calendar months have passed since
 * `vintageOn`. The last day of the interval is still in time; an undated source, or one without an interval, is never overdue.
 */
export function isOverdue(vintageOn: LocalDate | null, reviewIntervalMonths: number | null, today: Day): boolean {
  const day = vintageOn === null ? null : parseDay(vintageOn);
  return day !== null && reviewIntervalMonths !== null && addMonths(day, reviewIntervalMonths) < today;
}

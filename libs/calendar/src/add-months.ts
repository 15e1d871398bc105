import type { Day } from '@throughway/vocabulary/local-date';

const MS_PER_DAY = 86_400_000;

/** The same day of the month `months` calendar months later, or that month's last day when it is shorter: Jan 31 + 1 = Feb 28 or 29. */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(day * MS_PER_DAY);
  const dayOfMonth = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(dayOfMonth, lastOfMonth));
  return date.getTime() / MS_PER_DAY;
}

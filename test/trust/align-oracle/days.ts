/** Calendar days as whole numbers counted from 1970-01-01, so that subtraction gives days. */
const DAY = 86_400_000;

/** The day of a YYYY-MM-DD text, or null when the text is no date of the calendar. */
export function toDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const instant = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(instant)) return null;
  return new Date(instant).toISOString().slice(0, 10) === text ? instant / DAY : null;
}

export const fromDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The same day of a later month, or that month's last day when it is shorter. */
export function addMonths(day: number, months: number): number {
  const start = new Date(day * DAY);
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1);
  const next = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 1);
  return first / DAY + Math.min(start.getUTCDate(), (next - first) / DAY) - 1;
}

/** A calendar day without time or zone, as ISO 8601 writes it: `YYYY-MM-DD`. */
export type LocalDate = string;

/** The same calendar day as a whole number of days since 1970-01-01 (proleptic Gregorian); engines count in these. */
export type Day = number;

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;

/**
 * The day that `text` names, or null when it is not a real calendar day in the form `YYYY-MM-DD` (years 0001–9999).
 * 2026-02-30 is null, and so is anything with spaces, signs or a time.
 */
export function parseDay(text: string): Day | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year === 0) return null;
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  const real = instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day;
  return real ? instant.getTime() / MS_PER_DAY : null;
}

/** `YYYY-MM-DD` for a day that {@link parseDay} could have made. */
export function formatDay(day: Day): LocalDate {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

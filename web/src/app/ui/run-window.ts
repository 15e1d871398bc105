const DAYS = 365;
const MS_PER_DAY = 86_400_000;

/** Whether a cohort completes in the year that a run seats: [as-of, as-of + 365 days) (DOMAIN 4.3). */
export function inRunWindow(completesOn: string, asOf: string): boolean {
  const days = (Date.parse(completesOn) - Date.parse(asOf)) / MS_PER_DAY;
  return days >= 0 && days < DAYS;
}

import { formatDay, parseDay, type Day } from '@throughway/vocabulary/local-date';

export type Term = 'spring' | 'summer' | 'winter';

/** The last day of a term, the same every year. */
const ENDS: Record<Term, string> = { spring: '05-15', summer: '08-07', winter: '12-18' };

const RUN_DAYS = 365;

/**
 * The completion days of a program's cohorts, ascending: `past` before `asOf`, then the next end of each of its terms, then `planned` more.
 * The next end of a term always lies in [asOf, asOf + 365): in the one case where a leap year leaves a window without it, it is
 * the window's last day.
 */
export function termDates(terms: readonly Term[], asOf: Day, past: number, planned: number): Day[] {
  const year = Number(formatDay(asOf).slice(0, 4));
  const ends: Day[] = [];
  for (let y = year - past - 1; y <= year + planned + 2; y++) for (const term of terms) ends.push(endOf(term, y));
  ends.sort((a, b) => a - b);
  const next = ends.findIndex((day) => day >= asOf);
  const chosen = ends.slice(next - past, next + terms.length + planned);
  return chosen.map((day, i) => (i < past + terms.length ? Math.min(day, asOf + RUN_DAYS - 1) : day));
}

function endOf(term: Term, year: number): Day {
  const day = parseDay(`${year}-${ENDS[term]}`);
  if (day === null) throw new RangeError(`no ${term} term ends in ${year}`);
  return day;
}

import { type LaborAreas } from '@throughway/alignment/labor-areas';

/** A region of the board: its area, or the whole network (`regionId` empty, `counties` null). */
export interface Region {
  regionId: string;
  name: string;
  counties: readonly string[] | null;
}

/** What the board says above its rows, of one region. The three demand tiers stand side by side. */
export interface RegionTotals {
  /** Cohorts that complete in the run's window, and their persons. */
  cohorts: number;
  completers: number;
  seated: number;
  withoutSeat: number;
  promisedSeats: number;
  postedHeadcount: number;
  /** Of the occupations that those cohorts aim at, each once per area; null when nothing is projected. */
  projectedOpenings: number | null;
  /** Every cohort of the region, in the window or not, and how many raise each flag. */
  rowCount: number;
  flagCounts: { code: string; count: number }[];
}

/** What totals need of a cohort. */
export interface CohortFigures {
  countyFips: string;
  targetSocs: string[];
  inWindow: boolean;
  expectedCompleters: number;
  seated: number | null;
  flags: string[];
}

export interface CountyFigures {
  countyFips: string;
  promisedSeats: number;
  postedHeadcount: number;
}

/** Adds up one region. `areas` is null when nothing is projected anywhere. Linear in cohorts and counties. */
export function totalRegion(
  { counties }: Region,
  cohorts: readonly CohortFigures[],
  demand: readonly CountyFigures[],
  areas: LaborAreas | null,
): RegionTotals {
  const inside = counties && new Set(counties);
  const isInside = ({ countyFips }: { countyFips: string }): boolean => !inside || inside.has(countyFips);
  const all = cohorts.filter(isInside);
  const run = all.filter((cohort) => cohort.inWindow);
  const posted = demand.filter(isInside);
  const completers = sum(run, (cohort) => cohort.expectedCompleters);
  const seated = sum(run, (cohort) => cohort.seated ?? 0);
  return {
    cohorts: run.length,
    completers,
    seated,
    withoutSeat: completers - seated,
    promisedSeats: sum(posted, (county) => county.promisedSeats),
    postedHeadcount: sum(posted, (county) => county.postedHeadcount),
    projectedOpenings: areas && projectedOpenings(run, areas),
    rowCount: all.length,
    flagCounts: countFlags(all),
  };
}

function projectedOpenings(cohorts: readonly CohortFigures[], areas: LaborAreas): number {
  const socsByArea = new Map<string, Set<string>>();
  for (const { countyFips, targetSocs } of cohorts) {
    const area = areas.areaOf(countyFips);
    if (area === null) continue;
    const socs = socsByArea.get(area) ?? new Set();
    socsByArea.set(area, socs);
    for (const soc of targetSocs) socs.add(soc);
  }
  return Math.round(sum([...socsByArea], ([area, socs]) => areas.openings(area, [...socs])));
}

function countFlags(cohorts: readonly CohortFigures[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { flags } of cohorts) for (const code of flags) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => (a.code < b.code ? -1 : 1));
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}

import { distinctSources, type LaborAreas, type ProjectionSource } from '@throughway/alignment/labor-areas';
import { compareIds } from '@throughway/vocabulary/compare-ids';

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
  /** Who projected them; empty when nothing is projected. */
  projectedSources: ProjectionSource[];
  /** Every cohort of the region, in the window or not, and how many raise each flag. */
  rowCount: number;
  flagCounts: { code: string; count: number }[];
  /** Of the region's pathways; every rung is named, lowest first. */
  partnerships: {
    rowCount: number;
    rungCounts: { rung: number; count: number }[];
    flagCounts: { code: string; count: number }[];
  };
}

/** How many partnerships with pathways of a county stand on one rung under the same flags. */
export interface PartnershipFigures {
  countyFips: string;
  rung: number;
  flags: string[];
  count: number;
}

/** What totals are added up from, of the whole network. */
export interface Figures {
  cohorts: CohortFigures[];
  counties: CountyFigures[];
  partnerships: PartnershipFigures[];
}

const RUNGS = [0, 1, 2, 3, 4, 5];

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

/** Adds up one region. `areas` is null when nothing is projected anywhere. Linear in the figures. */
export function totalRegion({ counties }: Region, figures: Figures, areas: LaborAreas | null): RegionTotals {
  const inside = counties && new Set(counties);
  const isInside = ({ countyFips }: { countyFips: string }): boolean => !inside || inside.has(countyFips);
  const all = figures.cohorts.filter(isInside);
  const run = all.filter((cohort) => cohort.inWindow);
  const posted = figures.counties.filter(isInside);
  const partnerships = figures.partnerships.filter(isInside);
  const completers = sum(run, (cohort) => cohort.expectedCompleters);
  const seated = sum(run, (cohort) => cohort.seated ?? 0);
  return {
    cohorts: run.length,
    completers,
    seated,
    withoutSeat: completers - seated,
    promisedSeats: sum(posted, (county) => county.promisedSeats),
    postedHeadcount: sum(posted, (county) => county.postedHeadcount),
    ...projected(run, areas),
    rowCount: all.length,
    flagCounts: countFlags(all.map(({ flags }) => ({ flags, count: 1 }))),
    partnerships: totalPartnerships(partnerships),
  };
}

/** How many there are, on each rung and under each flag. */
export function totalPartnerships(figures: readonly PartnershipFigures[]): RegionTotals['partnerships'] {
  return {
    rowCount: sum(figures, ({ count }) => count),
    rungCounts: RUNGS.map((rung) => ({
      rung,
      count: sum(figures, (group) => (group.rung === rung ? group.count : 0)),
    })),
    flagCounts: countFlags(figures),
  };
}

function projected(
  cohorts: readonly CohortFigures[],
  areas: LaborAreas | null,
): Pick<RegionTotals, 'projectedOpenings' | 'projectedSources'> {
  if (!areas) return { projectedOpenings: null, projectedSources: [] };
  const socsByArea = new Map<string, Set<string>>();
  for (const { countyFips, targetSocs } of cohorts) {
    const area = areas.areaOf(countyFips);
    if (area === null) continue;
    const socs = socsByArea.get(area) ?? new Set();
    socsByArea.set(area, socs);
    for (const soc of targetSocs) socs.add(soc);
  }
  const groups = [...socsByArea].map(([area, socs]) => ({ area, socs: [...socs] }));
  return {
    projectedOpenings: Math.round(sum(groups, ({ area, socs }) => areas.openings(area, socs))),
    projectedSources: distinctSources(groups.flatMap(({ area, socs }) => areas.sourcesOf(area, socs))),
  };
}

function countFlags(groups: readonly { flags: string[]; count: number }[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { flags, count } of groups) for (const code of flags) counts.set(code, (counts.get(code) ?? 0) + count);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => compareIds(a.code, b.code));
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}

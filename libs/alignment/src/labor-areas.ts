import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type AreaCounty, type Projection, socKey } from '@throughway/vocabulary/network';
import { exactSums } from './exact-sum.js';

/** Labor-market areas and their projected openings (EXACT, Area). */
export interface LaborAreas {
  /** The area that holds the county: of several the one with fewest counties, then the first by id; null when none does. */
  areaOf: (countyFips: string) => string | null;
  /** Annual openings for the occupations (seven characters each) in the area's latest vintage; 0 when absent or without an area. */
  openings: (areaId: string | null, socs: readonly string[]) => number;
  /** Who published those openings, each once, by source and vintage. */
  sourcesOf: (areaId: string, socs: readonly string[]) => ProjectionSource[];
}

export type ProjectionSource = Pick<Projection, 'source' | 'vintage'>;

export function readLaborAreas(areas: readonly AreaCounty[], projections: readonly Projection[]): LaborAreas {
  const areaByCounty = smallestAreas(areas);
  const latest = latestProjections(projections);
  const rowsOf = (areaId: string | null, socs: readonly string[]): Projection[] => {
    const bySoc = areaId === null ? undefined : latest.get(areaId);
    return socs.flatMap((soc) => bySoc?.get(soc) ?? []);
  };
  return {
    areaOf: (countyFips) => areaByCounty.get(countyFips) ?? null,
    openings(areaId, socs) {
      const { sums, scale } = exactSums(rowsOf(areaId, socs).map(({ annualOpenings }) => annualOpenings));
      return (sums[0] ?? 0) / scale;
    },
    sourcesOf: (areaId, socs) => distinctSources(rowsOf(areaId, socs)),
  };
}

/** Each source and vintage once, by source, then vintage. */
export function distinctSources(rows: readonly ProjectionSource[]): ProjectionSource[] {
  const found = new Map(rows.map(({ source, vintage }) => [JSON.stringify([source, vintage]), { source, vintage }]));
  return [...found.values()].sort((a, b) => compareIds(a.source, b.source) || compareIds(a.vintage, b.vintage));
}

function smallestAreas(areas: readonly AreaCounty[]): Map<string, string> {
  const size = new Map<string, number>();
  for (const { areaId } of areas) size.set(areaId, (size.get(areaId) ?? 0) + 1);
  const smallest = new Map<string, string>();
  for (const { areaId, countyFips } of areas) {
    const rival = smallest.get(countyFips);
    const bySize = rival === undefined ? -1 : (size.get(areaId) ?? 0) - (size.get(rival) ?? 0);
    if (rival === undefined || bySize < 0 || (bySize === 0 && compareIds(areaId, rival) < 0))
      smallest.set(countyFips, areaId);
  }
  return smallest;
}

/** Rows by area and occupation of each area's latest vintage; every source of that vintage counts. Vintages compare by code unit. */
function latestProjections(projections: readonly Projection[]): Map<string, Map<string, Projection[]>> {
  const latest = new Map<string, string>();
  for (const { areaId, vintage } of projections) {
    const seen = latest.get(areaId);
    if (seen === undefined || compareIds(vintage, seen) > 0) latest.set(areaId, vintage);
  }
  const byArea = new Map<string, Map<string, Projection[]>>();
  for (const row of projections) {
    if (row.vintage !== latest.get(row.areaId)) continue;
    const bySoc = byArea.get(row.areaId) ?? new Map<string, Projection[]>();
    byArea.set(row.areaId, bySoc);
    const key = socKey(row.soc);
    const rows = bySoc.get(key);
    if (rows) rows.push(row);
    else bySoc.set(key, [row]);
  }
  return byArea;
}

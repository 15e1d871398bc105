import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type AreaCounty, type Projection, socKey } from '@throughway/vocabulary/network';
import { exactSums } from './exact-sum.js';

/** Labor-market areas and their projected openings (EXACT, Area). */
export interface LaborAreas {
  /** The area that holds the county: of several the one with fewest counties, then the first by id; null when none does. */
  areaOf: (countyFips: string) => string | null;
  /** Annual openings for the occupations (seven characters each) in the area's latest vintage; 0 when absent or without an area. */
  openings: (areaId: string | null, socs: readonly string[]) => number;
}

export function readLaborAreas(areas: readonly AreaCounty[], projections: readonly Projection[]): LaborAreas {
  const areaByCounty = smallestAreas(areas);
  const openings = latestOpenings(projections);
  return {
    areaOf: (countyFips) => areaByCounty.get(countyFips) ?? null,
    openings(areaId, socs) {
      const bySoc = areaId === null ? undefined : openings.get(areaId);
      const { sums, scale } = exactSums(socs.flatMap((soc) => bySoc?.get(soc) ?? []));
      return (sums[0] ?? 0) / scale;
    },
  };
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

/** Openings by area and occupation of each area's latest vintage; every source of that vintage counts. Vintages compare by code unit. */
function latestOpenings(projections: readonly Projection[]): Map<string, Map<string, number[]>> {
  const latest = new Map<string, string>();
  for (const { areaId, vintage } of projections) {
    const seen = latest.get(areaId);
    if (seen === undefined || compareIds(vintage, seen) > 0) latest.set(areaId, vintage);
  }
  const byArea = new Map<string, Map<string, number[]>>();
  for (const { areaId, soc, vintage, annualOpenings } of projections) {
    if (vintage !== latest.get(areaId)) continue;
    const bySoc = byArea.get(areaId) ?? new Map<string, number[]>();
    byArea.set(areaId, bySoc);
    const key = socKey(soc);
    const values = bySoc.get(key);
    if (values) values.push(annualOpenings);
    else bySoc.set(key, [annualOpenings]);
  }
  return byArea;
}

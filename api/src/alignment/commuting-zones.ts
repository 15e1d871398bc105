import { readFileSync } from 'node:fs';

const TABLE = new URL('../../data/commuting-zones.csv', import.meta.url);

/**
 * The 2020 commuting zone of a county by its FIPS code; null for a county that the table does not know.
 * Source: commuting zones 2020 (Fowler 2024), county FIPS → zone for 3,222 counties, Connecticut by planning region; compiled to
 * api/data/commuting-zones.csv.
 */
export function loadCommutingZones(): (countyFips: string) => string | null {
  const [, ...lines] = readFileSync(TABLE, 'utf8').trimEnd().split('\n');
  const zones = new Map(lines.map((line) => line.split(',') as [string, string]));
  return (countyFips) => zones.get(countyFips) ?? null;
}

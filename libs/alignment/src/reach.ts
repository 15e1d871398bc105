import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Institution } from '@throughway/vocabulary/network';

/** The commuting zone of a county, or null for a county that the table does not know: it is then its own zone. */
export type CommutingZoneOf = (countyFips: string) => string | null;

/**
 * Which of `counties` lie in an institution's reach (EXACT, Live): the listed ones exactly, or the commuting zone of its county.
 * Returned sorted, each once.
 */
export function reachReader(
  counties: Iterable<string>,
  commutingZoneOf: CommutingZoneOf,
): (institution: Institution) => string[] {
  const all = [...new Set(counties)].sort(compareIds);
  const known = new Set(all);
  const byZone = new Map<string, string[]>();
  for (const county of all) {
    const zone = commutingZoneOf(county);
    if (zone === null) continue;
    const members = byZone.get(zone);
    if (members) members.push(county);
    else byZone.set(zone, [county]);
  }
  return ({ reach, countyFips }) => {
    if (reach !== null) return [...new Set(reach)].filter((county) => known.has(county)).sort(compareIds);
    const zone = commutingZoneOf(countyFips);
    if (zone !== null) return byZone.get(zone) ?? [];
    return known.has(countyFips) ? [countyFips] : [];
  };
}

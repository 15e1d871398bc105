import type { Component } from '@throughway/alignment/components';

/** Institutions and counties whose rows changed, before or after the change. */
export interface ChangedPlaces {
  institutionIds: ReadonlySet<string>;
  counties: ReadonlySet<string>;
}

/**
 * The components of `after` whose results a change can have altered. A change reaches whatever stood in one component
 * with it before or stands in one with it now, since it may have joined or parted them. Linear in the components.
 */
export function dirtyComponents(
  before: readonly Component[],
  after: readonly Component[],
  changed: ChangedPlaces,
): Component[] {
  const institutionIds = new Set(changed.institutionIds);
  const counties = new Set(changed.counties);
  const isReached = (component: Component): boolean =>
    component.institutionIds.some((id) => institutionIds.has(id)) ||
    component.countyFips.some((county) => counties.has(county));
  for (const component of before.filter(isReached)) {
    for (const id of component.institutionIds) institutionIds.add(id);
    for (const county of component.countyFips) counties.add(county);
  }
  return after.filter(isReached);
}

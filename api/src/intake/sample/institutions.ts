/** An invented school in a real county. */
export interface SampleInstitution {
  name: string;
  countyFips: string;
  /** Counties whose commuting zones, inside the institution's own area, it declares as its reach; left out = the default reach. */
  reachZonesOf?: string[];
}

/** Five mountain counties and three around Louisville, all of which have real schools; the names are invented and say so. */
export const INSTITUTIONS = {
  hollow: { name: 'Sample Hollow Community & Technical College', countyFips: '21193' },
  fork: { name: 'Sample Fork Community & Technical College', countyFips: '21071' },
  summit: { name: 'Sample Summit Area Technology Center', countyFips: '21195' },
  // Harlan County is a commuting zone by itself; this school also serves the next one.
  gap: { name: 'Sample Gap Technical Campus', countyFips: '21095', reachZonesOf: ['21095', '21013'] },
  corners: { name: 'Sample Corners Career Academy', countyFips: '21121' },
  falls: { name: 'Sample Falls Community & Technical College', countyFips: '21111' },
  parkway: { name: 'Sample Parkway Career High School', countyFips: '21111' },
  knob: { name: 'Sample Knob Area Technology Center', countyFips: '21029' },
  meadow: { name: 'Sample Meadow Area Technology Center', countyFips: '21211' },
} as const satisfies Record<string, SampleInstitution>;

export type InstitutionKey = keyof typeof INSTITUTIONS;

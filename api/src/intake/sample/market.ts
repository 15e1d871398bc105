/** What the sample takes from the real labor market: places, and the real figures that stand beside its invented schools and firms. */
export interface SampleMarket {
  /** Labor-market areas; their counties are 5-digit FIPS codes. */
  areas: { areaId: string; counties: string[] }[];
  /** Area outlook, annual persons and hourly cents; source and vintage stay with each figure. */
  occupations: MarketOccupation[];
  /** O*NET work skills by detailed occupation; an occupation may have none. */
  workSkills: { soc: string; name: string; importance: number }[];
  /** Commuting zone of a county, by FIPS. */
  commutingZones: ReadonlyMap<string, string>;
}

export interface MarketOccupation {
  areaId: string;
  soc: string;
  title: string;
  annualOpenings: number;
  medianWageHourlyCents: number | null;
  source: string;
  vintage: string;
}

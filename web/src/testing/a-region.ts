import type { RegionListed, RegionOccupation, RegionPage, RegionSummary } from '@throughway/contracts/regions';

export function aRegion(facts: Partial<RegionSummary> = {}): RegionSummary {
  return {
    areaId: 'ekcep',
    name: 'EKCEP',
    state: 'KY',
    countyCount: 23,
    occupationCount: 386,
    annualOpenings: 14_820,
    source: {
      source: 'KYSTATS Occupational Outlook',
      vintage: '2022–2032',
      attribution: 'Kentucky Center for Statistics (KYSTATS)',
      overdue: true,
    },
    ...facts,
  };
}

export function anOccupation(facts: Partial<RegionOccupation> = {}): RegionOccupation {
  return {
    soc: '29-2061',
    title: 'Licensed Practical and Licensed Vocational Nurses',
    annualOpenings: 88.4,
    employmentChange: 61,
    growthShare: 0.052,
    medianWageHourlyCents: 2_419,
    entryEducation: 'postsecondary-certificate',
    jobZone: 3,
    topSkills: [
      { name: 'Service Orientation', importance: 4, level: 3.88 },
      { name: 'Active Listening', importance: 3.88, level: null },
    ],
    source: 'KYSTATS Occupational Outlook',
    vintage: '2022–2032',
    ...facts,
  };
}

export function aRegionPage(facts: Partial<RegionPage> = {}): RegionPage {
  const occupations = facts.occupations ?? [
    anOccupation(),
    anOccupation({
      soc: '47-2111',
      title: 'Electricians',
      annualOpenings: 52,
      growthShare: 0.071,
      medianWageHourlyCents: 2_655,
      entryEducation: 'high-school',
      jobZone: 3,
    }),
    anOccupation({
      soc: '53-2031',
      title: 'Flight Attendants',
      growthShare: null,
      employmentChange: null,
      medianWageHourlyCents: null,
      entryEducation: null,
      jobZone: null,
      topSkills: [],
    }),
  ];
  return {
    area: aRegion(),
    counties: [
      { fips: '21193', name: 'Perry County', population: 28_473, rucc: 7, unemploymentRate: 0.061 },
      { fips: '21119', name: 'Knott County', population: null, rucc: null, unemploymentRate: null },
    ],
    wageGate: { hourlyCents: 1_788, basis: 'area-median' },
    leftOut: { belowWage: 171, aboveEducation: 0, notGrowing: 96, wageUnknown: 14 },
    rowCount: occupations.length,
    occupations,
    sources: [
      aRegion().source,
      {
        source: 'O*NET',
        vintage: '29.3',
        attribution: 'USDOL/ETA, CC BY 4.0',
        overdue: false,
      },
    ],
    ...facts,
  };
}

export function aRegionList(): { regions: RegionListed[] } {
  const topRoles = [anOccupation(), anOccupation({ soc: '29-1141', title: 'Registered Nurses' })];
  const louisville = { areaId: 'kentuckiana-works', name: 'Kentuckiana Works', countyCount: 7, annualOpenings: 88_410 };
  return {
    regions: [
      { ...aRegion(), topRoles },
      { ...aRegion(louisville), topRoles: [] },
    ],
  };
}

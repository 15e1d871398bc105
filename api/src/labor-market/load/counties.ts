import { shareFromPercent } from '../units.js';
import { type Cells, fipsCell } from './cells.js';
import type { FileLoad, Row, Target } from './file-load.js';

const KINDS = new Map([
  ['Metropolitan Statistical Area', 'metropolitan'],
  ['Micropolitan Statistical Area', 'micropolitan'],
]);
const ZERO_ONE = new Map([
  ['0', false],
  ['1', true],
]);

export const COUNTIES: Target = {
  table: 'county',
  key: ['fips'],
  columns: [
    ...[
      'fips',
      'state',
      'name',
      'population_count',
      'rucc',
      'commuting_zone',
      'is_appalachian',
      'cbsa_code',
      'cbsa_title',
    ],
    ...['cbsa_kind', 'labor_force_count', 'unemployment_share', 'no_high_school_share', 'high_school_share'],
    ...['some_college_share', 'bachelor_share', 'latitude_degrees', 'longitude_degrees', 'center_source_id'],
  ],
};

/** Which source each figure of a county comes from; `county` itself is the list of county-equivalents. */
export const COUNTY_FIGURE_SOURCES: Readonly<Record<string, string>> = {
  county: 'usda-rucc-2023',
  population_count: 'census-2020',
  rucc: 'usda-rucc-2023',
  commuting_zone: 'commuting-zones-2020',
  is_appalachian: 'arc-counties',
  cbsa_code: 'census-cbsa-2023',
  labor_force_count: 'bls-laus-2023',
  unemployment_share: 'bls-laus-2023',
  education_shares: 'acs-2019-23',
  county_adjacency: 'census-adjacency',
  zip_county: 'dol-zip-county',
};

/** Degrees by which two centers of one county may differ; Aleutians West, which spans the date line, is 58 off in us-atlas. */
const CENTER_TOLERANCE_DEGREES = 5;

interface Center {
  latitude_degrees: number | null;
  longitude_degrees: number | null;
  center_source_id: string | null;
}

/**
 * A county's center: us-atlas's, unless it is missing or far from the center of population; then that one; else none.
 * SimpleMaps' centers in the same file are not read: their licence asks for more than the two public ones.
 */
function center(cells: Cells): Center {
  const [lat, lng] = [cells.optionalNumber('lat_atlas', [-90, 90]), cells.optionalNumber('lng_atlas', [-180, 180])];
  const latPeople = cells.optionalNumber('lat_popctr_2010', [-90, 90]);
  const lngPeople = cells.optionalNumber('lng_popctr_2010', [-180, 180]);
  const far =
    (lat !== null && latPeople !== null && Math.abs(lat - latPeople) > CENTER_TOLERANCE_DEGREES) ||
    (lng !== null && lngPeople !== null && Math.abs(lng - lngPeople) > CENTER_TOLERANCE_DEGREES);
  if (lat !== null && lng !== null && !far) {
    return { latitude_degrees: lat, longitude_degrees: lng, center_source_id: 'us-atlas' };
  }
  if (latPeople !== null && lngPeople !== null) {
    return { latitude_degrees: latPeople, longitude_degrees: lngPeople, center_source_id: 'census-popctr-2010' };
  }
  return { latitude_degrees: null, longitude_degrees: null, center_source_id: null };
}

function share(cells: Cells, column: string): number | null {
  const percent = cells.optionalNumber(column, [0, 100]);
  return percent === null ? null : shareFromPercent(percent);
}

function county(cells: Cells): Row {
  return {
    fips: fipsCell(cells, 'fips'),
    state: cells.matching('state', /^[A-Z]{2}$/, 'a two-letter state'),
    name: cells.text('county'),
    population_count: cells.optionalInteger('pop_2020'),
    rucc: cells.optionalInteger('rucc_2023', [1, 9]),
    commuting_zone: cells.optionalText('cz_2020'),
    is_appalachian: cells.word('arc', ZERO_ONE),
    cbsa_code: cells.optionalText('cbsa_2023'),
    cbsa_title: cells.optionalText('cbsa_title'),
    cbsa_kind: cells.optionalWord('cbsa_type', KINDS),
    labor_force_count: cells.optionalInteger('labor_force_2023'),
    unemployment_share: share(cells, 'unemployment_rate_2023'),
    no_high_school_share: share(cells, 'pct_no_hs'),
    high_school_share: share(cells, 'pct_hs'),
    some_college_share: share(cells, 'pct_some_college'),
    bachelor_share: share(cells, 'pct_bachelors'),
    ...center(cells),
  };
}

/** {@link COUNTY_FIGURE_SOURCES} as rows. */
export const COUNTY_SOURCES: { into: Target; rows: readonly Row[] } = {
  into: { table: 'county_source', key: ['figure'], columns: ['figure', 'source_id'] },
  rows: Object.entries(COUNTY_FIGURE_SOURCES).map(([figure, source_id]) => ({ figure, source_id })),
};

const KNOWN_COUNTY = { column: 'fips', table: 'county', tableColumn: 'fips', reason: 'county-not-of-2023' };

function fills(columns: string[]): Target {
  return { table: 'county', key: ['fips'], columns: ['fips', ...columns], references: [KNOWN_COUNTY], fills: true };
}

/** Counties put together from nine sources; adjacency and ZIP codes still name some of before 2023, which are left out. */
export const COUNTY_FILES: readonly FileLoad[] = [
  {
    files: ['county_profile.csv'],
    columns: [
      ...['fips', 'state', 'county', 'pop_2020', 'rucc_2023', 'cz_2020', 'arc', 'cbsa_2023', 'cbsa_title', 'cbsa_type'],
      ...['labor_force_2023', 'unemployment_rate_2023', 'pct_no_hs', 'pct_hs', 'pct_some_college', 'pct_bachelors'],
      ...['lat_atlas', 'lng_atlas', 'lat_popctr_2010', 'lng_popctr_2010'],
    ],
    into: COUNTIES,
    reader: () => county,
  },
  {
    files: ['usda_rucc_2023.csv'],
    columns: ['FIPS', 'Population_2020', 'RUCC_2023'],
    into: fills(['population_count', 'rucc']),
    reader: () => (cells) => ({
      fips: fipsCell(cells, 'FIPS'),
      population_count: cells.optionalInteger('Population_2020'),
      rucc: cells.optionalInteger('RUCC_2023', [1, 9]),
    }),
  },
  {
    files: ['commuting_zones_2020.csv'],
    columns: ['GEOID', 'CZ20'],
    into: fills(['commuting_zone']),
    reader: () => (cells) => ({ fips: fipsCell(cells, 'GEOID'), commuting_zone: cells.optionalText('CZ20') }),
  },
  {
    files: ['arc_counties_420.csv'],
    columns: ['geoid'],
    into: fills(['is_appalachian']),
    reader: () => (cells) => ({ fips: fipsCell(cells, 'geoid'), is_appalachian: true }),
  },
  {
    files: ['county_adjacency_census.csv'],
    columns: ['fips', 'neighbor_fips', 'shared_edges'],
    into: {
      table: 'county_adjacency',
      key: ['fips', 'neighbor_fips'],
      columns: ['fips', 'neighbor_fips', 'shared_edge_count'],
      references: [KNOWN_COUNTY, { ...KNOWN_COUNTY, column: 'neighbor_fips' }],
    },
    reader: () => (cells) => ({
      fips: fipsCell(cells, 'fips'),
      neighbor_fips: fipsCell(cells, 'neighbor_fips'),
      shared_edge_count: cells.integer('shared_edges'),
    }),
  },
  {
    files: ['zip_county_dol.csv'],
    columns: ['zip', 'county'],
    into: { table: 'zip_county', key: ['zip', 'fips'], columns: ['zip', 'fips'], references: [KNOWN_COUNTY] },
    reader: () => (cells) => ({
      zip: cells.matching('zip', /^\d{5}$/, 'a five-digit ZIP code'),
      fips: fipsCell(cells, 'county'),
    }),
  },
];

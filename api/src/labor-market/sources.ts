import type { LocalDate } from '@throughway/vocabulary/local-date';

/** One vintage of one publication. */
export interface ReferenceSource {
  sourceId: string;
  publisher: string;
  name: string;
  /** As people cite it. */
  vintage: string;
  /** Last day that the figures describe; of a classification or database, the month's end of its release. */
  vintageOn: LocalDate | null;
  /** The publisher's cycle plus its usual delay: when these months have passed since `vintageOn`, a newer one should exist. */
  reviewIntervalMonths: number | null;
  licence: string;
  /** Verbatim as the publisher asks, else a plain naming of it. */
  attribution: string;
}

const PUBLIC_DOMAIN = 'Public domain (United States government work)';
const DECADE = 132;

function federal(
  sourceId: string,
  publisher: string,
  name: string,
  [vintage, vintageOn]: [string, LocalDate],
  reviewIntervalMonths: number,
): ReferenceSource {
  const attribution = `${publisher}, ${name}, ${vintage}`;
  return { sourceId, publisher, name, vintage, vintageOn, reviewIntervalMonths, licence: PUBLIC_DOMAIN, attribution };
}

const BLS = 'U.S. Bureau of Labor Statistics';
const CENSUS = 'U.S. Census Bureau';
const NCES = 'U.S. Department of Education, National Center for Education Statistics';
const ETA = 'U.S. Department of Labor, Employment and Training Administration';

/** Every source of a fixed vintage that this room can load; O*NET's, which comes several times a year, is made by {@link onetSource}. */
export const REFERENCE_SOURCES: readonly ReferenceSource[] = [
  {
    sourceId: 'kystats-outlook-2022-32',
    publisher: 'Kentucky Center for Statistics (KYSTATS)',
    name: 'Occupational Outlook, state and local workforce areas',
    vintage: '2022–2032',
    vintageOn: '2022-12-31',
    reviewIntervalMonths: 42,
    licence: 'State public data',
    attribution: 'Kentucky Center for Statistics (KYSTATS)',
  },
  {
    sourceId: 'nj-credentials',
    publisher: 'New Jersey Department of Labor and Workforce Development',
    name: 'Industry credentials, licenses and in-demand lists',
    vintage: '2020',
    vintageOn: '2020-12-31',
    reviewIntervalMonths: 24,
    licence: 'MIT',
    attribution: 'New Jersey Department of Labor and Workforce Development, industry-valued credentials and licenses',
  },
  {
    sourceId: 'commuting-zones-2020',
    publisher: 'Fowler, Rhubart and Jensen; Fowler',
    name: 'Commuting zones for the United States',
    vintage: '2020',
    vintageOn: '2020-12-31',
    reviewIntervalMonths: DECADE,
    licence: 'Public release for research use',
    attribution: 'Commuting zones 2020 (Fowler 2024)',
  },
  {
    sourceId: 'us-atlas',
    publisher: 'us-atlas, from U.S. Census Bureau cartographic boundary files',
    name: 'County centers',
    vintage: '3.0.1',
    vintageOn: '2017-12-31',
    reviewIntervalMonths: DECADE,
    licence: 'ISC; boundaries in the public domain',
    attribution: 'County shapes from us-atlas (U.S. Census Bureau)',
  },
  federal('bls-projections-2024-34', BLS, 'Employment Projections', ['2024–34', '2024-12-31'], 21),
  federal(
    'bls-oews-national-2025-05',
    BLS,
    'Occupational Employment and Wage Statistics, national',
    ['May 2025', '2025-05-31'],
    24,
  ),
  federal('bls-laus-2023', BLS, 'Local Area Unemployment Statistics', ['2023', '2023-12-31'], 16),
  federal('soc-2018', BLS, 'Standard Occupational Classification', ['2018', '2018-01-31'], DECADE),
  federal('oews-hybrid-2019', BLS, 'OEWS hybrid occupation structure', ['2019', '2019-05-31'], DECADE),
  federal('cip-2020', NCES, 'Classification of Instructional Programs', ['2020', '2020-01-31'], DECADE),
  federal('cip2020-soc2018', `${NCES}, and ${BLS}`, 'CIP 2020–SOC 2018 crosswalk', ['2020', '2020-12-31'], DECADE),
  federal('ipeds-hd2023', NCES, 'IPEDS Institutional Characteristics, directory', ['HD2023', '2023-12-31'], 24),
  federal(
    'usda-rucc-2023',
    'USDA Economic Research Service',
    'Rural-Urban Continuum Codes',
    ['2023', '2023-12-31'],
    DECADE,
  ),
  federal('census-2020', CENSUS, 'Decennial Census, population', ['2020', '2020-04-01'], DECADE),
  federal('census-cbsa-2023', CENSUS, 'Core-based statistical areas', ['July 2023', '2023-07-31'], DECADE),
  federal('census-adjacency', CENSUS, 'County adjacency', ['2023', '2023-12-31'], DECADE),
  federal('census-popctr-2010', CENSUS, 'Centers of population', ['2010', '2010-04-01'], DECADE),
  federal('acs-2019-23', CENSUS, 'American Community Survey, five years', ['2019–2023', '2023-12-31'], 24),
  federal(
    'arc-counties',
    'Appalachian Regional Commission',
    'Counties of the Appalachian Region (420)',
    ['2019', '2019-12-31'],
    DECADE,
  ),
  federal('dol-zip-county', ETA, 'ZIP code to county', ['before 2023', '2022-12-31'], 60),
];

/**
 * The source of an O*NET database release such as `29.3`. Releases come in February, May, August and November: number
 * N.0 in August, N.1 in November, N.2 in February, N.3 in May; 29.3 is May 2025.
 */
export function onetSource(release: string): ReferenceSource {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  const year = 1995 + major + (minor >= 2 ? 1 : 0);
  const month = { 0: '08-31', 1: '11-30', 2: '02-28', 3: '05-31' }[minor] ?? '12-31';
  const monthName = { 0: 'August', 1: 'November', 2: 'February', 3: 'May' }[minor];
  return {
    sourceId: `onet-${release}`,
    publisher: ETA,
    name: 'O*NET Database',
    vintage: monthName === undefined ? release : `${release} (${monthName} ${year})`,
    vintageOn: `${year}-${month}`,
    reviewIntervalMonths: 15,
    licence: 'CC BY 4.0',
    attribution:
      `This product includes information from the O*NET ${release} Database by the U.S. Department of Labor, Employment and ` +
      'Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. Modified.',
  };
}

/** What a source is called where a reader sees it. */
export function sourceLabel({ publisher, name }: Pick<ReferenceSource, 'publisher' | 'name'>): string {
  return `${publisher}, ${name}`;
}

/** @throws Error for an id that is neither in {@link REFERENCE_SOURCES} nor of the form `onet-29.3`. */
export function sourceOf(sourceId: string): ReferenceSource {
  const release = /^onet-(\d+\.\d+)$/.exec(sourceId)?.[1];
  const source =
    release === undefined ? REFERENCE_SOURCES.find((known) => known.sourceId === sourceId) : onetSource(release);
  if (!source) throw new Error(`reference source: found "${sourceId}", expected a source of labor-market/sources.ts`);
  return source;
}

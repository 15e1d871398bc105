import { hourlyCentsFromAnnualDollars, perYear, shareFromPercent } from '../units.js';
import { type Cells, fipsCell, socCell } from './cells.js';
import { type FileLoad, LeftOut, type ReadRow, type Row, type Target } from './file-load.js';
import { ENTRY_EDUCATIONS, ON_THE_JOB_TRAININGS, WORK_EXPERIENCES } from './outlook-words.js';

/** Years between the two ends of the outlook; its exits, transfers and openings are totals over them. */
const YEARS = 10;

const FIGURES = [
  'title',
  'employment_count',
  'projected_employment_count',
  'employment_change_count',
  'growth_share',
  'annual_openings',
  'mean_wage_hourly_cents',
  'entry_wage_hourly_cents',
  'p25_wage_hourly_cents',
  'median_wage_hourly_cents',
  'p75_wage_hourly_cents',
  'experienced_wage_hourly_cents',
  'is_median_wage_top_coded',
];

const KNOWN_AREA = { column: 'area_id', table: 'labor_area', tableColumn: 'area_id', reason: 'unknown-area' };

/** Projected figures of occupations, and of an area's own total. */
export const PROJECTIONS: Target = {
  table: 'labor_projection',
  key: ['area_id', 'soc', 'source_id'],
  columns: ['area_id', 'soc', 'source_id', ...FIGURES, 'entry_education', 'work_experience', 'on_the_job_training'],
  references: [KNOWN_AREA],
};
export const AREA_TOTALS: Target = {
  table: 'labor_area_total',
  key: ['area_id', 'source_id'],
  columns: ['area_id', 'source_id', ...FIGURES],
  references: [KNOWN_AREA],
};
export const TURNOVER: Target = {
  table: 'labor_turnover',
  key: ['area_id', 'soc', 'source_id'],
  columns: ['area_id', 'soc', 'source_id', 'annual_exits', 'annual_transfers'],
  references: [KNOWN_AREA],
};
export const AREAS: Target = {
  table: 'labor_area',
  key: ['area_id'],
  columns: ['area_id', 'name', 'kind', 'state', 'source_id'],
};
export const AREA_COUNTIES: Target = {
  table: 'labor_area_county',
  key: ['area_id', 'fips'],
  columns: ['area_id', 'fips', 'source_id'],
  references: [KNOWN_AREA, { column: 'fips', table: 'county', tableColumn: 'fips', reason: 'unknown-county' }],
};

/** `Kentucky` is `ky`, `EKCEP LWA` is `ky-ekcep`: ids that people can read in an address. */
function areaId(name: string): string {
  if (name === 'Kentucky') return 'ky';
  const word = name
    .replace(/ LWA$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `ky-${word}`;
}

function annual(cells: Cells, column: string): number | null {
  const total = cells.optionalNumber(column);
  return total === null ? null : perYear(total, YEARS);
}

function figures(cells: Cells, sourceId: string): Row {
  const wage = (column: string): number | null => {
    const dollars = cells.optionalNumber(column);
    return dollars === null ? null : hourlyCentsFromAnnualDollars(dollars);
  };
  const percent = cells.optionalNumber('pct_change');
  return {
    area_id: areaId(cells.text('area_name')),
    source_id: sourceId,
    title: cells.text('soc_title'),
    employment_count: cells.optionalInteger('emp_2022'),
    projected_employment_count: cells.optionalInteger('emp_2032'),
    employment_change_count: cells.optionalInteger('change'),
    growth_share: percent === null ? null : shareFromPercent(percent),
    annual_openings: annual(cells, 'openings_10yr'),
    mean_wage_hourly_cents: wage('wage_mean'),
    entry_wage_hourly_cents: wage('wage_entry'),
    p25_wage_hourly_cents: wage('wage_p25'),
    median_wage_hourly_cents: wage('wage_median'),
    p75_wage_hourly_cents: wage('wage_p75'),
    experienced_wage_hourly_cents: wage('wage_experienced'),
    is_median_wage_top_coded: false,
  };
}

/** Summary rows say so in `soc_level`; detailed rows leave it blank. */
const LEVELS = new Map<string, 'total' | 'major' | 'detailed'>([
  ['All', 'total'],
  ['1st Degree', 'major'],
  ['', 'detailed'],
]);

const COLUMNS = [
  ...['area_name', 'area_type', 'soc_title', 'soc_code', 'soc_level', 'emp_2022', 'emp_2032', 'change', 'pct_change'],
  ...[
    'exits_10yr',
    'transfers_10yr',
    'openings_10yr',
    'wage_mean',
    'wage_entry',
    'wage_p25',
    'wage_median',
    'wage_p75',
  ],
  ...['wage_experienced', 'typical_education', 'work_experience', 'ojt'],
];
const FILES = ['ky_occupational_outlook_by_lwa.csv'];

/** The areas named in a file, each once. */
function areas(sourceId: string): ReadRow {
  const seen = new Set<string>();
  return (cells) => {
    const name = cells.text('area_name');
    if (seen.has(name)) return new LeftOut('named-before');
    seen.add(name);
    const kind = name === 'Kentucky' ? 'state' : 'workforce-area';
    return { area_id: areaId(name), name, kind, state: 'KY', source_id: sourceId };
  };
}

/** Kentucky Center for Statistics, Occupational Outlook 2022–2032. */
export const KYSTATS_FILES: readonly FileLoad[] = [
  { files: FILES, columns: COLUMNS, into: AREAS, reader: ({ sourceId }) => areas(sourceId) },
  {
    files: FILES,
    columns: COLUMNS,
    into: AREA_TOTALS,
    reader:
      ({ sourceId }) =>
      (cells) =>
        cells.word('soc_level', LEVELS) === 'total' ? figures(cells, sourceId) : new LeftOut('not-a-total'),
  },
  {
    files: FILES,
    columns: COLUMNS,
    into: PROJECTIONS,
    reader:
      ({ sourceId }) =>
      (cells) =>
        cells.word('soc_level', LEVELS) !== 'detailed'
          ? new LeftOut('summary-row')
          : {
              ...figures(cells, sourceId),
              soc: socCell(cells, 'soc_code'),
              entry_education: cells.optionalWord('typical_education', ENTRY_EDUCATIONS),
              work_experience: cells.optionalWord('work_experience', WORK_EXPERIENCES),
              on_the_job_training: cells.optionalWord('ojt', ON_THE_JOB_TRAININGS),
            },
  },
  {
    files: FILES,
    columns: COLUMNS,
    into: TURNOVER,
    reader:
      ({ sourceId }) =>
      (cells) =>
        cells.word('soc_level', LEVELS) !== 'detailed'
          ? new LeftOut('summary-row')
          : {
              area_id: areaId(cells.text('area_name')),
              soc: socCell(cells, 'soc_code'),
              source_id: sourceId,
              annual_exits: annual(cells, 'exits_10yr'),
              annual_transfers: annual(cells, 'transfers_10yr'),
            },
  },
  {
    files: ['workforce_area_counties.csv'],
    columns: ['area_name', 'fips'],
    into: AREA_COUNTIES,
    reader:
      ({ sourceId }) =>
      (cells) => ({ area_id: areaId(cells.text('area_name')), fips: fipsCell(cells, 'fips'), source_id: sourceId }),
  },
];

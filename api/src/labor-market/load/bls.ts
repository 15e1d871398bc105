import { centsFromDollars, hourlyCentsFromAnnualDollars, personsFromThousands, shareFromPercent } from '../units.js';
import { type Cells, socCell } from './cells.js';
import { type FileLoad, LeftOut, type ReadRow, type Row, type Target } from './file-load.js';
import { AREA_TOTALS, AREAS, PROJECTIONS, TURNOVER } from './kystats.js';
import { ENTRY_EDUCATIONS, ON_THE_JOB_TRAININGS, WORK_EXPERIENCES } from './outlook-words.js';

/** The whole country as a labor-market area. */
const NATION = 'us';

const TITLE = '2024 National Employment Matrix title';
const CODE = '2024 National Employment Matrix code';
const TYPE = 'Occupation type';
const EMPLOYMENT = 'Employment, 2024';
const PROJECTED = 'Employment, 2034';
const CHANGE = 'Employment change, numeric, 2024–34';
const PERCENT = 'Employment change, percent, 2024–34';
const OPENINGS = 'Occupational openings, 2024–34 annual average';
const WAGE = 'Median annual wage, dollars, 2024';
const EDUCATION = 'Typical education needed for entry';
const EXPERIENCE = 'Work experience in a related occupation';
const TRAINING = 'Typical on-the-job training needed to attain competency in the occupation';
const EXITS = 'Labor force exits, 2024–34 annual average';
const TRANSFERS = 'Occupational transfers, 2024–34 annual average';

const LEVELS = new Map<string, 'detailed' | 'summary'>([
  ['Line item', 'detailed'],
  ['Summary', 'summary'],
]);

/** Thousands with one decimal, to persons. */
function persons(cells: Cells, column: string): number | null {
  const thousands = cells.optionalNumber(column);
  return thousands === null ? null : personsFromThousands(thousands);
}

/** Table 1.2's figures; its openings are already a year's. A wage printed as `>=$239,200` lies above the top code: not known. */
function figures(cells: Cells, sourceId: string): Row {
  const percent = cells.optionalNumber(PERCENT);
  const topCoded = cells.raw(WAGE).startsWith('>=') || cells.raw(WAGE) === '#';
  const wage = topCoded ? null : cells.optionalNumber(WAGE);
  return {
    area_id: NATION,
    source_id: sourceId,
    title: cells.text(TITLE),
    employment_count: persons(cells, EMPLOYMENT),
    projected_employment_count: persons(cells, PROJECTED),
    employment_change_count: persons(cells, CHANGE),
    growth_share: percent === null ? null : shareFromPercent(percent),
    annual_openings: persons(cells, OPENINGS),
    median_wage_hourly_cents: wage === null ? null : hourlyCentsFromAnnualDollars(wage),
    is_median_wage_top_coded: topCoded,
  };
}

const OUTLOOK_FILES = ['table_1_2_occupational_projections_2024_34.csv'];
const OUTLOOK_COLUMNS = [
  TITLE,
  CODE,
  TYPE,
  EMPLOYMENT,
  PROJECTED,
  CHANGE,
  PERCENT,
  OPENINGS,
  WAGE,
  EDUCATION,
  EXPERIENCE,
  TRAINING,
];
const FLOW_FILES = ['table_1_10_separations_openings_2024_34.csv'];

/** The state prints five more wages than the nation. */
const STATE_ONLY = [
  ...['mean_wage_hourly_cents', 'entry_wage_hourly_cents', 'p25_wage_hourly_cents', 'p75_wage_hourly_cents'],
  'experienced_wage_hourly_cents',
];
const withoutStateOnly = (target: Target): Target => ({
  ...target,
  columns: target.columns.filter((column) => !STATE_ONLY.includes(column)),
});

function nationOnce(sourceId: string): ReadRow {
  let named = false;
  return () => {
    if (named) return new LeftOut('named-before');
    named = true;
    return { area_id: NATION, name: 'United States', kind: 'nation', state: null, source_id: sourceId };
  };
}

/** Projected employment by occupation over the nation. */
export const BLS_PROJECTION_FILES: readonly FileLoad[] = [
  { files: OUTLOOK_FILES, columns: OUTLOOK_COLUMNS, into: AREAS, reader: ({ sourceId }) => nationOnce(sourceId) },
  {
    files: OUTLOOK_FILES,
    columns: OUTLOOK_COLUMNS,
    into: withoutStateOnly(AREA_TOTALS),
    reader:
      ({ sourceId }) =>
      (cells) =>
        cells.raw(CODE) === '00-0000' ? figures(cells, sourceId) : new LeftOut('not-a-total'),
  },
  {
    files: OUTLOOK_FILES,
    columns: OUTLOOK_COLUMNS,
    into: withoutStateOnly(PROJECTIONS),
    reader:
      ({ sourceId }) =>
      (cells) =>
        cells.word(TYPE, LEVELS) === 'summary'
          ? new LeftOut('summary-row')
          : {
              ...figures(cells, sourceId),
              soc: socCell(cells, CODE),
              entry_education: cells.optionalWord(EDUCATION, ENTRY_EDUCATIONS),
              work_experience: cells.optionalWord(EXPERIENCE, WORK_EXPERIENCES),
              on_the_job_training: cells.optionalWord(TRAINING, ON_THE_JOB_TRAININGS),
            },
  },
  {
    files: FLOW_FILES,
    columns: [CODE, TYPE, EXITS, TRANSFERS],
    into: TURNOVER,
    reader:
      ({ sourceId }) =>
      (cells) =>
        cells.word(TYPE, LEVELS) === 'summary' ? new LeftOut('summary-row') : flows(cells, sourceId),
  },
];

function flows(cells: Cells, sourceId: string): Row {
  return {
    area_id: NATION,
    soc: socCell(cells, CODE),
    source_id: sourceId,
    annual_exits: persons(cells, EXITS),
    annual_transfers: persons(cells, TRANSFERS),
  };
}

const OEWS_WAGES = [
  ['mean_wage_hourly_cents', 'H_MEAN'],
  ['p10_wage_hourly_cents', 'H_PCT10'],
  ['median_wage_hourly_cents', 'H_MEDIAN'],
  ['p90_wage_hourly_cents', 'H_PCT90'],
  ['mean_wage_annual_cents', 'A_MEAN'],
  ['p10_wage_annual_cents', 'A_PCT10'],
  ['p25_wage_annual_cents', 'A_PCT25'],
  ['median_wage_annual_cents', 'A_MEDIAN'],
  ['p75_wage_annual_cents', 'A_PCT75'],
  ['p90_wage_annual_cents', 'A_PCT90'],
] as const;

const TRUE_OR_BLANK = new Map([
  ['TRUE', true],
  ['', false],
]);

/** National wages by detailed occupation, as published: an occupation paid by the year has no hourly wage, and none is made up. */
export const BLS_WAGE_FILES: readonly FileLoad[] = [
  {
    files: ['national_M2025.csv'],
    columns: [
      'OCC_CODE',
      'OCC_TITLE',
      'O_GROUP',
      'TOT_EMP',
      'EMP_PRSE',
      'ANNUAL',
      'HOURLY',
      ...OEWS_WAGES.map(([, name]) => name),
    ],
    into: {
      table: 'national_wage',
      key: ['soc', 'source_id'],
      columns: [
        ...['soc', 'source_id', 'title', 'employment_count', 'employment_relative_error_share'],
        ...OEWS_WAGES.map(([column]) => column),
        ...['is_annual_only', 'is_hourly_only'],
      ],
    },
    reader:
      ({ sourceId }) =>
      (cells) => {
        if (cells.raw('O_GROUP') !== 'detailed') return new LeftOut('summary-row');
        const error = cells.optionalNumber('EMP_PRSE');
        return {
          soc: socCell(cells, 'OCC_CODE'),
          source_id: sourceId,
          title: cells.text('OCC_TITLE'),
          employment_count: cells.optionalInteger('TOT_EMP'),
          employment_relative_error_share: error === null ? null : shareFromPercent(error),
          ...Object.fromEntries(
            OEWS_WAGES.map(([column, name]) => {
              const dollars = cells.optionalNumber(name);
              return [column, dollars === null ? null : centsFromDollars(dollars)];
            }),
          ),
          is_annual_only: cells.word('ANNUAL', TRUE_OR_BLANK),
          is_hourly_only: cells.word('HOURLY', TRUE_OR_BLANK),
        };
      },
  },
];

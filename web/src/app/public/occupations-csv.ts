import type { RegionOccupation } from '@throughway/contracts/regions';
import type { Words } from '../ui/words';

/** Roles as a spreadsheet: headings in the reader's language, plain numbers, blank where a figure is not known. */
export function occupationsCsv(occupations: readonly RegionOccupation[], words: Words) {
  const columns: [key: string, cell: (row: RegionOccupation) => string | number | null][] = [
    ['column.soc', (row) => row.soc],
    ['column.role', (row) => row.title],
    ['column.openings', (row) => row.annualOpenings],
    ['column.growth', (row) => row.growthShare],
    ['column.median-wage', (row) => (row.medianWageHourlyCents === null ? null : row.medianWageHourlyCents / 100)],
    ['column.education', (row) => (row.entryEducation === null ? null : words.t(`education.${row.entryEducation}`))],
    ['column.job-zone', (row) => row.jobZone],
    ['column.top-skills', (row) => row.topSkills.map(({ name }) => name).join('; ')],
    ['column.source', (row) => row.source],
    ['column.vintage', (row) => row.vintage],
  ];
  return {
    header: columns.map(([key]) => words.t(key)),
    rows: occupations.map((row) => columns.map(([, cell]) => cell(row))),
  };
}

import type { PartnershipRow } from '@throughway/contracts/partnerships';
import type { Words } from '../ui/words';

/** The ladder as a spreadsheet: headings and words in the reader's language, blank where there is nothing. */
export function ladderCsv(rows: readonly PartnershipRow[], words: Words) {
  const columns: [key: string, cell: (row: PartnershipRow) => string | number | null][] = [
    ['column.employer', (row) => row.employerName],
    ['column.pathway', (row) => row.pathwayName],
    ['column.institution', (row) => row.institutionName],
    ['column.rung', (row) => row.rung],
    ['column.rung-name', (row) => words.t(`rung.${row.rung}.name`)],
    ['column.flags', (row) => row.flags.map(({ code }) => words.t(`flag.${code}.name`)).join('; ')],
    ['column.last-evidence', (row) => row.lastEvidenceOn],
    ['ladder.next', (row) => (row.nextSteps[0] ? words.t(`step.${row.nextSteps[0]}`) : null)],
  ];
  return {
    header: columns.map(([key]) => words.t(key)),
    rows: rows.map((row) => columns.map(([, cell]) => cell(row))),
  };
}

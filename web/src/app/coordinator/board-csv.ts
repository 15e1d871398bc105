import type { BoardRow } from '@throughway/contracts/board';
import type { Words } from '../ui/words';

/** The board as a spreadsheet: headings in the reader's language, plain numbers, blank where a figure is not known. */
export function boardCsv(rows: readonly BoardRow[], words: Words) {
  const columns: [key: string, cell: (row: BoardRow) => string | number | null][] = [
    ['column.pathway', (row) => row.pathwayName],
    ['column.institution', (row) => row.institutionName],
    ['column.county-code', (row) => row.countyFips],
    ['column.completes', (row) => row.completesOn],
    ['column.graduates', (row) => row.expectedCompleters],
    ['column.seated', (row) => row.seated],
    ['column.without-seat', (row) => row.withoutSeat],
    ['column.seat-share', (row) => row.seatShare],
    ['column.coverage', (row) => row.bestCoverage],
    ['column.credentials', (row) => row.credentialRelevance],
    ['column.flags', (row) => row.flags.map((code) => words.t(`flag.${code}.name`)).join('; ')],
  ];
  return {
    header: columns.map(([key]) => words.t(key)),
    rows: rows.map((row) => columns.map(([, cell]) => cell(row))),
  };
}

import type { Board } from '@throughway/contracts/board';
import { formatTable } from './format-table.js';

const ROWS_SHOWN = 12;

/** The board's first rows for a person at a terminal: where the pathways lead, most graduates without a seat first. */
export function describeBoard(board: Board): string {
  const { network, run, totals } = board;
  const rows = board.rows
    .slice(0, ROWS_SHOWN)
    .map((row) => [
      row.pathwayName,
      row.completesOn,
      String(row.expectedCompleters),
      row.seated === null ? '–' : String(row.seated),
      row.seatShare === null ? '–' : `${Math.round(row.seatShare * 100)}%`,
      row.bestCoverage === null ? '–' : `${Math.round(row.bestCoverage * 100)}%`,
      row.flags.join(', '),
    ]);
  const headers = ['Pathway', 'Completes', 'Graduates', 'Seated', 'Share', 'Coverage', 'Flags'];
  const more = board.rowCount - rows.length;
  return [
    `Where do our pathways lead? ${network.name}, as of ${run.asOf}`,
    '',
    formatTable(headers, rows) + (more > 0 ? `and ${more} more cohorts\n` : ''),
    `${totals.seated} of ${totals.completers} graduates have a seat; ${totals.withoutSeat} have none. ` +
      `Promised: ${totals.promisedSeats} seats. Posted: ${totals.postedHeadcount} a year.`,
    ...(network.sample ? ['This is synthetic sample data set in two real Kentucky labor markets.'] : []),
  ].join('\n');
}

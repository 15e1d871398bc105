import type { Network } from '@throughway/vocabulary/network';
import { fileOf, ROW_KINDS } from './network-files.js';

/** A file of the folder as text. */
export interface NetworkFileText {
  /** `employers.csv` and so on. */
  name: string;
  text: string;
}

const NEEDS_QUOTES = /[",\r\n]/;

/**
 * Writes a network as the folder of FORMATS: all files in order, a header and a line per row in the order given, LF, quoted where
 * needed. Reading the result gives the same rows, with cells kept exactly: a cell that a spreadsheet would take for a formula stays
 * as it is, since a changed id would be another id.
 */
export function serializeNetwork(network: Network): NetworkFileText[] {
  return ROW_KINDS.map((kind) => {
    const { name, columns } = fileOf(kind);
    const fields = Object.entries(columns);
    const lines = [fields.map(([, column]) => column.name).join(',')];
    for (const row of network[kind] as unknown as Record<string, unknown>[]) {
      lines.push(fields.map(([field, column]) => writeCell(column.write(row[field]))).join(','));
    }
    return { name, text: `${lines.join('\n')}\n` };
  });
}

function writeCell(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

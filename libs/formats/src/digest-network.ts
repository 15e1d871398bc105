import type { Network } from '@throughway/vocabulary/network';
import { fileOf, ROW_KINDS } from './network-files.js';

/**
 * The digest of a network: equal networks have equal digests whatever the order of their rows, the unknown columns beside them, the
 * line ends, and the way in which a number was written. Each file's rows, as JSON of their parsed cells in column order, are sorted
 * and digested, then the digests are. `sha256` answers with the hexadecimal digest of a text's UTF-8. O(n log n) in the rows.
 */
export function digestNetwork(network: Network, sha256: (text: string) => string): string {
  const files = ROW_KINDS.map((kind) => {
    const { name, columns } = fileOf(kind);
    const fields = Object.keys(columns);
    const rows = (network[kind] as unknown as Record<string, unknown>[]).map((row) => canonicalRow(row, fields));
    return `${name} ${sha256(rows.sort().join('\n'))}`;
  });
  return sha256(files.join('\n'));
}

/** JSON on one line; CRLF and CR within a cell count as LF, so that converting a file's line ends is no change. */
function canonicalRow(row: Record<string, unknown>, fields: readonly string[]): string {
  const values = fields.map((field) => {
    const value = row[field];
    return typeof value === 'string' && value.includes('\r') ? value.replaceAll(/\r\n?/g, '\n') : value;
  });
  return JSON.stringify(values);
}

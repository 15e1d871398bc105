import { socKey } from '@throughway/vocabulary/network';
import type { ReadRow } from './rows-reader.js';

/** One text per key: no cell holds a zero byte, so the joint is unambiguous. Null when a part could not be read. */
export function joinKey(row: ReadRow, key: readonly string[]): string | null {
  if (key.length === 1) return (row[key[0] as string] as string | undefined) ?? null;
  let joined = '';
  for (const field of key) {
    const part = row[field] as string | undefined;
    if (part === undefined) return null;
    joined += `${field === 'soc' ? socKey(part) : part}\0`;
  }
  return joined;
}

/** Orders rows by the parts of their key, code unit by code unit. */
export function compareKeys(a: ReadRow, b: ReadRow, key: readonly string[]): number {
  for (const field of key) {
    const [left, right] = [a[field] as string, b[field] as string];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

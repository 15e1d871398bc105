import { compareIds } from '@throughway/vocabulary/compare-ids';
import { encodeFields } from './encode-fields.js';
import type { SaltedDetail, Sha256 } from './entry.js';

/**
 * Salted digest of an entry's detail. Fields: the form's name, the salt, then each of the detail's keys in the order of their code
 * units with its value, a number by `n` and its shortest decimal form, a text by `s` and itself, null as absent.
 */
export function digestDetail({ salt, detail }: SaltedDetail, sha256: Sha256): string {
  const fields = Object.entries(detail)
    .sort(([a], [b]) => compareIds(a, b))
    .flatMap(([key, value]) => [key, value === null ? null : `${typeof value === 'number' ? 'n' : 's'}${value}`]);
  return sha256(encodeFields(['throughway-detail-1', salt, ...fields]));
}

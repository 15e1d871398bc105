import { encodeFields } from './encode-fields.js';
import type { LedgerEntry, Seal, Sha256 } from './entry.js';

/** Seals an entry to the one before it, whose digest `previous` is. The digest is of these fields, in this order. */
export function sealEntry(previous: string, entry: LedgerEntry, sha256: Sha256): Seal {
  const { chain, sequence, at, actorKind, actorId, action, subjectKind, subjectId, detailDigest } = entry;
  const fields = [
    ...['throughway-entry-1', previous, chain, `${sequence}`, at],
    ...[actorKind, actorId, action, subjectKind, subjectId, detailDigest],
  ];
  return { previous, digest: sha256(encodeFields(fields)) };
}

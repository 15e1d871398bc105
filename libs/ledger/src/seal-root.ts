import { compareIds } from '@throughway/vocabulary/compare-ids';
import type { LocalDate } from '@throughway/vocabulary/local-date';
import { encodeFields } from './encode-fields.js';
import type { Seal, Sha256 } from './entry.js';

/** Where a chain ended when a root was made. */
export interface ChainHead {
  chain: string;
  sequence: number;
  digest: string;
}

/** One day's root: the heads of all chains that grew since the root before, which it is sealed to, and so of all chains. */
export interface LedgerRoot {
  /** 1, 2, 3 … without gaps; there may be days without a root. */
  number: number;
  on: LocalDate;
  /** ISO 8601 instant in UTC with milliseconds. */
  at: string;
  /** In any order; each chain at most once. */
  heads: readonly ChainHead[];
}

export type StoredRoot = LedgerRoot & Seal;

/** Seals a root to the one before it. Fields: the form's name, `previous`, number, day, instant, head count, the heads by chain id. */
export function sealRoot(previous: string, { number, on, at, heads }: LedgerRoot, sha256: Sha256): Seal {
  const ends = [...heads]
    .sort((a, b) => compareIds(a.chain, b.chain))
    .flatMap(({ chain, sequence, digest }) => [chain, `${sequence}`, digest]);
  const fields = ['throughway-root-1', previous, `${number}`, on, at, `${heads.length}`, ...ends];
  return { previous, digest: sha256(encodeFields(fields)) };
}

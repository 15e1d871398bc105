/**
 * How a record is not whole: `sequence-broken` (an entry or root is missing, twice there or out of order), `previous-differs` (it is
 * sealed to another one than stands before it), `entry-changed` and `root-changed` (its fields do not give its digest),
 * `detail-changed` (what lies beside does not fit the digest in the chain), `chain-cut` (the chain ends before the place that a root
 * knows), `head-differs` (at that place another entry stands).
 */
export type BreakCode =
  | 'sequence-broken'
  | 'previous-differs'
  | 'entry-changed'
  | 'root-changed'
  | 'detail-changed'
  | 'chain-cut'
  | 'head-differs';

/** The first place at which a record is not whole. */
export interface Break {
  code: BreakCode;
  /** Null for a root. */
  chain: string | null;
  /** The entry's sequence or the root's number, as it should be at this place. */
  sequence: number;
  found: string;
  expected: string;
}

/** Lower-case hexadecimal SHA-256 of a text's UTF-8; passed in, since engines reach for nothing outside. */
export type Sha256 = (text: string) => string;

/** What stands before the first entry of a chain and before the first root: 64 zeros. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** What a chain says of one act: ids, a word for it, and a digest of whatever else there is. Nothing personal. */
export interface LedgerEntry {
  /** Id of the chain, as one organization's. */
  chain: string;
  /** 1, 2, 3 … within the chain, without gaps. */
  sequence: number;
  /** ISO 8601 instant in UTC with milliseconds. */
  at: string;
  actorKind: string;
  actorId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  /** Salted digest of what lies beside the chain; null when nothing does. */
  detailDigest: string | null;
}

export interface Seal {
  /** Digest of the entry before, or {@link NOTHING_BEFORE}. */
  previous: string;
  /** Digest of this entry, `previous` included. */
  digest: string;
}

/** What lies beside an entry: names, addresses, counts. It can be erased without breaking the chain. */
export type Detail = Readonly<Record<string, string | number | null>>;

/** A detail and the random text that keeps its digest from being guessed once it is erased. */
export interface SaltedDetail {
  salt: string;
  detail: Detail;
}

/** As it was stored; `beside` null = erased, or never there. */
export interface StoredEntry extends LedgerEntry, Seal {
  beside: SaltedDetail | null;
}

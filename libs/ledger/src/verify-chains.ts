import type { Break, BreakCode } from './break.js';
import { digestDetail } from './digest-detail.js';
import { NOTHING_BEFORE, type Sha256, type StoredEntry } from './entry.js';
import { sealEntry } from './seal-entry.js';
import type { ChainHead } from './seal-root.js';

export interface ChainsVerifier {
  /** Takes the next entry; answers the first break at or before it, or null. After a break nothing more is to be concluded. */
  add(entry: StoredEntry): Break | null;
  /** To be asked after the last entry: whether a root knows more than the chains hold. */
  end(): Break | null;
  readonly counts: Readonly<ChainCounts>;
  /** The end of the chain in hand; null before the first entry. */
  readonly head: ChainHead | null;
}

export interface ChainCounts {
  chains: number;
  entries: number;
  /** Entries whose detail lies beside them and fits. */
  detailsPresent: number;
  /** Entries whose detail was erased. */
  detailsErased: number;
}

/**
 * Verifies every chain, given one after another, each in the order of its sequence, against the last `heads` that the roots know.
 * A chain cut after its last root was made is not found before the next. Memory grows with the chains, not with the entries.
 */
export function verifyChains(heads: ReadonlyMap<string, ChainHead>, sha256: Sha256): ChainsVerifier {
  const counts: ChainCounts = { chains: 0, entries: 0, detailsPresent: 0, detailsErased: 0 };
  const unseen = new Map(heads);
  let head: ChainHead | null = null;

  const ended = (): Break | null => (head ? cut(head.chain, head.sequence, unseen.get(head.chain)) : null);
  const check = (entry: StoredEntry): Break | null => {
    const previous = head?.digest ?? NOTHING_BEFORE;
    const sequence = (head?.sequence ?? 0) + 1;
    const broken = (code: BreakCode, found: string | number | null, expected: string | number | null): Break => ({
      code,
      chain: entry.chain,
      sequence,
      found: `${found ?? 'none'}`,
      expected: `${expected ?? 'none'}`,
    });
    if (entry.sequence !== sequence) return broken('sequence-broken', entry.sequence, sequence);
    if (entry.previous !== previous) return broken('previous-differs', entry.previous, previous);
    const { digest } = sealEntry(previous, entry, sha256);
    if (entry.digest !== digest) return broken('entry-changed', entry.digest, digest);
    if (entry.beside) {
      const detailDigest = digestDetail(entry.beside, sha256);
      if (detailDigest !== entry.detailDigest) return broken('detail-changed', detailDigest, entry.detailDigest);
      counts.detailsPresent += 1;
    } else if (entry.detailDigest !== null) counts.detailsErased += 1;
    const known = unseen.get(entry.chain);
    if (known?.sequence === sequence) {
      if (known.digest !== digest) return broken('head-differs', digest, known.digest);
      unseen.delete(entry.chain);
    }
    counts.entries += 1;
    head = { chain: entry.chain, sequence, digest };
    return null;
  };

  return {
    counts,
    get head() {
      return head;
    },
    add(entry) {
      if (head?.chain !== entry.chain) {
        const before = ended();
        if (before) return before;
        head = null;
        counts.chains += 1;
      }
      return check(entry);
    },
    end: () => ended() ?? [...unseen.values()].map((known) => cut(known.chain, 0, known)).at(0) ?? null,
  };
}

/** A root knows an entry further on than the chain's last. */
function cut(chain: string, last: number, known: ChainHead | undefined): Break | null {
  if (!known) return null;
  return {
    code: 'chain-cut',
    chain,
    sequence: last + 1,
    found: `the end after ${last}`,
    expected: `${known.sequence}`,
  };
}

import type { Break } from './break.js';
import { NOTHING_BEFORE, type Sha256 } from './entry.js';
import { type ChainHead, sealRoot, type StoredRoot } from './seal-root.js';

export interface RootsVerifier {
  /** Takes the next root; answers how it breaks the chain of roots, or null. After a break nothing more is to be concluded. */
  add(root: StoredRoot): Break | null;
  /** The last head that the roots know of each chain. */
  readonly heads: ReadonlyMap<string, ChainHead>;
}

/** Verifies the chain of daily roots, given in order of their numbers. Memory grows with the chains, not with the days. */
export function verifyRoots(sha256: Sha256): RootsVerifier {
  const heads = new Map<string, ChainHead>();
  let previous = NOTHING_BEFORE;
  let number = 0;
  return {
    heads,
    add(root) {
      number += 1;
      const broken = (code: Break['code'], found: unknown, expected: unknown): Break => ({
        code,
        chain: null,
        sequence: number,
        found: String(found),
        expected: String(expected),
      });
      if (root.number !== number) return broken('sequence-broken', root.number, number);
      if (root.previous !== previous) return broken('previous-differs', root.previous, previous);
      const { digest } = sealRoot(previous, root, sha256);
      if (root.digest !== digest) return broken('root-changed', root.digest, digest);
      for (const head of root.heads) heads.set(head.chain, head);
      previous = digest;
      return null;
    },
  };
}

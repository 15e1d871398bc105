import type { Break } from '@throughway/ledger/break';
import type { ChainHead, StoredRoot } from '@throughway/ledger/seal-root';
import { type ChainCounts, verifyChains } from '@throughway/ledger/verify-chains';
import { verifyRoots } from '@throughway/ledger/verify-roots';
import type { EntityManager } from 'typeorm';
import { sha256 } from './sha256.js';
import { readEntries, readRoots } from './stored-record.repository.js';

/** What was verified of the whole record, and the first place where it is not whole. */
export interface Verification extends ChainCounts {
  roots: number;
  /** Kept elsewhere, its digest shows later that nothing up to here was rewritten. */
  lastRoot: Pick<StoredRoot, 'number' | 'on' | 'digest'> | null;
  /** The end of every chain that was read. */
  heads: ChainHead[];
  break: Break | null;
}

/** Verifies the roots, then the chains, as they stand in the transaction's snapshot, and stops at the first break. */
export async function verifyRecord(em: EntityManager): Promise<Verification> {
  const { known, ...roots } = await verifyEveryRoot(em);
  if (roots.break) {
    return { chains: 0, entries: 0, detailsPresent: 0, detailsErased: 0, heads: [], ...roots };
  }
  const chains = verifyChains(known, sha256);
  const heads = new Map<string, ChainHead>();
  let broken: Break | null = null;
  for await (const entry of readEntries(em)) {
    broken = chains.add(entry);
    if (broken) break;
    if (chains.head) heads.set(entry.chain, chains.head);
  }
  return { ...chains.counts, ...roots, heads: [...heads.values()], break: broken ?? chains.end() };
}

async function verifyEveryRoot(
  em: EntityManager,
): Promise<Pick<Verification, 'roots' | 'lastRoot' | 'break'> & { known: ReadonlyMap<string, ChainHead> }> {
  const verifier = verifyRoots(sha256);
  let roots = 0;
  let lastRoot: Verification['lastRoot'] = null;
  for await (const root of readRoots(em)) {
    const broken = verifier.add(root);
    if (broken) return { roots, lastRoot, break: broken, known: verifier.heads };
    roots += 1;
    lastRoot = { number: root.number, on: root.on, digest: root.digest };
  }
  return { roots, lastRoot, break: null, known: verifier.heads };
}

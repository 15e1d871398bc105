import { createHash } from 'node:crypto';
import { digestDetail } from './digest-detail.js';
import { type LedgerEntry, NOTHING_BEFORE, type SaltedDetail, type StoredEntry } from './entry.js';
import { sealEntry } from './seal-entry.js';
import { sealRoot, type StoredRoot } from './seal-root.js';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const CHAIN = '0b0f6b1e-6a3f-4a53-9d3c-2f8a6a7f4c11';

type Content = Omit<LedgerEntry, 'chain' | 'sequence' | 'detailDigest'> & { beside: SaltedDetail | null };

/** One act, with a detail beside it. */
export function anAct(changes: Partial<Content> = {}): Content {
  return {
    at: '2026-06-30T12:00:00.000Z',
    actorKind: 'person',
    actorId: '7d9d8b42-1f0e-4f5c-8a7e-1c2f3a4b5c6d',
    action: 'membership-ended',
    subjectKind: 'person',
    subjectId: '11f2e3d4-c5b6-4a79-8897-a6b5c4d3e2f1',
    beside: { salt: 'c2FsdA', detail: { role: 'coordinator', name: 'Sample Person' } },
    ...changes,
  };
}

/** The acts as a sound chain. */
export function aChain(acts: readonly Content[], chain = CHAIN): StoredEntry[] {
  let previous = NOTHING_BEFORE;
  return acts.map((act, index) => {
    const { beside, ...rest } = act;
    const detailDigest = beside && digestDetail(beside, sha256);
    const entry: LedgerEntry = { ...rest, chain, sequence: index + 1, detailDigest };
    const seal = sealEntry(previous, entry, sha256);
    previous = seal.digest;
    return { ...entry, ...seal, beside };
  });
}

/** Sound roots, one a day, each over the ends of the chains given for it. */
export function someRoots(days: readonly (readonly StoredEntry[])[]): StoredRoot[] {
  let previous = NOTHING_BEFORE;
  return days.map((ends, index) => {
    const on = `2026-07-0${index + 1}`;
    const heads = ends.map(({ chain, sequence, digest }) => ({ chain, sequence, digest }));
    const root = { number: index + 1, on, at: `${on}T07:00:00.000Z`, heads };
    const seal = sealRoot(previous, root, sha256);
    previous = seal.digest;
    return { ...root, ...seal };
  });
}

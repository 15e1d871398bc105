import type { AuditAction, AuditSubject } from '@throughway/vocabulary/audit';
import { digestDetail } from '@throughway/ledger/digest-detail';
import { type Detail, type LedgerEntry, NOTHING_BEFORE, type SaltedDetail } from '@throughway/ledger/entry';
import { sealEntry } from '@throughway/ledger/seal-entry';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { holdHead, insertEntry } from './audit.repository.js';
import { sha256 } from './sha256.js';

/** The chain of what belongs to no organization: accounts, and what the operator does. */
export const PLATFORM_CHAIN = '00000000-0000-0000-0000-000000000000';

/** One act, as its command tells it. */
export interface Act {
  /** Whose chain it stands in, and so whose administrators find it; null = the platform's own. */
  organizationId: string | null;
  /** Someone signed in; whoever holds a link, by the id of the guardian or student to whom it was mailed; whoever runs the server; the server by itself. */
  actor: { personId: string } | { linkedId: string } | 'operator' | 'worker';
  action: AuditAction;
  /** What it was done to, by id. */
  subject: { kind: AuditSubject; id: string };
  /** Whatever else, names and addresses too: it lies beside the chain and goes when the subject's is erased. */
  detail?: Detail;
}

/**
 * Appends to the record of who did what to what (docs/adr/0019), in the command's own transaction: what did not happen is not recorded.
 * It is the command's last step, since the chain is held from here until the transaction ends; several chains in one order, so that
 * two commands never wait for each other.
 */
export async function recordActs(em: EntityManager, at: Date, ...acts: readonly Act[]): Promise<void> {
  const chained = acts.map((act) => ({ ...act, chain: act.organizationId ?? PLATFORM_CHAIN }));
  for (const act of chained.sort((a, b) => compareIds(a.chain, b.chain))) await append(em, at.toISOString(), act);
}

async function append(
  em: EntityManager,
  at: string,
  { chain, actor, action, subject, detail }: Act & { chain: string },
): Promise<void> {
  const head = await holdHead(em, chain);
  const beside = detail ? salted(detail) : null;
  const entry: LedgerEntry = {
    chain,
    sequence: (head?.sequence ?? 0) + 1,
    at,
    ...named(actor),
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    detailDigest: beside && digestDetail(beside, sha256),
  };
  await insertEntry(em, { ...entry, ...sealEntry(head?.digest ?? NOTHING_BEFORE, entry, sha256) }, beside);
}

function named(actor: Act['actor']): Pick<LedgerEntry, 'actorKind' | 'actorId'> {
  if (typeof actor === 'string') return { actorKind: actor, actorId: null };
  return 'linkedId' in actor
    ? { actorKind: 'link', actorId: actor.linkedId }
    : { actorKind: 'person', actorId: actor.personId };
}

/** The texts as the database can hold them: half a surrogate pair becomes U+FFFD, as everywhere else. */
function salted(detail: Detail): SaltedDetail {
  const held = Object.entries(detail).map(([key, value]) => [
    key,
    typeof value === 'string' ? Buffer.from(value).toString() : value,
  ]);
  return { salt: randomBytes(16).toString('base64url'), detail: Object.fromEntries(held) as Detail };
}

import type { EntityManager } from 'typeorm';
import { recordActs } from '../platform/audit/record-acts.js';
import { layTombstone, type Tombstone } from '../platform/erasure/tombstones.js';
import { forgetMails } from '../platform/mail/forget-mails.js';
import { removeAccount } from './remove-account.js';
import * as repository from './removal.repository.js';

/** Ends every session and every way into one that was under way: what was ended after the backup must not go on. */
export const endEverySession = repository.endEverySession;

/**
 * Removes an account again of which a tombstone says that it was removed after the backup, in the caller's transaction. Answers whether
 * it was there; if not, the tombstone is laid alone.
 */
export async function removeAccountAgain(em: EntityManager, stone: Tombstone, dataDir: string): Promise<boolean> {
  if (!(await repository.isStanding(em, stone.id))) {
    await layTombstone(em, stone);
    return false;
  }
  await forgetMails(em, dataDir, await removeAccount(em, stone.id, stone));
  const subject = { kind: 'person', id: stone.id } as const;
  await recordActs(em, stone.at, { organizationId: null, actor: 'operator', action: 'account-removed', subject });
  return true;
}

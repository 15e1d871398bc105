import type { LocalDate } from '@throughway/vocabulary/local-date';
import { recordActs } from '../platform/audit/record-acts.js';
import type { WorkTransactions } from '../platform/database/transactions.js';
import { forgetMails } from '../platform/mail/forget-mails.js';
import { lockPerson } from './credentials.repository.js';
import { listIdle } from './removal.repository.js';
import { removeAccount } from './remove-account.js';

/**
 * Removes the accounts of people who hold no role, have held none since a day, and have not signed in since; each in a transaction of
 * its own. `at` tells the time.
 */
export async function removeIdleAccounts(
  transactions: WorkTransactions,
  { since, at, dataDir }: { since: LocalDate; at: () => Date; dataDir: string },
): Promise<void> {
  for (const personId of await transactions.run((em) => listIdle(em, since))) {
    await transactions.run(async (em) => {
      await lockPerson(em, personId);
      // Somebody may have signed in, or been given a role, meanwhile.
      if ((await listIdle(em, since, personId)).length === 0) return;
      const removal = { organizationId: null, reason: 'retention', at: at() } as const;
      await forgetMails(em, dataDir, await removeAccount(em, personId, removal));
      const subject = { kind: 'person', id: personId } as const;
      await recordActs(em, removal.at, { organizationId: null, actor: 'worker', action: 'account-removed', subject });
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { type Actor, ownAccount } from '../platform/auth/actor.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { Sessions } from '../platform/auth/sessions.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.provider.js';
import { Transactions } from '../platform/database/transactions.js';
import { forgetMails } from '../platform/mail/forget-mails.js';
import { lockPerson } from './credentials.repository.js';
import { findOrganization, lockOrganization } from './organizations.repository.js';
import { listRolesOf } from './removal.repository.js';
import { removeAccount } from './remove-account.js';
import { requireAnotherManager } from './require-another-manager.js';
import { StandingChanges } from './standing-changes.js';

/** A person takes their account away, and what they said yes to with it. What a school's record says of them is the school's, and stays. */
@Injectable()
export class AccountRemovalService {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly sessions: Sessions,
    private readonly changes: StandingChanges,
  ) {}

  /** @throws not-signed-in, second-factor-needed, passkey-needed, last-administrator */
  remove(asking: Actor | null, request: Request): Promise<{ erased: true }> {
    const actor = ownAccount(asking);
    const { personId } = actor;
    return this.transactions.inTenant({ actor }, async (em) => {
      await this.requireSuccessors(em, personId);
      await lockPerson(em, personId);
      // As the session stands once nobody else is changing how they sign in.
      ownAccount(await this.sessions.recognize(em, request));
      await this.sessions.endHere(em, request);
      const at = this.clock.now();
      const ended = await this.changes.accountGoes.tell(em, { personId }, { actor, at });
      const addresses = await removeAccount(em, personId, { organizationId: null, reason: 'request', at });
      await forgetMails(em, this.config.DATA_DIR, addresses);
      const subject = { kind: 'person', id: personId } as const;
      await recordActs(em, at, ...ended, { organizationId: null, actor, action: 'account-removed', subject });
      return { erased: true };
    });
  }

  /** Holds each organization that the person works in, always in the same order, so that two who leave at once wait for each other. */
  private async requireSuccessors(em: EntityManager, personId: string): Promise<void> {
    for (const { organizationId, role } of await listRolesOf(em, personId)) {
      await lockOrganization(em, organizationId);
      const organization = await findOrganization(em, organizationId);
      if (organization) await requireAnotherManager(em, organization, { role, personId });
    }
  }
}

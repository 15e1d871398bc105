import { Injectable } from '@nestjs/common';
import type { OptionalMail, Profile } from '@throughway/contracts/profile';
import { STAFF_ROLES } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { type Actor, ownAccount } from '../platform/auth/actor.js';
import { Sessions } from '../platform/auth/sessions.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.provider.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import { needsCurrentPassword } from './needs-current-password.js';
import { loadOwnAccount, updatePerson } from './profile.repository.js';
import { toMembership } from './session.service.js';

/** What a person sees and keeps of their own account. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly sessions: Sessions,
  ) {}

  /** The whole account as it stands in the caller's transaction; roles are all that the person holds, settled or not. */
  async view(em: EntityManager, actor: Actor): Promise<Profile> {
    const account = await loadOwnAccount(em, actor.personId);
    const sessions = await this.sessions.list(em, actor.personId);
    const { name, email, language } = account;
    return {
      person: { personId: actor.personId, name, email, language },
      memberships: actor.pendingRoles.map(toMembership),
      declinedMails: account.declinedMails,
      secondFactorNeeded: actor.pendingRoles.some(({ role }) => STAFF_ROLES.includes(role)),
      passwordSetAt: instant(account.passwordSetAt),
      passwordNeedsCurrent: account.passwordSetAt !== null && needsCurrentPassword(actor, this.clock.now()),
      authenticatorSince: instant(account.authenticatorSince),
      recoveryCodesLeft: account.recoveryCodesLeft,
      passkeys: account.passkeys.map(({ createdAt, lastUsedAt, ...passkey }) => ({
        ...passkey,
        createdAt: new Date(createdAt).toISOString(),
        lastUsedAt: instant(lastUsedAt),
      })),
      identities: account.identities.map(({ identityId, providerId, linkedAt, lastUsedAt }) => ({
        identityId,
        provider: this.providerName(providerId),
        linkedAt: new Date(linkedAt).toISOString(),
        lastUsedAt: instant(lastUsedAt),
      })),
      sessions: sessions.map(({ sessionId, device, startedAt, lastSeenAt }) => ({
        sessionId,
        device,
        startedAt: startedAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        here: sessionId === actor.sessionId,
      })),
    };
  }

  get(actor: Actor | null): Promise<Profile> {
    const me = ownAccount(actor);
    return this.transactions.read((em) => this.view(em, me));
  }

  change(
    actor: Actor | null,
    change: {
      name?: string | undefined;
      language?: 'en' | 'es' | undefined;
      declinedMails?: readonly OptionalMail[] | undefined;
    },
  ): Promise<Profile> {
    const me = ownAccount(actor);
    return this.transactions.run(async (em) => {
      await updatePerson(em, me.personId, {
        name: change.name ?? null,
        language: change.language ?? null,
        declinedMails: change.declinedMails ?? null,
      });
      return this.view(em, me);
    });
  }

  /** Ends one of the person's sessions, also the one that asks. @throws not-found for another's */
  endSession(actor: Actor | null, sessionId: string): Promise<Profile> {
    const me = ownAccount(actor);
    return this.transactions.run(async (em) => {
      if ((await this.sessions.end(em, me.personId, { only: sessionId })) === 0) throw notFound('session');
      return this.view(em, me);
    });
  }

  /** A sign-in service that is configured no more keeps its id as its name. */
  private providerName(providerId: string): string {
    return this.config.SIGN_IN_PROVIDERS.find((provider) => provider.providerId === providerId)?.name ?? providerId;
  }
}

/** PostgreSQL's JSON form of an instant, as the wire writes it. */
function instant(written: string | null): string | null {
  return written === null ? null : new Date(written).toISOString();
}

import { Injectable } from '@nestjs/common';
import type { Membership } from '@throughway/contracts/people';
import type { Session } from '@throughway/contracts/session';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { type Actor, type HeldRole, signedIn, type SignInMethod } from '../platform/auth/actor.js';
import { Sessions } from '../platform/auth/sessions.js';
import { Clock } from '../platform/clock/clock.js';
import { offersSamplePeople } from '../platform/config/config.js';
import { Config } from '../platform/config/config.provider.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { KnownDevices } from './known-devices.js';
import { recordOwnAct } from './record-own-act.js';
import { endLinks } from './sign-in-links.repository.js';
import { accountOf } from './sign-in-limits.js';

/** Who is signed in, and how a sign-in begins and ends, whichever way the person proved who they are. */
@Injectable()
export class SessionService {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly sessions: Sessions,
    private readonly devices: KnownDevices,
  ) {}

  /** Whether this server offers sample people to sign in as. */
  get development(): boolean {
    return offersSamplePeople(this.config);
  }

  view(actor: Actor | null): Session {
    const development = this.development;
    if (!actor) return { person: null, memberships: [], secondFactor: 'settled', development };
    const { personId, name, email, language, sample, secondFactor, roles } = actor;
    return {
      person: { personId, name, email, language, sample },
      memberships: roles.map(toMembership),
      secondFactor,
      development,
    };
  }

  /** Opens a session in the caller's transaction and answers it. @throws suspended */
  async open(
    em: EntityManager,
    request: Request,
    proof: { personId: string; method: SignInMethod; proved?: boolean },
  ): Promise<Session> {
    const actor = await this.sessions.open(em, request, proof);
    if (!actor)
      throw new Refusal(403, 'suspended', 'This account is suspended. Ask an administrator of your organization.');
    return this.begin(request, actor);
  }

  /** Marks the second factor of the request's session as proved, in the caller's transaction, and answers the session. */
  async settle(em: EntityManager, request: Request, sessionId: string): Promise<Session> {
    await this.sessions.prove(em, sessionId);
    return this.begin(request, signedIn(await this.sessions.recognize(em, request)));
  }

  /** A device counts as known from the first time that nothing is left to prove on it. */
  private begin(request: Request, actor: Actor): Session {
    if (actor.secondFactor === 'settled' && actor.email !== null) {
      this.devices.remember(request, accountOf(actor.email));
    }
    return this.view(actor);
  }

  async end(request: Request): Promise<Session> {
    await this.transactions.run((em) => this.sessions.endHere(em, request));
    return this.view(null);
  }

  /** Ends every session of the person, and the links that could open another. @throws not-signed-in */
  async endAll(actor: Actor | null, request: Request): Promise<Session> {
    const { personId } = signedIn(actor);
    await this.transactions.run(async (em) => {
      await this.sessions.endHere(em, request);
      await this.sessions.end(em, personId);
      await endLinks(em, personId, this.clock.now());
      await recordOwnAct(em, this.clock.now(), personId, 'signed-out-everywhere');
    });
    return this.view(null);
  }
}

/** As the wire shows it. */
export function toMembership({ membershipId, role, since, organizationId, name, kind, sample }: HeldRole): Membership {
  return {
    membershipId,
    role,
    since: new Date(since).toISOString(),
    organization: { organizationId, name, kind, sample },
  };
}

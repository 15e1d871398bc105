import { Injectable, Logger } from '@nestjs/common';
import type { Profile } from '@throughway/contracts/profile';
import type { Session } from '@throughway/contracts/session';
import type { Request } from 'express';
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { EntityManager } from 'typeorm';
import { type Actor, ownAccount, settledAccount } from '../platform/auth/actor.js';
import { Sessions } from '../platform/auth/sessions.js';
import { Clock } from '../platform/clock/clock.js';
import type { SignInProvider } from '../platform/config/sign-in-providers.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, refuse, type Refusal } from '../platform/errors/refusal.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { askProvider, providerProblem, unavailable } from './ask-provider.js';
import { Ceremonies, ceremonyOver } from './ceremonies.js';
import { lockPerson } from './credentials.repository.js';
import {
  deleteIdentity,
  type ExternalIdentity,
  findIdentity,
  insertIdentity,
  markIdentityUsed,
} from './identities.repository.js';
import { ProfileService } from './profile.service.js';
import { ProviderDirectory } from './provider-directory.js';
import { recordOwnAct } from './record-own-act.js';
import { SessionService } from './session.service.js';

/** Signing in at a service of the school or company, and linking what it vouches for to a person. */
@Injectable()
export class ProvidersService {
  private readonly logger = new Logger('Providers');

  constructor(
    private readonly ceremonies: Ceremonies,
    private readonly clock: Clock,
    private readonly directory: ProviderDirectory,
    private readonly profile: ProfileService,
    private readonly publicUrl: PublicUrl,
    private readonly session: SessionService,
    private readonly sessions: Sessions,
    private readonly transactions: Transactions,
  ) {}

  list(): { providers: { providerId: string; name: string }[] } {
    return { providers: this.directory.list() };
  }

  /**
   * Where the browser goes next: authorization code with PKCE. Remembers who began, so that nobody else is linked at the end.
   * @throws not-found, provider-unavailable
   */
  async start(actor: Actor | null, request: Request, providerId: string): Promise<{ url: string }> {
    const provider = this.directory.get(providerId);
    const configuration = await this.discover(provider);
    const detail = {
      providerId,
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
      redirectUri: this.publicUrl.page(request, `/sign-in/services/${providerId}`),
    };
    await this.ceremonies.begin(request, 'provider-sign-in', { personId: actor?.personId ?? null, detail });
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: detail.redirectUri,
      scope: provider.scope,
      state: detail.state,
      nonce: detail.nonce,
      code_challenge: await calculatePKCECodeChallenge(detail.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href };
  }

  /**
   * Who has the identity is signed in; a second factor is still asked for. Who is signed in already gets it linked.
   * @throws not-found, ceremony-over, provider-refused, provider-unavailable, identity-unknown, identity-taken,
   * second-factor-needed, suspended
   */
  async finish(
    request: Request,
    providerId: string,
    given: { code: string; state: string; iss?: string | undefined },
  ): Promise<Session> {
    const provider = this.directory.get(providerId);
    const { personId, detail } = await this.ceremonies.take(request, 'provider-sign-in');
    if (detail.providerId !== providerId || detail.state !== given.state) throw ceremonyOver();
    const configuration = await this.discover(provider);
    let identity: ExternalIdentity;
    try {
      identity = await askProvider(configuration, provider, detail, given);
    } catch (error) {
      throw this.problem(error, provider);
    }
    return this.transactions.run((em) => this.admit(em, request, personId, identity));
  }

  /**
   * Unlinks a service. It may be the last way that the person set up: a link by mail always works.
   * @throws not-signed-in, second-factor-needed, passkey-needed, not-found
   */
  remove(actor: Actor | null, request: Request, identityId: string): Promise<Profile> {
    const { personId } = settledAccount(actor);
    return this.transactions.run(async (em) => {
      await lockPerson(em, personId);
      const me = settledAccount(await this.sessions.recognize(em, request));
      if (!(await deleteIdentity(em, me.personId, identityId))) throw notFound('linked sign-in service');
      await recordOwnAct(em, this.clock.now(), me.personId, 'service-unlinked');
      return this.profile.view(em, me);
    });
  }

  /** `begunBy` is who was signed in when this began: the service took its time, and all may be different now. */
  private async admit(
    em: EntityManager,
    request: Request,
    begunBy: string | null,
    identity: ExternalIdentity,
  ): Promise<Session> {
    if (begunBy !== null) await lockPerson(em, begunBy);
    const actor = await this.sessions.recognize(em, request);
    if ((actor?.personId ?? null) !== begunBy) throw ceremonyOver();
    const now = this.clock.now();
    const known = await findIdentity(em, identity);
    if (known) {
      if (actor && actor.personId !== known.personId) throw taken();
      await markIdentityUsed(em, known.identityId, now);
      return actor
        ? this.session.view(actor)
        : this.session.open(em, request, { personId: known.personId, method: 'provider' });
    }
    if (!actor) {
      throw refuse(
        'identity-unknown',
        'Nobody here is linked to this account. Ask your school for an invitation, then link the account in your profile.',
      );
    }
    if (!(await insertIdentity(em, ownAccount(actor).personId, identity, now))) throw taken();
    await recordOwnAct(em, now, actor.personId, 'service-linked');
    return this.session.view(actor);
  }

  private async discover(provider: SignInProvider): Promise<Configuration> {
    try {
      return await this.directory.discover(provider);
    } catch (error) {
      this.problem(error, provider);
      throw unavailable(provider.name);
    }
  }

  /** Logs which service and why, never what it said of a person. */
  private problem(error: unknown, { providerId, name }: SignInProvider): Refusal {
    const { refusal, reason } = providerProblem(error, name);
    this.logger.warn({ providerId, reason });
    return refusal;
  }
}

function taken(): Refusal {
  return refuse('identity-taken', 'This account is linked to another person here. Sign out to sign in as that person.');
}

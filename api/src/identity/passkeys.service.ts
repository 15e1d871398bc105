import { generateRegistrationOptions } from '@simplewebauthn/server';
import { Injectable } from '@nestjs/common';
import type { Profile } from '@throughway/contracts/profile';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { type Actor, ownAccount, settledAccount } from '../platform/auth/actor.js';
import { Sessions } from '../platform/auth/sessions.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, refuse, type Refusal } from '../platform/errors/refusal.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Ceremonies, CEREMONY_MS, ceremonyOver } from './ceremonies.js';
import { lockPerson } from './credentials.repository.js';
import { keepSecondFactor } from './keep-second-factor.js';
import { deletePasskey, insertPasskey, listPasskeys } from './passkeys.repository.js';
import { ProfileService } from './profile.service.js';
import { recordOwnAct } from './record-own-act.js';
import { relyingParty, toUserHandle } from './relying-party.js';
import { SessionService } from './session.service.js';
import { readRegistration, verifyRegistration } from './verify-passkey.js';

const MOST_PASSKEYS = 20;

/** A person's own passkeys. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly ceremonies: Ceremonies,
    private readonly clock: Clock,
    private readonly profile: ProfileService,
    private readonly publicUrl: PublicUrl,
    private readonly session: SessionService,
    private readonly sessions: Sessions,
    private readonly transactions: Transactions,
  ) {}

  /** @throws not-signed-in, second-factor-needed, passkey-needed, passkeys-full */
  async begin(actor: Actor | null, request: Request): Promise<Record<string, unknown>> {
    const me = ownAccount(actor);
    const owned = await this.transactions.read((em) => listPasskeys(em, me.personId));
    if (owned.length >= MOST_PASSKEYS) throw full();
    const options = await generateRegistrationOptions({
      rpName: 'Throughway',
      rpID: relyingParty(this.publicUrl, request).id,
      userID: toUserHandle(me.personId),
      userName: me.email ?? me.name,
      userDisplayName: me.name,
      timeout: CEREMONY_MS,
      excludeCredentials: owned.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const { challenge } = options;
    await this.ceremonies.begin(request, 'passkey-add', { personId: me.personId, detail: { challenge } });
    return { ...options };
  }

  /**
   * Adds what the browser made, and with it settles the second factor of this session.
   * @throws not-signed-in, second-factor-needed, ceremony-over, passkey-other-origin, passkey-refused, passkey-taken, passkeys-full
   */
  async add(actor: Actor | null, request: Request, name: string, json: unknown): Promise<Profile> {
    const me = ownAccount(actor);
    const given = readRegistration(json);
    const { personId, detail } = await this.ceremonies.take(request, 'passkey-add');
    if (personId !== me.personId) throw ceremonyOver();
    const made = await verifyRegistration(given, detail.challenge, relyingParty(this.publicUrl, request));
    return this.transactions.run(async (em) => {
      await lockPerson(em, personId);
      ownAccount(await this.sessions.recognize(em, request));
      if ((await listPasskeys(em, personId)).length >= MOST_PASSKEYS) throw full();
      const added = await insertPasskey(em, {
        personId,
        credentialId: made.id,
        publicKey: Buffer.from(made.publicKey),
        signatureCount: made.counter,
        transports: given.response.transports,
        name,
        createdAt: this.clock.now(),
      });
      if (!added) throw refuse('passkey-taken', 'This passkey is in use here already. Make a new one.');
      await this.session.settle(em, request, me.sessionId);
      await recordOwnAct(em, this.clock.now(), personId, 'passkey-added');
      return this.view(em, request);
    });
  }

  /**
   * @throws not-signed-in, second-factor-needed, passkey-needed, not-found, second-factor-required, second-factor-protects-password
   */
  remove(actor: Actor | null, request: Request, passkeyId: string): Promise<Profile> {
    const { personId } = settledAccount(actor);
    return this.transactions.run(async (em) => {
      await lockPerson(em, personId);
      settledAccount(await this.sessions.recognize(em, request));
      if (!(await deletePasskey(em, personId, passkeyId))) throw notFound('passkey');
      await keepSecondFactor(em, personId);
      await recordOwnAct(em, this.clock.now(), personId, 'passkey-removed');
      return this.view(em, request);
    });
  }

  /** As the person stands after the change. @throws not-signed-in when the session ended meanwhile */
  private async view(em: EntityManager, request: Request): Promise<Profile> {
    return this.profile.view(em, ownAccount(await this.sessions.recognize(em, request)));
  }
}

function full(): Refusal {
  return refuse('passkeys-full', `A person keeps at most ${MOST_PASSKEYS} passkeys. Remove one first.`);
}

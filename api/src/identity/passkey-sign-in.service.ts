import { generateAuthenticationOptions } from '@simplewebauthn/server';
import { Injectable, Logger } from '@nestjs/common';
import type { Session } from '@throughway/contracts/session';
import type { Request } from 'express';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { refuse, type Refusal } from '../platform/errors/refusal.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Ceremonies, CEREMONY_MS } from './ceremonies.js';
import { countPasskeyUse, findPasskey } from './passkeys.repository.js';
import { relyingParty, toUserHandle } from './relying-party.js';
import { SessionService } from './session.service.js';
import { readAssertion, verifyAssertion } from './verify-passkey.js';

/** Signing in with a passkey: it says itself whose it is, and it is two factors in one (the device, and what unlocks it). */
@Injectable()
export class PasskeySignInService {
  private readonly logger = new Logger('Passkeys');

  constructor(
    private readonly ceremonies: Ceremonies,
    private readonly clock: Clock,
    private readonly publicUrl: PublicUrl,
    private readonly session: SessionService,
    private readonly transactions: Transactions,
  ) {}

  async begin(request: Request): Promise<Record<string, unknown>> {
    const options = await generateAuthenticationOptions({
      rpID: relyingParty(this.publicUrl, request).id,
      userVerification: 'required',
      timeout: CEREMONY_MS,
    });
    await this.ceremonies.begin(request, 'passkey-sign-in', {
      personId: null,
      detail: { challenge: options.challenge },
    });
    return { ...options };
  }

  /**
   * The ceremony is used up before anything is checked, so that no answer can be tried twice.
   * @throws ceremony-over, passkey-unknown, passkey-other-origin, passkey-refused, passkey-cloned, suspended
   */
  async signIn(request: Request, json: unknown): Promise<Session> {
    const given = readAssertion(json);
    const { detail } = await this.ceremonies.take(request, 'passkey-sign-in');
    const passkey = await this.transactions.read((em) => findPasskey(em, given.id));
    if (!passkey) throw unknown();
    const { userHandle } = given.response;
    if (userHandle && userHandle !== toUserHandle(passkey.personId).toString('base64url')) throw unknown();
    const party = relyingParty(this.publicUrl, request);
    const signatureCount = await verifyAssertion(given, detail.challenge, party, passkey);
    return this.transactions.run(async (em) => {
      if (!(await countPasskeyUse(em, passkey.passkeyId, signatureCount, this.clock.now()))) {
        this.logger.warn({ passkeyId: passkey.passkeyId, reason: 'passkey-cloned' });
        throw refuse(
          'passkey-cloned',
          'This passkey counts fewer uses than we have seen: there may be a copy of it. Sign in another way and remove it.',
        );
      }
      return this.session.open(em, request, { personId: passkey.personId, method: 'passkey', proved: true });
    });
  }
}

function unknown(): Refusal {
  return refuse('passkey-unknown', 'Nobody here has this passkey. Sign in another way and add it in your profile.');
}

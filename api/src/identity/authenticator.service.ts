import { Injectable } from '@nestjs/common';
import type { Profile } from '@throughway/contracts/profile';
import type { Request } from 'express';
import { toDataURL } from 'qrcode';
import type { EntityManager } from 'typeorm';
import { type Actor, ownAccount, settledAccount } from '../platform/auth/actor.js';
import { SecretBox } from '../platform/auth/secret-box.js';
import { Sessions } from '../platform/auth/sessions.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import { authenticatorUrl, newAuthenticatorSecret, stepOfCode } from './authenticator-codes.js';
import {
  confirmPendingSecret,
  deleteAuthenticator,
  loadPendingSecret,
  replaceRecoveryCodes,
  savePendingSecret,
} from './authenticator.repository.js';
import { lockPerson } from './credentials.repository.js';
import { keepSecondFactor } from './keep-second-factor.js';
import { ProfileService } from './profile.service.js';
import { recordOwnAct } from './record-own-act.js';
import { newRecoveryCodes, recoveryCodeDigest } from './recovery-codes.js';
import { SessionService } from './session.service.js';

/** Setting up and removing the authenticator app. Who has a second factor must have shown it in this session. */
@Injectable()
export class AuthenticatorService {
  constructor(
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly transactions: Transactions,
    private readonly session: SessionService,
    private readonly sessions: Sessions,
    private readonly profile: ProfileService,
  ) {}

  async start(actor: Actor | null, request: Request): Promise<{ secret: string; url: string; picture: string }> {
    const { email, name } = ownAccount(actor);
    const secret = newAuthenticatorSecret();
    const url = authenticatorUrl(secret, email ?? name);
    await this.transactions.run(async (em) => {
      const { personId } = await this.asking(em, actor, request);
      await savePendingSecret(em, personId, this.box.seal(secret));
    });
    return { secret, url, picture: await toDataURL(url) };
  }

  /** The new app counts from its first code on, and settles this session. @throws wrong-code, authenticator-not-started */
  confirm(actor: Actor | null, request: Request, code: string): Promise<{ recoveryCodes: string[] }> {
    return this.transactions.run(async (em) => {
      const { personId, sessionId } = await this.asking(em, actor, request);
      const sealed = await loadPendingSecret(em, personId);
      if (!sealed)
        throw refuse('authenticator-not-started', 'No app is being set up. Begin anew and scan the picture.');
      const at = this.clock.now();
      const step = stepOfCode(this.box.open(sealed), code, at);
      if (step === null) throw wrongCode();
      await confirmPendingSecret(em, personId, { step, at });
      const recoveryCodes = newRecoveryCodes();
      await replaceRecoveryCodes(em, personId, recoveryCodes.map(recoveryCodeDigest));
      await this.session.settle(em, request, sessionId);
      await recordOwnAct(em, at, personId, 'authenticator-added');
      return { recoveryCodes };
    });
  }

  /**
   * Who asks, as they stand once nobody else is changing how they sign in: a session that had nothing to show a moment ago must
   * not set up an app beside a second factor that has just come.
   */
  private async asking(em: EntityManager, actor: Actor | null, request: Request): Promise<Actor> {
    await lockPerson(em, ownAccount(actor).personId);
    return ownAccount(await this.sessions.recognize(em, request));
  }

  /** @throws not-signed-in, second-factor-needed, passkey-needed, second-factor-required, second-factor-protects-password */
  remove(actor: Actor | null, request: Request): Promise<Profile> {
    const { personId } = settledAccount(actor);
    return this.transactions.run(async (em) => {
      await lockPerson(em, personId);
      const me = settledAccount(await this.sessions.recognize(em, request));
      if (!(await deleteAuthenticator(em, me.personId))) throw notFound('authenticator app');
      await keepSecondFactor(em, me.personId);
      await recordOwnAct(em, this.clock.now(), me.personId, 'authenticator-removed');
      return this.profile.view(em, me);
    });
  }
}

function wrongCode() {
  return refuse(
    'wrong-code',
    'This is not the code that the app shows now. Check the time of your phone and try the next one.',
  );
}

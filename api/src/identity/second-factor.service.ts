import { Injectable } from '@nestjs/common';
import type { Session } from '@throughway/contracts/session';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { type Actor, signedIn } from '../platform/auth/actor.js';
import { SecretBox } from '../platform/auth/secret-box.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { refuse } from '../platform/errors/refusal.js';
import { stepOfCode } from './authenticator-codes.js';
import { loadConfirmedSecret, useRecoveryCode, useStep } from './authenticator.repository.js';
import { recoveryCodeDigest } from './recovery-codes.js';
import { SessionService } from './session.service.js';
import { SignInLimits } from './sign-in-limits.js';

/** Settling the second factor of a session with a code of the app, or a recovery code. Each works once. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly transactions: Transactions,
    private readonly limits: SignInLimits,
    private readonly sessions: SessionService,
  ) {}

  /** A settled session stays as it is. @throws wrong-code, code-used, too-many-attempts, enrollment-needed */
  async settle(actor: Actor | null, request: Request, code: string): Promise<Session> {
    const me = signedIn(actor);
    if (me.secondFactor === 'settled') return this.sessions.view(me);
    if (me.secondFactor === 'enrollment-needed') {
      throw refuse('enrollment-needed', 'No second factor is set up yet. Set up an authenticator app or a passkey.');
    }
    const giveBack = await this.limits.code(me.personId);
    const session = await this.transactions.run(async (em) => {
      await this.use(em, me.personId, code.replace(/\s/g, ''));
      return this.sessions.settle(em, request, me.sessionId);
    });
    await giveBack();
    return session;
  }

  private async use(em: EntityManager, personId: string, code: string): Promise<void> {
    const at = this.clock.now();
    if (!/^\d{6}$/.test(code)) {
      if (await useRecoveryCode(em, personId, recoveryCodeDigest(code), at)) return;
      throw refuse('wrong-code', 'This is not one of your unused recovery codes.');
    }
    const sealed = await loadConfirmedSecret(em, personId);
    const step = sealed && stepOfCode(this.box.open(sealed), code, at);
    if (!sealed || step === null) throw refuse('wrong-code', 'This is not the code that your app shows now.');
    if (!(await useStep(em, personId, sealed, step))) {
      throw refuse('code-used', 'This code has been used already. Wait for the next one.');
    }
  }
}

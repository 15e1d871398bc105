import { Injectable } from '@nestjs/common';
import type { Session } from '@throughway/contracts/session';
import type { Request } from 'express';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { findPasswordOwner, holdPassword } from './credentials.repository.js';
import { KnownDevices } from './known-devices.js';
import { Passwords } from './passwords.js';
import { SessionService } from './session.service.js';
import { accountOf, SignInLimits } from './sign-in-limits.js';

/** Signing in by password. An unknown address, one without a password and a wrong password are one: same work, same answer. */
@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly passwords: Passwords,
    private readonly limits: SignInLimits,
    private readonly devices: KnownDevices,
    private readonly sessions: SessionService,
  ) {}

  /** @throws wrong-password, too-many-attempts, busy, suspended */
  async withPassword(request: Request, { email, password }: { email: string; password: string }): Promise<Session> {
    const account = accountOf(email);
    const known = this.devices.knows(request, account);
    await this.limits.askPassword(request, account, known);
    const proof = await this.passwords.guess(password, async () => {
      const giveBack = await this.limits.password(request, account, known);
      const owner = await this.transactions.run((em) => findPasswordOwner(em, email));
      return { personId: owner?.personId ?? '', hash: owner?.hash ?? null, giveBack };
    });
    if (!proof) throw wrongPassword();
    const { personId, hash } = proof;
    await proof.giveBack();
    return this.transactions.run(async (em) => {
      if (!(await holdPassword(em, personId, hash))) throw wrongPassword();
      return this.sessions.open(em, request, { personId, method: 'password' });
    });
  }
}

function wrongPassword(): Refusal {
  return new Refusal(401, 'wrong-password', 'This mail address and this password do not go together.');
}

import { Injectable } from '@nestjs/common';
import type { Profile } from '@throughway/contracts/profile';
import type { Request } from 'express';
import { type Actor, ownAccount } from '../platform/auth/actor.js';
import { Sessions } from '../platform/auth/sessions.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { refuse } from '../platform/errors/refusal.js';
import { loadPasswordOwner, lockPerson, type PasswordOwner, savePassword } from './credentials.repository.js';
import { needsCurrentPassword } from './needs-current-password.js';
import { lengthOf, passwordRefusal } from './password-rules.js';
import { Passwords } from './passwords.js';
import { ProfileService } from './profile.service.js';
import { recordOwnAct } from './record-own-act.js';
import { accountOf, SignInLimits } from './sign-in-limits.js';
import { endLinks } from './sign-in-links.repository.js';

/** Setting one's password. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly sessions: Sessions,
    private readonly passwords: Passwords,
    private readonly limits: SignInLimits,
    private readonly profile: ProfileService,
  ) {}

  /**
   * Where one is set, the current one has to be known, but for {@link needsCurrentPassword}. The person's other sessions end, and
   * the links that could open another.
   * @throws not-signed-in, second-factor-needed, passkey-needed, password-too-short, password-common, password-wrong, too-many-attempts, busy
   */
  async set(
    actor: Actor | null,
    request: Request,
    body: { current?: string | undefined; password: string },
  ): Promise<Profile> {
    const me = ownAccount(actor);
    const before = await this.transactions.run((em) => loadPasswordOwner(em, me.personId));
    const refusal = passwordRefusal(body.password, before);
    if (refusal) throw refusal;
    if (before.hash !== null && needsCurrentPassword(me, this.clock.now()))
      await this.prove(request, before, body.current);
    const hash = await this.passwords.hash(body.password);
    return this.transactions.run(async (em) => {
      await lockPerson(em, me.personId);
      const still = ownAccount(await this.sessions.recognize(em, request));
      // The second factor that allows a short one may have gone meanwhile.
      const late = passwordRefusal(body.password, await loadPasswordOwner(em, me.personId));
      if (late) throw late;
      const at = this.clock.now();
      const saved = await savePassword(em, me.personId, {
        hash,
        length: lengthOf(body.password),
        replaces: before.hash,
        at,
      });
      if (!saved) throw wrong('The password was changed elsewhere meanwhile.');
      await this.sessions.end(em, me.personId, { except: me.sessionId });
      await endLinks(em, me.personId, at);
      await recordOwnAct(em, at, me.personId, 'password-changed');
      return this.profile.view(em, still);
    });
  }

  /** Guesses of who is signed in count like those from a device that signed in before. */
  private async prove(request: Request, owner: PasswordOwner, current: string | undefined): Promise<void> {
    if (current === undefined) throw wrong('Changing the password needs the current one.');
    const account = accountOf(owner.email ?? owner.personId);
    await this.limits.askPassword(request, account, true);
    const proof = await this.passwords.guess(current, async () => ({
      hash: owner.hash,
      giveBack: await this.limits.password(request, account, true),
    }));
    if (!proof) throw wrong('This is not your current password.');
    await proof.giveBack();
  }
}

function wrong(detail: string) {
  return refuse('password-wrong', detail);
}

import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Session } from '@throughway/contracts/session';
import type { Request } from 'express';
import { digestOf, newToken } from '../platform/auth/tokens.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal, refuse } from '../platform/errors/refusal.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Outbox } from '../platform/mail/outbox.js';
import { KnownDevices } from './known-devices.js';
import { SessionService } from './session.service.js';
import { findLinkReceiver, insertLink, linkState, useLink } from './sign-in-links.repository.js';
import { accountOf, SignInLimits } from './sign-in-limits.js';

/** Not longer than the half hour of the limits on mails, so that a refused one never leaves the owner without a link. */
const LIFE_MINUTES = 30;

/** Mailed links that sign in once. */
@Injectable()
export class SignInLinks implements BeforeApplicationShutdown {
  private readonly logger = new Logger('SignInLinks');
  private readonly mailing = new Set<Promise<void>>();

  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly urls: PublicUrl,
    private readonly outbox: Outbox,
    private readonly limits: SignInLimits,
    private readonly devices: KnownDevices,
    private readonly sessions: SessionService,
  ) {}

  /**
   * Counts the wish and answers; whether somebody has the address is looked up only after that, so that neither the answer nor its
   * time tells. @throws too-many-attempts
   */
  async send(request: Request, email: string): Promise<{ sent: true }> {
    const account = accountOf(email);
    await this.limits.link(request, account, this.devices.knows(request, account));
    const token = newToken();
    const url = this.urls.page(request, '/sign-in', `link=${token}`);
    const work = this.mail(email, token, url)
      .catch((error: unknown) => this.logger.error(error instanceof Error ? error.stack : error))
      .finally(() => this.mailing.delete(work));
    this.mailing.add(work);
    return { sent: true };
  }

  /** Signs in, once. @throws link-used, link-expired, link-unknown, suspended */
  open(request: Request, token: string): Promise<Session> {
    const digest = digestOf(token);
    return this.transactions.run(async (em) => {
      const personId = await useLink(em, digest, this.clock.now());
      if (personId !== null) return this.sessions.open(em, request, { personId, method: 'link' });
      throw LINK_REFUSALS[await linkState(em, digest)]();
    });
  }

  /** Until every mail wished for so far is in the outbox. */
  async settle(): Promise<void> {
    await Promise.all(this.mailing);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settle();
  }

  private async mail(email: string, token: string, url: string): Promise<void> {
    await this.transactions.run(async (em) => {
      const receiver = await findLinkReceiver(em, email);
      if (!receiver) return;
      const expiresAt = new Date(this.clock.now().getTime() + LIFE_MINUTES * 60_000);
      await insertLink(em, { digest: digestOf(token), personId: receiver.personId, expiresAt });
      await this.outbox.send(em, {
        recipient: receiver.email,
        language: receiver.language,
        template: 'sign-in-link',
        detail: { name: receiver.name, url },
      });
    });
  }
}

const LINK_REFUSALS: Record<'used' | 'expired' | 'unknown', () => Refusal> = {
  used: () => refuse('link-used', 'This link has been used already. Each works once; ask for a new one.'),
  expired: () =>
    refuse(
      'link-expired',
      `This link is older than ${LIFE_MINUTES} minutes, or was ended from your account. Ask for a new one.`,
    ),
  unknown: () =>
    new Refusal(404, 'link-unknown', 'No such link was sent. Open it whole from the mail, or ask for a new one.'),
};

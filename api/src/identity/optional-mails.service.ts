import { Injectable } from '@nestjs/common';
import type { OptionalMail } from '@throughway/contracts/profile';
import type { EntityManager } from 'typeorm';
import type { MailDetail } from '../platform/mail/mail-templates.js';
import { Outbox } from '../platform/mail/outbox.js';
import { findMailbox } from './profile.repository.js';

/** Mails to people with an account, which each can do without. */
@Injectable()
export class OptionalMails {
  constructor(private readonly outbox: Outbox) {}

  /** In the caller's transaction, in the person's language; nothing when they declined it, are suspended, or have no address. As `Mail` has its subject. */
  async send<T extends OptionalMail>(
    em: EntityManager,
    personId: string,
    template: T,
    detail: MailDetail<T>,
    subjectId: string | null = null,
  ): Promise<void> {
    const mailbox = await findMailbox(em, personId, template);
    if (mailbox) await this.outbox.send(em, { ...mailbox, template, detail, subjectId });
  }
}

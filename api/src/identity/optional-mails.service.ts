import { Injectable } from '@nestjs/common';
import { OPTIONAL_MAILS, type OptionalMail } from '@throughway/contracts/profile';
import type { EntityManager } from 'typeorm';
import { SecretBox } from '../platform/auth/secret-box.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { PublicUrl } from '../platform/http/public-url.js';
import type { StopLinks } from '../platform/mail/letter.js';
import type { MailDetail } from '../platform/mail/mail-templates.js';
import { Outbox } from '../platform/mail/outbox.js';
import { declineMail, findMailbox } from './profile.repository.js';

const PURPOSE = 'stop-mails';

/** Mails to people with an account, which each can do without. */
@Injectable()
export class OptionalMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly publicUrl: PublicUrl,
    private readonly secrets: SecretBox,
    private readonly transactions: Transactions,
  ) {}

  /** In the caller's transaction, in the person's language; nothing when they declined it, are suspended, or have no address. As `Mail` has its subject. */
  async send<T extends OptionalMail>(
    em: EntityManager,
    personId: string,
    template: T,
    detail: MailDetail<T>,
    subjectId: string | null = null,
  ): Promise<void> {
    const mailbox = await findMailbox(em, personId, template);
    if (!mailbox) return;
    const stop = this.stopLinks(personId, template);
    await this.outbox.send(em, { ...mailbox, template, detail: { ...detail, stop }, subjectId });
  }

  /**
   * Turns the kind off that a link's token is of, for whom it was sent to; once more changes nothing, and says nothing of whether there
   * is such an account still. @throws link-unknown
   */
  async stop(token: string): Promise<{ mail: OptionalMail }> {
    const { personId, mail } = this.read(token);
    await this.transactions.run((em) => declineMail(em, personId, mail));
    return { mail };
  }

  /** Sealed by the server, so that nothing is kept for it, and good for as long as its key is: a mail may lie for years. */
  private stopLinks(personId: string, mail: OptionalMail): StopLinks {
    const token = this.secrets.seal([PURPOSE, mail, personId].join(' ')).toString('base64url');
    return {
      page: this.publicUrl.page(null, '/stop-mails', `token=${token}&mail=${mail}`),
      oneClick: `${this.publicUrl.origin(null)}/api/mails/stop?token=${token}`,
    };
  }

  private read(token: string): { personId: string; mail: OptionalMail } {
    const [purpose, kind, personId] = this.open(token).split(' ');
    const mail = OPTIONAL_MAILS.find((each) => each === kind);
    if (purpose === PURPOSE && mail && personId) return { personId, mail };
    throw new Refusal(404, 'link-unknown', 'There is no such link. Open it whole, as it stands in the mail.');
  }

  /** Empty for what this server did not seal. */
  private open(token: string): string {
    try {
      return this.secrets.open(Buffer.from(token, 'base64url'));
    } catch {
      return '';
    }
  }
}

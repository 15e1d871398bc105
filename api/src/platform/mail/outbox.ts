import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../database/transactions.js';
import { type JobQueue, Jobs } from '../jobs/jobs.js';
import { MAIL_TEMPLATES, type MailTemplate, type MailDetail } from './mail-templates.js';
import { MailTransport } from './mail-transport.js';

const SEND_MAIL: JobQueue = { name: 'send-mail', expireInSeconds: 120, retryLimit: 8 };

export interface Mail<T extends MailTemplate> {
  recipient: string;
  language: 'en' | 'es';
  template: T;
  detail: MailDetail<T>;
}

interface WaitingMail {
  recipient: string;
  language: 'en' | 'es';
  template: MailTemplate;
  detail: MailDetail<MailTemplate>;
}

/** Mail that goes out exactly when the command that wants it commits: a row and a job in that command's transaction. */
@Injectable()
export class Outbox {
  private readonly logger = new Logger('Mail');

  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
    private readonly transport: MailTransport,
  ) {}

  async send<T extends MailTemplate>(em: EntityManager, mail: Mail<T>): Promise<void> {
    const rows: { mailId: string }[] = await em.query(
      `INSERT INTO mail_outbox (recipient, language, template, detail) VALUES ($1, $2, $3, $4) RETURNING mail_id AS "mailId"`,
      [mail.recipient, mail.language, mail.template, JSON.stringify(mail.detail)],
    );
    await this.jobs.send(em, SEND_MAIL, { mailId: rows[0]?.mailId ?? null });
  }

  /** Sends what waits, here, until the application closes. */
  async start(): Promise<void> {
    await this.jobs.work(SEND_MAIL, ({ mailId }) => this.deliver(String(mailId)));
  }

  /** A mail that fails stays, with its error, and the job is tried again. Never logs who it is for or what it says. */
  private async deliver(mailId: string): Promise<void> {
    const mail = await this.transactions.run(async (em) => {
      const [rows] = (await em.query(
        `UPDATE mail_outbox SET attempt_count = attempt_count + 1 WHERE mail_id = $1 AND sent_at IS NULL
         RETURNING recipient, language, template, detail`,
        [mailId],
      )) as [WaitingMail[], number];
      return rows[0];
    });
    if (!mail) return;
    try {
      await this.transport.send(
        mailId,
        mail.recipient,
        mail.language,
        MAIL_TEMPLATES[mail.template](mail.detail as never, mail.language),
      );
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      await this.transactions.run((em) =>
        em.query('UPDATE mail_outbox SET last_error = $2 WHERE mail_id = $1', [mailId, reason]),
      );
      this.logger.warn({ mailId, reason });
      throw new Error(`mail ${mailId} was not sent: ${reason}`);
    }
    await this.transactions.run((em) =>
      em.query('UPDATE mail_outbox SET sent_at = now(), detail = NULL, last_error = NULL WHERE mail_id = $1', [mailId]),
    );
  }
}

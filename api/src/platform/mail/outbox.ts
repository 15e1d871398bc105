import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { Config } from '../config/config.provider.js';
import { WorkTransactions } from '../database/transactions.js';
import { type JobQueue, Jobs } from '../jobs/jobs.js';
import { forgetLetter } from './forget-mails.js';
import { MAIL_TEMPLATES, type MailTemplate, type MailDetail } from './mail-templates.js';
import { MailTransport } from './mail-transport.js';
import { noteReachable, noteUnreachable } from './unreachable.js';

const SEND_MAIL: JobQueue = { name: 'send-mail', expireInSeconds: 180, retryLimit: 8 };

export interface Mail<T extends MailTemplate> {
  recipient: string;
  language: 'en' | 'es';
  template: T;
  detail: MailDetail<T>;
  /** The student or guardian row that it is about, with which it is forgotten, whatever address it went to. */
  subjectId?: string | null;
}

interface WaitingMail {
  recipient: string;
  language: 'en' | 'es';
  template: MailTemplate;
  detail: MailDetail<MailTemplate>;
  /** This one included. */
  attempts: number;
}

/** Mail that goes out exactly when the command that wants it commits: a row and a job in that command's transaction. */
@Injectable()
export class Outbox {
  private readonly logger = new Logger('Mail');

  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: WorkTransactions,
    private readonly transport: MailTransport,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async send<T extends MailTemplate>(em: EntityManager, mail: Mail<T>): Promise<void> {
    const rows: { mailId: string }[] = await em.query(
      `INSERT INTO mail_outbox (recipient, language, template, detail, subject_id) VALUES ($1, $2, $3, $4, $5)
       RETURNING mail_id AS "mailId"`,
      [mail.recipient, mail.language, mail.template, JSON.stringify(mail.detail), mail.subjectId ?? null],
    );
    await this.jobs.send(em, SEND_MAIL, { mailId: rows[0]?.mailId ?? null });
  }

  /** Sends what waits, here, until the application closes. */
  async start(): Promise<void> {
    await this.jobs.work(SEND_MAIL, ({ mailId }) => this.deliver(String(mailId)));
  }

  /**
   * A mail that fails stays, with the reason, and the job is tried again. One that was refused for good, or that failed at the last
   * try, is given up, and what it says forgotten with it. One that was sent and not marked, because this process died in between, goes
   * out once more with the same Message-ID. Never logs who it is for or what it says.
   */
  private async deliver(mailId: string): Promise<void> {
    const mail = await this.transactions.run((em) => takeUp(em, mailId));
    if (!mail) return;
    const failure = await this.hand(mailId, mail);
    if (!failure) return this.markSent(mailId, mail);
    const isOver = failure.forGood || mail.attempts > SEND_MAIL.retryLimit;
    await this.transactions.run((em) =>
      isOver
        ? this.giveUp(em, mailId, mail, failure)
        : em.query('UPDATE mail_outbox SET last_error = $2 WHERE mail_id = $1', [mailId, failure.reason]),
    );
    this.logger.warn({ mailId, ...failure, isOver });
    // Without its cause, whose words name the recipient: the job keeps what is thrown.
    if (!isOver) throw new Error(`mail ${mailId} was not sent: ${failure.reason}`);
  }

  private async markSent(mailId: string, { recipient }: WaitingMail): Promise<void> {
    const wasErased = await this.transactions.run(async (em) => {
      await noteReachable(em, recipient);
      const [, count] = await em.query<[unknown, number]>(
        'UPDATE mail_outbox SET sent_at = $2, detail = NULL, last_error = NULL WHERE mail_id = $1',
        [mailId, this.clock.now()],
      );
      return count === 0;
    });
    // While it was on its way.
    if (wasErased) await forgetLetter(this.config.DATA_DIR, mailId);
  }

  private async giveUp(em: EntityManager, mailId: string, { recipient }: WaitingMail, failure: Failure): Promise<void> {
    const at = this.clock.now();
    const [, count] = await em.query<[unknown, number]>(
      'UPDATE mail_outbox SET last_error = $2, given_up_at = $3, detail = NULL WHERE mail_id = $1',
      [mailId, failure.reason, at],
    );
    // Nothing is noted about an address that was erased meanwhile.
    if (failure.forGood && count > 0) await noteUnreachable(em, recipient, failure.reason, at);
  }

  /** Null when the transport took it. */
  private async hand(mailId: string, { recipient, language, template, detail }: WaitingMail): Promise<Failure | null> {
    try {
      const letter = MAIL_TEMPLATES[template](detail as never, language);
      await this.transport.send(mailId, recipient, language, letter);
      return null;
    } catch (error) {
      return describeFailure(error);
    }
  }
}

async function takeUp(em: EntityManager, mailId: string): Promise<WaitingMail | undefined> {
  const [rows]: [WaitingMail[], number] = await em.query(
    `UPDATE mail_outbox SET attempt_count = attempt_count + 1 WHERE mail_id = $1 AND detail IS NOT NULL
     RETURNING recipient, language, template, detail, attempt_count AS attempts`,
    [mailId],
  );
  return rows[0];
}

interface Failure {
  /** A code, never the server's sentence, which repeats the address. */
  reason: string;
  /** Refused for this recipient, or with what it says (5xx): no later try would help. */
  forGood: boolean;
}

/**
 * What the server has against us, as at its greeting, at signing in or at the sender's address, is the operator's to repair within the
 * retries, whatever its code.
 */
function describeFailure(error: unknown): Failure {
  const { code, responseCode, command } = (error ?? {}) as {
    code?: unknown;
    responseCode?: unknown;
    command?: unknown;
  };
  const status = typeof responseCode === 'number' ? responseCode : null;
  return {
    reason: [typeof code === 'string' ? code : 'unknown', status].filter((part) => part !== null).join(' '),
    forGood: status !== null && status >= 500 && (command === 'RCPT TO' || command === 'DATA'),
  };
}

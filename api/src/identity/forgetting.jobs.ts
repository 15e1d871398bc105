import { Injectable } from '@nestjs/common';
import type { AuditSubject } from '@throughway/vocabulary/audit';
import type { EntityManager } from 'typeorm';
import { Config } from '../platform/config/config.provider.js';
import { Clock } from '../platform/clock/clock.js';
import { WorkTransactions } from '../platform/database/transactions.js';
import { eraseAuditDetail } from '../platform/erasure/erase-audit-detail.js';
import { Hourly } from '../platform/jobs/hourly.js';
import { type JobQueue, Jobs } from '../platform/jobs/jobs.js';
import { forgetLettersBefore } from '../platform/mail/forget-mails.js';
import { written } from './written.js';

const FORGETTING: JobQueue = { name: 'nightly-forgetting', expireInSeconds: 600, retryLimit: 3 };

const KEPT_DAYS = 30;
/** For how long a command that comes again acts no more (TRUST R3). */
const ANSWERS_KEPT_DAYS = 7;

/** By table, when a row stopped being of use. */
const OVER: Readonly<Record<string, string>> = {
  session: 'least(ended_at, expires_at)',
  sign_in_link: 'expires_at',
  invitation_link: 'expires_at',
  ceremony: 'expires_at',
  mail_outbox: 'coalesce(sent_at, given_up_at)',
  // Nobody wrote there for a year.
  unreachable_address: "refused_at + interval '1 year'",
};

/** Likewise for rows that name people without an account, by their key; what the record says of them goes, too. */
const NAMING: readonly { table: string; key: string; kind: AuditSubject; over: string }[] = [
  { table: 'supervisor_link', key: 'link_id', kind: 'supervisor-link', over: 'coalesce(revoked_at, expires_at)' },
  {
    table: 'invitation',
    key: 'invitation_id',
    kind: 'invitation',
    over: 'CASE WHEN accepted_at IS NULL THEN coalesce(revoked_at, open_until) END',
  },
];

/**
 * Deletes what remains of sign-ins, mails, links to supervisors and invitations that nobody answered 30 days after they are over, and of
 * answered commands after a week: it says who was where, and serves nobody any more.
 */
@Injectable()
export class ForgettingJobs {
  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: WorkTransactions,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Each table in a transaction of its own; deleting again what is over deletes nothing. */
  async start(): Promise<void> {
    await this.jobs.work(FORGETTING, () => this.forget());
  }

  @Hourly()
  async tick(): Promise<void> {
    await this.jobs.enqueueDaily(FORGETTING, {}, this.clock.today());
  }

  private async forget(): Promise<void> {
    const before = this.daysAgo(KEPT_DAYS);
    for (const [table, over] of Object.entries(OVER)) {
      await this.transactions.run((em) => em.query(`DELETE FROM ${table} WHERE ${over} < $1`, [before]));
    }
    for (const naming of NAMING) await this.transactions.run((em) => forgetNamed(em, naming, before));
    await this.transactions.run((em) =>
      em.query('DELETE FROM answered_command WHERE answered_at < $1', [this.daysAgo(ANSWERS_KEPT_DAYS)]),
    );
    await forgetLettersBefore(this.config.DATA_DIR, before);
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * 86_400_000);
  }
}

async function forgetNamed(
  em: EntityManager,
  { table, key, kind, over }: (typeof NAMING)[number],
  before: Date,
): Promise<void> {
  const due = `SELECT ${key} FROM ${table} WHERE ${over} < $1`;
  if (table === 'invitation') await em.query(`DELETE FROM invitation_link WHERE invitation_id IN (${due})`, [before]);
  const rows = await written<{ id: string }>(
    em,
    `DELETE FROM ${table} WHERE ${over} < $1 RETURNING ${key}::text AS id`,
    [before],
  );
  await eraseAuditDetail(
    em,
    kind,
    rows.map(({ id }) => id),
  );
}

import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@throughway/vocabulary/local-date';
import { removeIdleAccounts } from '../identity/remove-idle-accounts.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.provider.js';
import { WorkTransactions } from '../platform/database/transactions.js';
import { Hourly } from '../platform/jobs/hourly.js';
import { type JobQueue, Jobs } from '../platform/jobs/jobs.js';
import { eraseStudent } from './erase-student.js';
import { isNotListedSince, listNotListedSince } from './erasure.repository.js';
import { retainedSince } from './retained-since.js';
import { lockSchool } from './student-rows.repository.js';

const RETENTION: JobQueue = { name: 'nightly-retention', expireInSeconds: 3600, retryLimit: 3 };

/** Erases what nobody has needed for years: records that no import lists any more, and accounts of nobody's (docs/adr/0021). */
@Injectable()
export class RetentionJobs {
  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: WorkTransactions,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Each record in a transaction of its own, which looks again whether it is due: one that is erased is not. */
  async start(): Promise<void> {
    await this.jobs.work(RETENTION, () => this.eraseDue());
  }

  @Hourly()
  async tick(): Promise<void> {
    await this.jobs.enqueueDaily(RETENTION, {}, this.clock.today());
  }

  private async eraseDue(): Promise<void> {
    const since = retainedSince(this.clock.todayAsDay(), this.config.STUDENT_RETENTION_YEARS);
    const due = await this.transactions.run((em) => listNotListedSince(em, since));
    for (const { studentId, organizationId } of due) await this.eraseIfDue(studentId, organizationId, since);
    await removeIdleAccounts(this.transactions, {
      since,
      at: () => this.clock.now(),
      dataDir: this.config.DATA_DIR,
    });
  }

  /** One record, one transaction: what was erased stays so when a later one fails. */
  private async eraseIfDue(studentId: string, organizationId: string, since: LocalDate): Promise<void> {
    await this.transactions.inSchool(organizationId, async (em) => {
      await lockSchool(em, organizationId);
      // An import may have listed it meanwhile.
      if (!(await isNotListedSince(em, studentId, since))) return;
      const { DATA_DIR: dataDir } = this.config;
      await eraseStudent(em, studentId, { reason: 'retention', by: 'worker', at: this.clock.now(), dataDir });
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { PartnershipsService } from '../partnerships/partnerships.service.js';
import { Clock } from '../platform/clock/clock.js';
import { WorkTransactions } from '../platform/database/transactions.js';
import { type JobQueue, Jobs } from '../platform/jobs/jobs.js';
import { ProgramsService } from '../programs/programs.service.js';
import { AlignmentService } from './alignment.service.js';

const NIGHTLY_ALIGNMENT: JobQueue = {
  name: 'nightly-alignment',
  expireInSeconds: 3600,
  retryLimit: 3,
  policy: 'exclusive',
};

const STALENESS_REVIEW: JobQueue = {
  name: 'staleness-review',
  expireInSeconds: 600,
  retryLimit: 3,
  policy: 'exclusive',
};

/**
 * A whole run and a review of stale requirements, once per network and calendar day however many processes tick: the
 * schedule only leaves jobs under a singleton key, and a job finds its work done when the day has had it.
 */
@Injectable()
export class AlignmentJobs {
  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: WorkTransactions,
    private readonly clock: Clock,
    private readonly programs: ProgramsService,
    private readonly partnerships: PartnershipsService,
    private readonly alignment: AlignmentService,
  ) {}

  /** Works both queues in this process. */
  async start(): Promise<void> {
    await this.jobs.work(NIGHTLY_ALIGNMENT, ({ networkId }) => this.align(Number(networkId)));
    await this.jobs.work(STALENESS_REVIEW, ({ networkId }) => this.review(Number(networkId)));
  }

  /** Every hour, so that a night on which no process ran is made up for, and midnight is the configured zone's. */
  @Cron(CronExpression.EVERY_HOUR)
  async tick(): Promise<void> {
    const networks = await this.transactions.inEveryNetwork((em) => this.programs.networks(em));
    for (const { networkId } of networks) {
      const options = { singletonKey: `${networkId} ${this.clock.today()}` };
      await this.jobs.enqueue(NIGHTLY_ALIGNMENT, { networkId }, options);
      await this.jobs.enqueue(STALENESS_REVIEW, { networkId }, options);
    }
  }

  private async align(networkId: number): Promise<void> {
    await this.transactions.inNetwork(networkId, async (em) => {
      await this.programs.lockNetwork(em, networkId);
      if (!(await this.alignment.isCurrent(em, networkId))) await this.alignment.alignAll(em, networkId, 'nightly');
    });
  }

  private async review(networkId: number): Promise<void> {
    await this.transactions.inNetwork(networkId, (em) =>
      this.partnerships.reviewRequirements(em, networkId, this.clock.today()),
    );
  }
}

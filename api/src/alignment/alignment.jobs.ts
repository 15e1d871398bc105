import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PartnershipsService } from '../partnerships/partnerships.service.js';
import { Clock } from '../platform/clock/clock.js';
import { WorkTransactions } from '../platform/database/transactions.js';
import { Hourly } from '../platform/jobs/hourly.js';
import { type JobData, type JobQueue, Jobs } from '../platform/jobs/jobs.js';
import { ProgramsService } from '../programs/programs.service.js';
import { AlignmentService } from './alignment.service.js';

const NIGHTLY_ALIGNMENT: JobQueue = { name: 'nightly-alignment', expireInSeconds: 3600, retryLimit: 3 };
const STALENESS_REVIEW: JobQueue = { name: 'staleness-review', expireInSeconds: 600, retryLimit: 3 };

/**
 * A whole run and a review of stale requirements, once per network and calendar day. A job finds its work done when an import's run has
 * been the day's already.
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
    const inItsNetwork = ({ networkId }: JobData, work: (em: EntityManager) => Promise<void>): Promise<void> =>
      this.transactions.inNetwork(Number(networkId), work);
    await this.jobs.workInTransaction(NIGHTLY_ALIGNMENT, inItsNetwork, (em, data) =>
      this.align(em, Number(data['networkId'])),
    );
    await this.jobs.workInTransaction(STALENESS_REVIEW, inItsNetwork, (em, data) =>
      this.partnerships.reviewRequirements(em, Number(data['networkId']), this.clock.today()),
    );
  }

  @Hourly()
  async tick(): Promise<void> {
    const networks = await this.transactions.inEveryNetwork((em) => this.programs.networks(em));
    for (const { networkId } of networks) {
      await this.jobs.enqueueDaily(NIGHTLY_ALIGNMENT, { networkId }, this.clock.today());
      await this.jobs.enqueueDaily(STALENESS_REVIEW, { networkId }, this.clock.today());
    }
  }

  private async align(em: EntityManager, networkId: number): Promise<void> {
    await this.programs.lockNetwork(em, networkId);
    if (!(await this.alignment.isCurrent(em, networkId))) await this.alignment.alignAll(em, networkId, 'nightly');
  }
}

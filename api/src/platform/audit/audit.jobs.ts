import { Injectable } from '@nestjs/common';
import { NOTHING_BEFORE } from '@throughway/ledger/entry';
import { type LedgerRoot, sealRoot } from '@throughway/ledger/seal-root';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { WorkTransactions } from '../database/transactions.js';
import { Hourly } from '../jobs/hourly.js';
import { type JobQueue, Jobs } from '../jobs/jobs.js';
import { grownHeads, holdLastRoot, insertRoot } from './audit.repository.js';
import { sha256 } from './sha256.js';

const ROOT: JobQueue = { name: 'daily-root', expireInSeconds: 600, retryLimit: 3 };

/** Makes one root a day over the ends of all chains, so that a chain cut at its end is found. */
@Injectable()
export class AuditJobs {
  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: WorkTransactions,
    private readonly clock: Clock,
  ) {}

  /** A server that is off at night makes the day's root when it starts. */
  async start(): Promise<void> {
    await this.jobs.workInTransaction(
      ROOT,
      (_, work) => this.transactions.run(work),
      (em) => this.addRoot(em),
    );
    await this.tick();
  }

  @Hourly()
  async tick(): Promise<void> {
    await this.jobs.enqueueDaily(ROOT, {}, this.clock.today());
  }

  /** Nothing when today's is there. */
  makeRoot(): Promise<void> {
    return this.transactions.run((em) => this.addRoot(em));
  }

  private async addRoot(em: EntityManager): Promise<void> {
    const last = await holdLastRoot(em);
    const on = this.clock.today();
    if (last && last.on >= on) return;
    const root: LedgerRoot = {
      number: (last?.number ?? 0) + 1,
      on,
      at: this.clock.now().toISOString(),
      heads: await grownHeads(em),
    };
    await insertRoot(em, { ...root, ...sealRoot(last?.digest ?? NOTHING_BEFORE, root, sha256) });
  }
}

import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { LocalDate } from '@throughway/vocabulary/local-date';
import { type Job, PgBoss } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.provider.js';
import { APPLICATION_NAME } from '../database/application-name.js';
import { databaseOf } from './database-of.js';
import { dailyJobId } from './daily-job-id.js';
import { whyItFailed } from './why-it-failed.js';

/**
 * A job carries ids only; what it does is read from the database when it runs. `networkId` and `organizationId` say whose it is:
 * administrators see the jobs of theirs, and one that names neither is the server's own.
 */
export type JobData = Record<string, string | number | boolean | null>;

export interface JobQueue {
  name: string;
  /** Seconds after which a job that is still running counts as dead and is tried again. */
  expireInSeconds: number;
  /** Tries after the first, each a while later than the one before. */
  retryLimit: number;
}

/** Where a job lies whose last try failed, with the reason, until somebody has it tried again, for so many days. */
export const DEAD_LETTERS = 'dead-letter';
const DEAD_LETTER_DAYS = 30;

/** A worker that was not heard of for so long is dead, and its job tried again; a live one is heard of twice as often. */
const HEARTBEAT_SECONDS = 20;
/** How often the dead are looked for. With the above and the first retry's 5 to 10 s, work goes on within 60 s (TRUST R5). */
const LOOK_SECONDS = 10;

type Work = (em: EntityManager) => Promise<void>;

/** Durable work on PostgreSQL (pg-boss): a job is a row, written in the transaction of the command that wants it (docs/adr/0022). */
@Injectable()
export class Jobs implements OnApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly boss: PgBoss;
  private readonly queues = new Map<string, Promise<void>>();
  private starting: Promise<unknown> | null = null;

  constructor(config: Config) {
    this.boss = new PgBoss({
      connectionString: config.DATABASE_WORKER_URL ?? '',
      max: 3,
      schedule: false,
      // It stands since migration 1795651201000, and its owner may make no other.
      createSchema: false,
      useListenNotify: true,
      superviseIntervalSeconds: LOOK_SECONDS,
      monitorIntervalSeconds: LOOK_SECONDS,
      application_name: APPLICATION_NAME,
    });
    this.boss.on('error', (error: Error) => this.logger.error(error.message));
  }

  /** Leaves a job in `em`'s transaction: it exists exactly when that commits. */
  async send(em: EntityManager, queue: JobQueue, data: JobData): Promise<string | null> {
    await this.ensure(queue);
    return this.boss.send(queue.name, data, { db: databaseOf(em) });
  }

  /**
   * Leaves the one job that a day has with these data, in a transaction of its own. Said again, at another hour or by another process,
   * it is the same job, whether it waits, runs or is over.
   */
  async enqueueDaily(queue: JobQueue, data: JobData, day: LocalDate): Promise<void> {
    await this.ensure(queue);
    await this.boss.send(queue.name, data, { id: dailyJobId(queue.name, data, day) });
  }

  /**
   * Works a queue in this process, one job at a time; a handler that throws has its job tried again. A worker that dies does so too,
   * perhaps after the handler was done: only for handlers to whom a second time changes nothing.
   */
  async work(queue: JobQueue, handler: (data: JobData) => Promise<void>): Promise<void> {
    await this.take(queue, ({ data }) => handler(data));
  }

  /**
   * Works a queue whose handler's effects are all in one transaction, which `within` opens for the job, seeing what it may see. The
   * same transaction completes the job, so that the effects are there exactly once: a worker that is killed leaves neither, and one
   * whose job was meanwhile given to another has its effects taken back.
   */
  async workInTransaction(
    queue: JobQueue,
    within: (data: JobData, work: Work) => Promise<void>,
    handler: (em: EntityManager, data: JobData) => Promise<unknown>,
  ): Promise<void> {
    await this.take(queue, (job) =>
      within(job.data, async (em) => {
        await handler(em, job.data);
        await this.complete(em, queue, job);
      }),
    );
  }

  /**
   * Gives a job that failed for good its tries again, in `em`'s transaction. Answers whether there was one to be given: false when
   * somebody else was faster.
   */
  async retry(em: EntityManager, jobId: string): Promise<boolean> {
    await this.start();
    return (await this.boss.redrive(DEAD_LETTERS, { ids: [jobId], db: databaseOf(em) })) === 1;
  }

  /** Sets the queues' own tables up, once; a database that is away is asked again the next time. */
  async start(): Promise<void> {
    this.starting ??= this.boss
      .start()
      .then(() => this.boss.createQueue(DEAD_LETTERS, { retentionSeconds: DEAD_LETTER_DAYS * 86_400 }))
      .catch((error: unknown) => {
        this.starting = null;
        throw error;
      });
    await this.starting;
  }

  /** @throws Error when the job is not this worker's any more: it was taken for dead, and perhaps tried again already */
  private async complete(em: EntityManager, { name }: JobQueue, { id, retryCount }: Job<JobData>): Promise<void> {
    const db = databaseOf(em);
    await this.boss.complete(name, { id, retryCount }, null, { db });
    const [now] = await this.boss.findJobs(name, { id, db });
    if (now?.state === 'completed' && now.retryCount === retryCount) return;
    throw new Error('the job was meanwhile given to another worker');
  }

  /**
   * New jobs wake the worker at once (LISTEN/NOTIFY), and so does the end of one, good or bad, since more may wait behind it; polling
   * is for what a lost connection missed, and for retries, which nothing announces when they are due.
   */
  private async take(queue: JobQueue, handler: (job: Job<JobData>) => Promise<void>): Promise<void> {
    await this.ensure(queue);
    const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 5 };
    const workerId = await this.boss.work<JobData>(queue.name, polling, async (jobs) => {
      try {
        for (const job of jobs) await this.handle(queue, job, handler);
      } finally {
        this.boss.notifyWorker(workerId);
      }
    });
  }

  private async handle(queue: JobQueue, job: Job<JobData>, handler: (job: Job<JobData>) => Promise<void>) {
    try {
      await handler(job);
    } catch (error) {
      const reason = whyItFailed(error);
      this.logger.warn({ queue: queue.name, jobId: job.id, reason });
      // Without its stack and its cause: what is thrown from here is kept with the job, and shown.
      throw Object.assign(new Error(reason), { stack: '' });
    }
  }

  /** Makes the queue, or gives the one that an earlier version made its settings of today. */
  private async ensure(queue: JobQueue): Promise<void> {
    await this.start();
    const made = this.queues.get(queue.name) ?? this.make(queue);
    this.queues.set(queue.name, made);
    await made.catch((error: unknown) => {
      this.queues.delete(queue.name);
      throw error;
    });
  }

  private async make({ name, ...settings }: JobQueue): Promise<void> {
    const options = {
      ...settings,
      notify: true,
      retryDelay: 5,
      retryBackoff: true,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deadLetter: DEAD_LETTERS,
    };
    await this.boss.createQueue(name, options);
    await this.boss.updateQueue(name, options);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.starting) await this.boss.stop({ graceful: true, timeout: 5000 });
  }
}

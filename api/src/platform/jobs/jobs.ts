import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { PgBoss, type Queue } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.provider.js';
import { APPLICATION_NAME } from '../database/application-name.js';

/** A job carries ids only; what it does is read from the database when it runs. */
export type JobData = Record<string, string | number | boolean | null>;

export interface JobQueue {
  name: string;
  /** Seconds after which a job that is still running counts as dead and is tried again. */
  expireInSeconds: number;
  retryLimit: number;
  /** `singleton`: at most one job per key runs; `short`: at most one per key waits. Default: no limit. */
  policy?: NonNullable<Queue['policy']>;
}

/** Durable work on PostgreSQL (pg-boss): a job is a row, written in the transaction of the command that wants it. */
@Injectable()
export class Jobs implements OnApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly boss: PgBoss;
  private readonly queues = new Set<string>();
  private starting: Promise<unknown> | null = null;

  constructor(config: Config) {
    this.boss = new PgBoss({
      connectionString: config.DATABASE_WORKER_URL ?? '',
      max: 3,
      schedule: false,
      // It stands since migration 1795651201000, and its owner may make no other.
      createSchema: false,
      useListenNotify: true,
      application_name: APPLICATION_NAME,
    });
    this.boss.on('error', (error: Error) => this.logger.error(error.message));
  }

  /** Leaves a job in `em`'s transaction: it exists exactly when that commits. */
  async send(
    em: EntityManager,
    queue: JobQueue,
    data: JobData,
    options: { singletonKey?: string } = {},
  ): Promise<string | null> {
    await this.ensure(queue);
    const db = {
      executeSql: async (text: string, values?: unknown[]) => {
        const rows: unknown = await em.query(text, values as unknown[]);
        return { rows: asRows(rows) };
      },
    };
    return this.boss.send(queue.name, data, { ...options, db });
  }

  /** Leaves a job in a transaction of its own. */
  async enqueue(queue: JobQueue, data: JobData, options: { singletonKey?: string } = {}): Promise<string | null> {
    await this.ensure(queue);
    return this.boss.send(queue.name, data, options);
  }

  /**
   * Works a queue in this process, one job at a time; a handler that throws has its job retried. New jobs wake the worker at
   * once (LISTEN/NOTIFY); polling is for what a lost connection missed, and for retries, which nothing announces when they are due.
   */
  async work(queue: JobQueue, handler: (data: JobData) => Promise<void>): Promise<void> {
    await this.ensure(queue);
    const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 5 };
    await this.boss.work<JobData>(queue.name, polling, async (jobs) => {
      for (const job of jobs) await handler(job.data);
    });
  }

  private async ensure(queue: JobQueue): Promise<void> {
    this.starting ??= this.boss.start();
    await this.starting;
    if (this.queues.has(queue.name)) return;
    const { name, ...options } = queue;
    await this.boss.createQueue(name, { ...options, notify: true, retryDelay: 5, retryBackoff: true });
    this.queues.add(name);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.starting) await this.boss.stop({ graceful: true, timeout: 5000 });
  }
}

/** TypeORM answers writing statements with [rows, count] and reading ones with rows. */
function asRows(answer: unknown): unknown[] {
  if (!Array.isArray(answer)) return [];
  return answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number'
    ? (answer[0] as unknown[])
    : answer;
}

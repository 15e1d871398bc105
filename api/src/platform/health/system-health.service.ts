import { Injectable } from '@nestjs/common';
import type { SystemHealth } from '@throughway/contracts/system-health';
import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { type Actor, settled } from '../auth/actor.js';
import { type Asker, maySomewhere, notAllowed } from '../auth/sight.js';
import { Clock } from '../clock/clock.js';
import { PROJECT_ROOT } from '../config/config.js';
import { Config } from '../config/config.provider.js';
import { poolUse } from '../database/pool-use.js';
import { Transactions } from '../database/transactions.js';
import { countQueues } from '../jobs/job-list.repository.js';
import { Jobs } from '../jobs/jobs.js';
import { MailTransport } from '../mail/mail-transport.js';
import { type Gauge, gauge } from '../metrics/metrics.js';

const { version } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as { version: string };

/** How the server is: for a person's page, and for a monitor's gauges. */
@Injectable()
export class SystemHealthService {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly mail: MailTransport,
    private readonly source: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** @throws not-signed-in, second-factor-needed; not-allowed */
  async read({ actor, operator }: Asker & { actor: Actor | null }): Promise<SystemHealth> {
    if (!operator && !maySomewhere(settled(actor), 'system.read')) throw notAllowed('see how the server is');
    const [{ mails, jobs }, server, disk, isBehind] = await Promise.all([
      this.counted(),
      this.mail.look(),
      statfs(this.config.DATA_DIR),
      this.source.showMigrations(),
    ]);
    const [database] = await this.source.query<[{ version: string; bytes: string }]>(
      `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes`,
    );
    return {
      database: {
        version: database.version,
        bytes: Number(database.bytes),
        migrations: isBehind ? 'pending' : 'applied',
      },
      mail: { server, ...mails },
      jobs,
      disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
      program: {
        version,
        node: process.versions.node,
        startedAt: new Date(performance.timeOrigin).toISOString(),
      },
    };
  }

  /** Counts by state alone. */
  async gauges(): Promise<Gauge[]> {
    const { mails, jobs } = await this.counted();
    const byState = (counts: Record<string, number>): Gauge['values'] =>
      Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }));
    const pool = poolUse(this.source);
    return [
      gauge('database_up', 'Whether the database answers', 1),
      gauge('pool_in_use', 'Connections in use by requests', pool.used),
      gauge('pool_waiting', 'Requests waiting for a connection', pool.waiting),
      { name: 'mails', help: 'Mails in the outbox by state', values: byState(mails.counts) },
      gauge(
        'mails_oldest_waiting_seconds',
        'How long the oldest mail that waits does',
        waited(mails.waitingSince, this.clock.now()),
      ),
      { name: 'jobs', help: 'Jobs by state; failed ones are dead letters', values: byState(jobs.counts) },
    ];
  }

  private async counted(): ReturnType<typeof countQueues> {
    await this.jobs.start();
    return this.transactions.read(countQueues);
  }
}

/** Seconds since then; 0 where nothing waits. */
function waited(since: string | null, now: Date): number {
  return since === null ? 0 : Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
}

import { Controller, Inject } from '@nestjs/common';
import { healthApi } from '@throughway/contracts/health';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Refusal } from '../errors/refusal.js';
import { Handles } from '../http/handles.js';

/** A load balancer asks every few seconds; a database that is silent for this long is not ready. */
const ANSWERS_WITHIN_MS = 2000;

@Controller()
export class HealthController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  @Handles(healthApi.live, 'public.read')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Handles(healthApi.ready, 'public.read')
  async ready(): Promise<{ status: 'ok'; database: 'ok'; migrations: 'ok' }> {
    let pending: boolean;
    try {
      const silence = delay(ANSWERS_WITHIN_MS, 'silence' as const, { ref: false });
      const answer = await Promise.race([this.source.showMigrations(), silence]);
      if (answer === 'silence') throw new Error('silence');
      pending = answer;
    } catch {
      throw new Refusal(503, 'database-unreachable', 'The database does not answer.');
    }
    if (pending) throw new Refusal(503, 'migrations-pending', 'The database is older than this program.');
    return { status: 'ok', database: 'ok', migrations: 'ok' };
  }
}

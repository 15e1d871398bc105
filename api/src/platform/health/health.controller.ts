import { Controller, Inject } from '@nestjs/common';
import { healthApi } from '@throughway/contracts/health';
import { DataSource } from 'typeorm';
import { Refusal } from '../errors/refusal.js';
import { Handles } from '../http/handles.js';

@Controller()
export class HealthController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  @Handles(healthApi.live)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Handles(healthApi.ready)
  async ready(): Promise<{ status: 'ok'; database: 'ok'; migrations: 'ok' }> {
    let pending: boolean;
    try {
      pending = await this.source.showMigrations();
    } catch {
      throw new Refusal(503, 'database-unreachable', 'The database does not answer.');
    }
    if (pending) throw new Refusal(503, 'migrations-pending', 'The database is older than this program.');
    return { status: 'ok', database: 'ok', migrations: 'ok' };
  }
}

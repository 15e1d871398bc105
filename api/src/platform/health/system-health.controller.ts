import { Controller } from '@nestjs/common';
import { type SystemHealth, systemHealthApi } from '@throughway/contracts/system-health';
import { Handles, type Input } from '../http/handles.js';
import { SystemHealthService } from './system-health.service.js';

@Controller()
export class SystemHealthController {
  constructor(private readonly service: SystemHealthService) {}

  @Handles(systemHealthApi.read, 'system.read')
  read({ asker }: Input<typeof systemHealthApi.read>): Promise<SystemHealth> {
    return this.service.read(asker);
  }
}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AuditSearch } from './audit/audit-search.service.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditJobs } from './audit/audit.jobs.js';
import { Limits } from './auth/limits.js';
import { SecretBox } from './auth/secret-box.js';
import { Sessions } from './auth/sessions.js';
import { Clock } from './clock/clock.js';
import { Config } from './config/config.provider.js';
import type { Config as ConfigValues } from './config/config.js';
import { DatabaseModule, type Pools } from './database/database.module.js';
import { TombstoneKeeper } from './erasure/tombstone-keeper.js';
import { HealthController } from './health/health.controller.js';
import { SystemHealthController } from './health/system-health.controller.js';
import { SystemHealthService } from './health/system-health.service.js';
import { JobListService } from './jobs/job-list.service.js';
import { JobsController } from './jobs/jobs.controller.js';
import { Jobs } from './jobs/jobs.js';
import { Following } from './http/following.js';
import { PublicUrl } from './http/public-url.js';
import { loggerModule } from './log/logger.js';
import { LetterBox } from './mail/letter-box.js';
import { MailTransport } from './mail/mail-transport.js';
import { MailboxController } from './mail/mailbox.controller.js';
import { MailboxService } from './mail/mailbox.service.js';
import { Metrics } from './metrics/metrics.js';
import { Outbox } from './mail/outbox.js';

@Global()
@Module({})
export class PlatformModule {
  static using(config: ConfigValues, pools: Pools): DynamicModule {
    return {
      module: PlatformModule,
      imports: [loggerModule(config), ScheduleModule.forRoot(), DatabaseModule.using(pools)],
      controllers: [AuditController, HealthController, JobsController, MailboxController, SystemHealthController],
      providers: [
        { provide: Config, useValue: config },
        AuditJobs,
        AuditSearch,
        Clock,
        Following,
        JobListService,
        Jobs,
        LetterBox,
        Limits,
        MailTransport,
        MailboxService,
        Metrics,
        Outbox,
        PublicUrl,
        SecretBox,
        Sessions,
        SystemHealthService,
        TombstoneKeeper,
      ],
      exports: [AuditJobs, Config, Clock, Following, Jobs, Limits, Outbox, PublicUrl, SecretBox, Sessions],
    };
  }
}

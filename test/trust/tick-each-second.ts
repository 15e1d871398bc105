// Loaded before the api by cluster.test.ts: schedules that tick every second, so that every process's fire while somebody looks.
import { CronExpression } from '@nestjs/schedule';

Object.assign(CronExpression, { EVERY_HOUR: CronExpression.EVERY_SECOND });

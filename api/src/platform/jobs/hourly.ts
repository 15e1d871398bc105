import { Cron, CronExpression } from '@nestjs/schedule';

/**
 * Ticks every hour, in every process, unless the tick before is not over yet. A method that ticks only leaves the day's jobs ({@link Jobs.enqueueDaily}), which the day has once
 * however often it is said; so a day begins when the configured zone's calendar says so, a night on which no process ran is made up for
 * within the hour, and an hour that the clock change skips or repeats does not matter. UTC, since that has neither.
 */
export function Hourly(): MethodDecorator {
  return Cron(CronExpression.EVERY_HOUR, { timeZone: 'UTC', waitForCompletion: true });
}

import { Injectable } from '@nestjs/common';
import { parseDay, type Day, type LocalDate } from '@throughway/vocabulary/local-date';
import { Config } from '../config/config.provider.js';

/** The one place that reads the time. */
@Injectable()
export class Clock {
  constructor(private readonly config: Config) {}

  now(): Date {
    return new Date();
  }

  /** Today's calendar day in the configured zone (or the frozen one). */
  today(): LocalDate {
    return this.config.TODAY ?? localDate(this.now(), this.config.TIME_ZONE);
  }

  /** The hour, 0 to 23, that the configured zone's wall shows; a frozen day is at its end. */
  hour(): number {
    if (this.config.TODAY !== undefined) return 23;
    const zone = { timeZone: this.config.TIME_ZONE, hour: '2-digit', hourCycle: 'h23' } as const;
    return Number(new Intl.DateTimeFormat('en', zone).format(this.now()));
  }

  todayAsDay(): Day {
    const day = parseDay(this.today());
    if (day === null) throw new Error(`not a day: ${this.today()}`);
    return day;
  }
}

/** The calendar day that a zone's wall shows at an instant. */
export function localDate(instant: Date, timeZone: string): LocalDate {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}

import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { Refusal } from '../errors/refusal.js';

/**
 * How often something may be tried per key. A window begins with its first try, so any hour whatever sees at most
 * `points` × (3600 ÷ `seconds` + 1) − 1 tries.
 */
export interface Limit {
  /** Unique among limits, and short: it leads the row's key. */
  name: string;
  points: number;
  seconds: number;
}

/** Counts in the database, so that a limit holds over all api processes together. Keys must not name a person: pass digests or ids. */
@Injectable()
export class Limits {
  private readonly limiters = new Map<string, RateLimiterPostgres>();
  private readonly reading = new Map<string, Promise<RateLimiterRes | null>>();

  constructor(private readonly source: DataSource) {}

  /**
   * Turns away who has used the limit up, and counts nothing. However many ask about one key at once share one read, so that a
   * flood of tries is no flood of queries. @throws too-many-attempts
   */
  async ask(limit: Limit, key: string, refusal: string): Promise<void> {
    const place = `${limit.name}:${key}`;
    const reading =
      this.reading.get(place) ??
      this.limiterOf(limit)
        .get(key)
        .finally(() => this.reading.delete(place));
    this.reading.set(place, reading);
    const found = await reading;
    if (found && found.consumedPoints >= limit.points) throw tooMany(found, refusal);
  }

  /** Counts one try, outside any transaction: what is rolled back was tried all the same. @throws too-many-attempts */
  async take(limit: Limit, key: string, refusal: string): Promise<void> {
    try {
      await this.limiterOf(limit).consume(key);
    } catch (found) {
      if (!(found instanceof RateLimiterRes)) throw found;
      throw tooMany(found, refusal);
    }
  }

  /** Takes back one try that turned out to be honest. */
  async giveBack(limit: Limit, key: string): Promise<void> {
    await this.limiterOf(limit).reward(key);
  }

  private limiterOf({ name, points, seconds }: Limit): RateLimiterPostgres {
    const known = this.limiters.get(name);
    if (known) return known;
    const limiter = new RateLimiterPostgres({
      storeClient: this.source,
      storeType: 'typeorm',
      tableName: 'rate_limit',
      tableCreated: true,
      // One of them sweeps the table for all.
      clearExpiredByTimeout: this.limiters.size === 0,
      keyPrefix: name,
      points,
      duration: seconds,
    });
    this.limiters.set(name, limiter);
    return limiter;
  }
}

function tooMany({ msBeforeNext }: RateLimiterRes, refusal: string): Refusal {
  return new Refusal(429, 'too-many-attempts', refusal, [], { retryAfterSeconds: Math.ceil(msBeforeNext / 1000) });
}

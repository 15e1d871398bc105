// The control of cluster.test.ts, loaded before the api: limits that each process counts by itself.
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { type Limit, Limits } from '../../api/dist/platform/auth/limits.js';
import { Refusal } from '../../api/dist/platform/errors/refusal.js';

const limiters = new Map<string, RateLimiterMemory>();

function limiterOf({ name, points, seconds }: Limit): RateLimiterMemory {
  const limiter = limiters.get(name) ?? new RateLimiterMemory({ points, duration: seconds });
  limiters.set(name, limiter);
  return limiter;
}

Limits.prototype.ask = () => Promise.resolve();
Limits.prototype.take = async (limit, key, refusal) => {
  await limiterOf(limit)
    .consume(key)
    .catch((found: RateLimiterRes) => {
      throw new Refusal(429, 'too-many-attempts', refusal, [], { retryAfterSeconds: found.msBeforeNext / 1000 });
    });
};

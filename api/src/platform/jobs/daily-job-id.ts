import type { LocalDate } from '@throughway/vocabulary/local-date';
import { createHash } from 'node:crypto';
import type { JobData } from './jobs.js';

/** The id of the one job that a queue has with these data on a day: a UUID of version 8 (RFC 9562), equal in every process. */
export function dailyJobId(queue: string, data: JobData, day: LocalDate): string {
  const digits = createHash('sha256')
    .update(JSON.stringify([queue, day, Object.entries(data).sort()]))
    .digest('hex');
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
  return [...parts, digits.slice(20, 32)].join('-');
}

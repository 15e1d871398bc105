import type { RetentionOutlook } from '@throughway/contracts/students';
import { type Day, formatDay } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/auth/actor.js';
import { maySomewhere } from '../platform/auth/sight.js';
import { countNotListedSince } from './erasure.repository.js';
import { retainedSince } from './retained-since.js';
import { studentSight } from './students.repository.js';

/** Time enough to list a record again in the school's next file. */
const FORESEEN_DAYS = 30;

/** What the nightly runs will erase of the records that someone may erase; null for who may erase none. */
export async function foreseeRetention(
  em: EntityManager,
  actor: Pick<Actor, 'personId' | 'roles'>,
  today: Day,
  years: number,
): Promise<RetentionOutlook | null> {
  if (!maySomewhere(actor, 'student.erase')) return null;
  const last = retainedSince(today + FORESEEN_DAYS, years);
  return {
    dueCount: await countNotListedSince(em, studentSight(actor, 'student.erase', today), last),
    days: FORESEEN_DAYS,
    years,
    // Every day has its run, in its first hour.
    nextRunOn: formatDay(today + 1),
  };
}

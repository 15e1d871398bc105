import type { Day } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import type { HeldRole } from '../auth/actor.js';
import { SCHOOL_KINDS } from '../auth/authorization.js';

/** Whom a weekly digest is written for, with the roles that they hold as it is written, and when that is. */
export interface WeeklyReader {
  actor: { personId: string; roles: readonly HeldRole[] };
  language: 'en' | 'es';
  now: Date;
  today: Day;
  /** Seven days before `now`. */
  since: Date;
}

/** What one room tells somebody, in their language: counts and days, and nobody's name, since mails travel. */
export interface WeeklySection {
  title: string;
  /** What waits for them; where no section has any, there is no mail. */
  waiting: string[];
  /** What happened since. */
  changed: string[];
  page: { path: string; label: string };
}

/**
 * A room's part of the digest, in a transaction that sees what the reader may reach; narrowed by the same lines of the authorization
 * table as its pages. Null where there is nothing to tell them.
 */
export type WeeklyPart = (em: EntityManager, reader: WeeklyReader) => Promise<WeeklySection | null>;

/** Someone with those roles alone that they hold in a school, a college or a district: whose work is with its students. */
export function inSchools({ personId, roles }: WeeklyReader['actor']): WeeklyReader['actor'] {
  return { personId, roles: roles.filter(({ kind }) => SCHOOL_KINDS.includes(kind)) };
}

/** `one` for exactly one; else `many`, with the number as the language writes it in the place of `#`. */
export function sayCount(count: number, language: 'en' | 'es', one: string, many: string): string {
  return count === 1 ? one : many.replace('#', new Intl.NumberFormat(`${language}-US`).format(count));
}

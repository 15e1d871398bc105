import type { OptionalMail } from '@throughway/contracts/profile';
import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import type { HeldRole } from '../platform/auth/actor.js';
import { rolesHeldBy } from './memberships.repository.js';
import { written } from './written.js';

const KIND: OptionalMail = 'weekly-digest';

/** Whom the digest of the week that begins at `monday` may still reach, over `person p`. */
const reachable = (monday: string): string => `p.email IS NOT NULL AND p.suspended_at IS NULL
  AND '${KIND}' <> ALL(p.declined_mails) AND coalesce(p.digest_week_on < ${monday}::date, true)`;

/** Ids of those who hold a role and whom the digest may still reach; `samples` says whether of sample people, too. */
export async function listWeeklyReaders(em: EntityManager, monday: LocalDate, samples: boolean): Promise<string[]> {
  const rows: { personId: string }[] = await em.query(
    `SELECT person_id AS "personId" FROM person p
     WHERE ${reachable('$1')} AND (NOT p.sample OR $2::boolean)
       AND EXISTS (SELECT FROM membership m WHERE m.person_id = p.person_id AND m.ended_at IS NULL)
     ORDER BY person_id`,
    [monday, samples],
  );
  return rows.map(({ personId }) => personId);
}

/**
 * Somebody's roles as they are now, whatever a session of theirs has proved: a digest shows counts, and goes to the address that their
 * organization knows them by.
 */
export function weeklyRoles(em: EntityManager, personId: string): Promise<HeldRole[]> {
  return rolesHeldBy(em, personId);
}

/**
 * Makes somebody's digest of a week this transaction's to write, for good once it commits: one statement looks and claims, so that
 * another one waits for it and then finds it claimed. Answers in which language; null when there is none to be written.
 */
export async function claimWeek(em: EntityManager, personId: string, monday: LocalDate): Promise<'en' | 'es' | null> {
  const rows = await written<{ language: 'en' | 'es' }>(
    em,
    `UPDATE person p SET digest_week_on = $2 WHERE person_id = $1 AND ${reachable('$2')} RETURNING p.language`,
    [personId, monday],
  );
  return rows[0]?.language ?? null;
}

import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { Role } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { written } from './written.js';

/** What a person signs in by, and where they are signed in. */
const WAYS_IN = [
  ...['password', 'passkey', 'authenticator', 'recovery_code', 'external_identity'],
  ...['ceremony', 'sign_in_link', 'session'],
];

export interface DeletedInvitation {
  invitationId: string;
  email: string;
}

/** Deletes invitations that these subjects were to come by, or did, and their links. */
export function deleteInvitationsOf(em: EntityManager, subjectIds: readonly string[]): Promise<DeletedInvitation[]> {
  return deleteInvitations(em, 'i.subject_id = ANY($1::uuid[])', [subjectIds]);
}

/** Likewise those that a person came by, and those that wait at their address. */
export function deleteInvitationsTo(
  em: EntityManager,
  personId: string,
  email: string | null,
): Promise<DeletedInvitation[]> {
  return deleteInvitations(em, '(i.accepted_by_id = $1 OR lower(i.email) = lower($2))', [personId, email]);
}

/** Held first, so that nobody sends a link of one in between. */
async function deleteInvitations(
  em: EntityManager,
  condition: string,
  values: unknown[],
): Promise<DeletedInvitation[]> {
  const found: DeletedInvitation[] = await em.query(
    `SELECT invitation_id AS "invitationId", email FROM invitation i WHERE ${condition} ORDER BY invitation_id FOR UPDATE`,
    values,
  );
  const ids = found.map(({ invitationId }) => invitationId);
  await em.query('DELETE FROM invitation_link WHERE invitation_id = ANY($1::uuid[])', [ids]);
  await em.query('DELETE FROM invitation WHERE invitation_id = ANY($1::uuid[])', [ids]);
  return found;
}

/** Deletes every role that stood for one of these subjects. Answers who held them, and holds and held nothing else. */
export async function deleteMembershipsOf(em: EntityManager, subjectIds: readonly string[]): Promise<string[]> {
  const held = await written<{ personId: string }>(
    em,
    'DELETE FROM membership WHERE subject_id = ANY($1::uuid[]) RETURNING person_id AS "personId"',
    [subjectIds],
  );
  const rows: { personId: string }[] = await em.query(
    `SELECT person_id AS "personId" FROM person p WHERE person_id = ANY($1::uuid[])
       AND NOT EXISTS (SELECT FROM membership m WHERE m.person_id = p.person_id)`,
    [held.map(({ personId }) => personId)],
  );
  return rows.map(({ personId }) => personId);
}

/** By what others know the person; null of one who is removed, or has no address. */
export async function findNames(
  em: EntityManager,
  personId: string,
): Promise<{ name: string | null; email: string | null }> {
  const rows: { name: string | null; email: string | null }[] = await em.query(
    'SELECT name, email FROM person WHERE person_id = $1',
    [personId],
  );
  return rows[0] ?? { name: null, email: null };
}

/** Ends every role, deletes every way in, and leaves of the person an id. */
export async function barePerson(em: EntityManager, personId: string, at: Date): Promise<void> {
  await em.query(
    'UPDATE membership SET ended_at = $2, ended_by_id = person_id WHERE person_id = $1 AND ended_at IS NULL',
    [personId, at],
  );
  for (const table of WAYS_IN) await em.query(`DELETE FROM ${table} WHERE person_id = $1`, [personId]);
  await em.query(
    'UPDATE person SET name = NULL, email = NULL, removed_at = $2, suspended_at = $2 WHERE person_id = $1',
    [personId, at],
  );
}

/** Roles that the person holds now other than a student's or guardian's, by organization. */
export function listRolesOf(em: EntityManager, personId: string): Promise<{ organizationId: string; role: Role }[]> {
  return em.query(
    `SELECT standing_organization(organization_id) AS "organizationId", role FROM membership
     WHERE person_id = $1 AND ended_at IS NULL AND subject_id IS NULL ORDER BY 1, 2`,
    [personId],
  );
}

/** Accounts of nobody's, or one if it is such: no role now, none ended since that day, and no sign-in since. The longest left alone first. */
export async function listIdle(em: EntityManager, since: LocalDate, only: string | null = null): Promise<string[]> {
  const rows: { personId: string }[] = await em.query(
    `SELECT person_id AS "personId" FROM person p
     WHERE removed_at IS NULL AND coalesce(signed_in_on, created_at::date) < $1::date AND NOT EXISTS (
       SELECT FROM membership m
       WHERE m.person_id = p.person_id AND (m.ended_at IS NULL OR m.ended_at >= $1::date))
       AND ($2::uuid IS NULL OR person_id = $2)
     ORDER BY coalesce(signed_in_on, created_at::date), person_id`,
    [since, only],
  );
  return rows.map(({ personId }) => personId);
}

/** Whether there is an account of this id that was not removed. */
export async function isStanding(em: EntityManager, personId: string): Promise<boolean> {
  const rows: unknown[] = await em.query('SELECT FROM person WHERE person_id = $1 AND removed_at IS NULL', [personId]);
  return rows.length > 0;
}

/** Everyone signs in anew, and by a link that is mailed anew. */
export async function endEverySession(em: EntityManager): Promise<void> {
  for (const table of ['session', 'sign_in_link', 'ceremony']) await em.query(`DELETE FROM ${table}`);
}

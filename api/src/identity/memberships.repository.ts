import type { Role } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import type { HeldRole } from '../platform/auth/actor.js';

/** Those who stand for a student's record are shown with the record, to whom it may be shown, and not among the people. */
const NOT_SUBJECTS = `m.role NOT IN ('student', 'guardian')`;

export interface MemberRecord {
  membershipId: string;
  personId: string;
  name: string;
  email: string | null;
  role: Role;
  since: Date;
}

/** By name. Without students and guardians. */
export function listMembers(em: EntityManager, family: readonly string[]): Promise<MemberRecord[]> {
  return em.query(
    `SELECT m.membership_id AS "membershipId", p.person_id AS "personId", p.name, p.email, m.role, m.granted_at AS since
     FROM membership m JOIN person p USING (person_id)
     WHERE m.organization_id = ANY($1) AND m.ended_at IS NULL AND ${NOT_SUBJECTS}
     ORDER BY p.name, p.person_id, m.role`,
    [family],
  );
}

export async function findMembership(
  em: EntityManager,
  family: readonly string[],
  membershipId: string,
): Promise<{ personId: string; role: Role } | null> {
  const rows: { personId: string; role: Role }[] = await em.query(
    `SELECT person_id AS "personId", role FROM membership
     WHERE organization_id = ANY($1) AND membership_id = $2 AND ended_at IS NULL`,
    [family, membershipId],
  );
  return rows[0] ?? null;
}

/** Whether the person has a role there other than a student's or guardian's. */
export async function worksThere(em: EntityManager, family: readonly string[], personId: string): Promise<boolean> {
  const rows: unknown[] = await em.query(
    `SELECT 1 FROM membership m
     WHERE m.organization_id = ANY($1) AND m.person_id = $2 AND m.ended_at IS NULL AND ${NOT_SUBJECTS} LIMIT 1`,
    [family, personId],
  );
  return rows.length > 0;
}

/** Whether somebody of that address has the role there already. */
export async function addressHolds(
  em: EntityManager,
  family: readonly string[],
  { email, role, subjectId }: { email: string; role: Role; subjectId: string | null },
): Promise<boolean> {
  const rows: unknown[] = await em.query(
    `SELECT 1 FROM membership m JOIN person p USING (person_id)
     WHERE m.organization_id = ANY($1) AND m.ended_at IS NULL AND lower(p.email) = lower($2) AND m.role = $3
       AND m.subject_id IS NOT DISTINCT FROM $4 LIMIT 1`,
    [family, email, role, subjectId],
  );
  return rows.length > 0;
}

/** How many people hold the role there, one of them left out; those suspended do not count. */
export async function countHolders(
  em: EntityManager,
  family: readonly string[],
  role: Role,
  without: string | null = null,
): Promise<number> {
  const rows: { count: number }[] = await em.query(
    `SELECT count(DISTINCT m.person_id)::int AS count FROM membership m JOIN person p USING (person_id)
     WHERE m.organization_id = ANY($1) AND m.role = $2 AND m.ended_at IS NULL AND p.suspended_at IS NULL
       AND m.person_id IS DISTINCT FROM $3`,
    [family, role, without],
  );
  return rows[0]?.count ?? 0;
}

/** Somebody's roles as they are now, whatever a session of theirs has proved; none of someone suspended. */
export function rolesHeldBy(em: EntityManager, personId: string): Promise<HeldRole[]> {
  return em.query(
    `SELECT m.membership_id AS "membershipId", m.role, m.subject_id AS "subjectId", to_json(m.granted_at) AS since,
       o.organization_id AS "organizationId", o.name, o.kind, o.sample,
       ARRAY(SELECT organizations_within(o.organization_id)) AS within
     FROM membership m JOIN person p USING (person_id)
       JOIN organization o ON o.organization_id = standing_organization(m.organization_id)
     WHERE m.person_id = $1 AND m.ended_at IS NULL AND p.suspended_at IS NULL`,
    [personId],
  );
}

/** One who has the role already keeps it as it is, and the answer is false. */
export async function insertMembership(
  em: EntityManager,
  membership: {
    personId: string;
    organizationId: string;
    role: Role;
    subjectId: string | null;
    grantedById: string | null;
    at: Date;
  },
): Promise<boolean> {
  const rows: unknown[] = await em.query(
    `INSERT INTO membership (person_id, organization_id, role, subject_id, granted_by_id, granted_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1`,
    [
      membership.personId,
      membership.organizationId,
      membership.role,
      membership.subjectId,
      membership.grantedById,
      membership.at,
    ],
  );
  return rows.length > 0;
}

/** Ends every membership that stands for one of these subjects. Answers how many ended. */
export async function endOfSubjects(
  em: EntityManager,
  subjectIds: readonly string[],
  endedById: string | null,
  at: Date,
): Promise<number> {
  const [, count] = await em.query<[unknown, number]>(
    'UPDATE membership SET ended_at = $3, ended_by_id = $2 WHERE subject_id = ANY($1::uuid[]) AND ended_at IS NULL',
    [subjectIds, endedById, at],
  );
  return count;
}

export async function endMembership(
  em: EntityManager,
  membershipId: string,
  endedById: string,
  at: Date,
): Promise<void> {
  await em.query(
    'UPDATE membership SET ended_at = $3, ended_by_id = $2 WHERE membership_id = $1 AND ended_at IS NULL',
    [membershipId, endedById, at],
  );
}

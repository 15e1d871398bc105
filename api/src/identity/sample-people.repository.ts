import type { OrganizationRef, PersonRef } from '@throughway/contracts/people';
import type { Role } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';

/** The synthetic organization of that name and kind, at that place in the tree; null when there is none. */
export async function findSampleOrganization(
  em: EntityManager,
  { kind, name, parentId }: { kind: OrganizationRef['kind']; name: string; parentId: string | null },
): Promise<string | null> {
  const rows: { id: string }[] = await em.query(
    `SELECT organization_id AS id FROM organization
     WHERE sample AND kind = $1 AND name = $2 AND parent_id IS NOT DISTINCT FROM $3 ORDER BY created_at LIMIT 1`,
    [kind, name, parentId],
  );
  return rows[0]?.id ?? null;
}

/** The id of the sample person of that address, made when there is none; null when the address is a real person's. */
export async function ensureSamplePerson(em: EntityManager, name: string, email: string): Promise<string | null> {
  const made: { id: string }[] = await em.query(
    `INSERT INTO person (name, email, sample) VALUES ($1, $2, true) ON CONFLICT (lower(email)) DO NOTHING
     RETURNING person_id AS id`,
    [name, email],
  );
  if (made[0]) return made[0].id;
  const found: { id: string }[] = await em.query(
    'SELECT person_id AS id FROM person WHERE lower(email) = lower($1) AND sample',
    [email],
  );
  return found[0]?.id ?? null;
}

export interface SampleMembership {
  person: PersonRef;
  membershipId: string;
  role: Role;
  since: Date;
  organization: OrganizationRef;
}

/** Their current memberships, by name of person and organization. */
export function listSampleMemberships(em: EntityManager): Promise<SampleMembership[]> {
  return em.query(
    `SELECT json_build_object('personId', p.person_id, 'name', p.name, 'email', p.email) AS person,
       m.membership_id AS "membershipId", m.role, m.granted_at AS since,
       json_build_object('organizationId', o.organization_id, 'name', o.name, 'kind', o.kind, 'sample', o.sample) AS organization
     FROM person p JOIN membership m ON m.person_id = p.person_id AND m.ended_at IS NULL
     JOIN organization o ON o.organization_id = standing_organization(m.organization_id)
     WHERE p.sample AND p.suspended_at IS NULL ORDER BY p.name, p.person_id, o.name, m.role`,
  );
}

export async function isSamplePerson(em: EntityManager, personId: string): Promise<boolean> {
  const rows: unknown[] = await em.query('SELECT 1 FROM person WHERE person_id = $1 AND sample', [personId]);
  return rows.length > 0;
}

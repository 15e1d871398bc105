import { type Role, ROLES_OF } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { countHolders } from './memberships.repository.js';
import type { OrganizationRecord } from './organizations.repository.js';
import { may, maySomewhere, type RoleHolder } from '../platform/auth/sight.js';

/** Roles that stand for a student's record are given by the students room alone, to who is in the record. */
const givable = (role: Role): boolean => role !== 'student' && role !== 'guardian';

/** Which roles someone may invite into there; the first administrator of an employer is brought by a school. */
export async function rolesToGive(
  em: EntityManager,
  inviter: RoleHolder,
  { organizationId, kind, family, sample }: OrganizationRecord,
): Promise<Role[]> {
  if (may(inviter, 'organization.manage-people', organizationId)) return ROLES_OF[kind].filter(givable);
  if (kind !== 'employer' || !maySomewhere(inviter, 'employer.bring', sample)) return [];
  return (await countHolders(em, family, 'employer-admin')) === 0 ? ['employer-admin'] : [];
}

import { type Role, ROLES_OF } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { countHolders } from './memberships.repository.js';
import type { OrganizationRecord } from './organizations.repository.js';
import { openedBy, type RoleHolder } from '../platform/auth/sight.js';

/** Roles that stand for a student's record are given by the students room alone, to who is in the record. */
export const givable = (role: Role): boolean => role !== 'student' && role !== 'guardian';

/** Which roles someone may invite into there; the first administrator of an employer is brought by a school. */
export async function rolesToGive(
  em: EntityManager,
  inviter: RoleHolder,
  organization: OrganizationRecord,
): Promise<Role[]> {
  const { kind, family } = organization;
  const relations = openedBy(inviter, 'organization.invite', organization);
  if (relations.includes('within')) return ROLES_OF[kind].filter(givable);
  if (relations.length === 0) return [];
  return (await countHolders(em, family, 'employer-admin')) === 0 ? ['employer-admin'] : [];
}

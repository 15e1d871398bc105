import { MANAGING_ROLES, type Role } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { refuse } from '../platform/errors/refusal.js';
import { countHolders } from './memberships.repository.js';
import type { OrganizationRecord } from './organizations.repository.js';

/**
 * Somebody always manages the people: asked before a role ends, of an organization that the transaction holds.
 * @throws last-administrator
 */
export async function requireAnotherManager(
  em: EntityManager,
  { family, name }: OrganizationRecord,
  { role, personId }: { role: Role; personId: string },
): Promise<void> {
  if (!MANAGING_ROLES.includes(role)) return;
  if ((await countHolders(em, family, role, personId)) > 0) return;
  throw refuse(
    'last-administrator',
    `This is the last one who manages the people of ${name}. Give somebody else the role first.`,
  );
}

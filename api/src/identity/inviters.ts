import type { EntityManager } from 'typeorm';
import type { InvitationRecord } from './invitations.repository.js';
import { rolesHeldBy } from './memberships.repository.js';
import type { OrganizationRecord } from './organizations.repository.js';
import { may } from '../platform/auth/sight.js';
import { givable, rolesToGive } from './roles-to-give.js';

/**
 * Whether who sent an invitation could send it today: roles end, people are suspended, and a merge gives an employer administrators.
 * The server's operator always could. `organization` is the one that stands today, held by the transaction.
 */
export async function inviterStillMay(
  em: EntityManager,
  { invitedById, role }: Pick<InvitationRecord, 'invitedById' | 'role'>,
  organization: OrganizationRecord,
): Promise<boolean> {
  if (invitedById === null) return true;
  const inviter = { roles: await rolesHeldBy(em, invitedById) };
  if (!givable(role)) return may(inviter, 'student.manage', organization.organizationId);
  return (await rolesToGive(em, inviter, organization)).includes(role);
}

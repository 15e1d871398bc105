import type { Role } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { notFound, refuse } from '../platform/errors/refusal.js';
import { issueInvitation } from './issue-invitation.js';
import { findOrganization } from './organizations.repository.js';
import { givable } from './roles-to-give.js';

/**
 * An invitation at the word of the server's operator, who needs no role: the first administrator of an installation comes this way.
 * Mails nothing; answers the token of its link. @throws not-found, role-not-here, role-held, sample-and-real, too-many-mails
 */
export async function inviteByOperator(
  em: EntityManager,
  at: Date,
  { organizationId, ...asked }: { organizationId: string; role: Role; email: string; language: 'en' | 'es' },
): Promise<string> {
  const organization = await findOrganization(em, organizationId);
  if (!organization) throw notFound('organization');
  if (!givable(asked.role)) {
    throw refuse('role-not-here', 'Students and guardians are invited from their record in the portal.');
  }
  return issueInvitation(em, at, { ...asked, organization, subjectId: null, invitedById: null });
}

import type { Organization } from '@throughway/contracts/organizations';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/auth/actor.js';
import { listInvitations } from './invitations.repository.js';
import { listMembers, type MemberRecord } from './memberships.repository.js';
import { listChildren, listParents, listSites, type OrganizationRecord } from './organizations.repository.js';
import { may, openedBy } from '../platform/auth/sight.js';
import { rolesToGive } from './roles-to-give.js';

/**
 * The organization as far as the actor, who may see it, sees into it: its EIN and people for who may see people, its invitations
 * for who may manage them, and for others those that they sent.
 */
export async function viewOrganization(
  em: EntityManager,
  actor: Actor,
  organization: OrganizationRecord,
  now: Date,
): Promise<Organization> {
  const { organizationId, name, kind, sample, webDomain, ein, family } = organization;
  const inside = may(actor, 'organization.see-people', organizationId);
  const people = inside ? await listMembers(em, family) : [];
  const invitations = await listInvitations(em, family);
  return {
    organizationId,
    name,
    kind,
    sample,
    webDomain,
    ein: inside ? ein : null,
    parents: await listParents(em, organizationId),
    children: await listChildren(em, organizationId),
    mayGive: await rolesToGive(em, actor, organization),
    people: people.map((member) => toPerson(member, actor)),
    invitations: invitations
      .filter(({ invitedById }) => {
        const own = invitedById === actor.personId;
        return openedBy(actor, 'invitation.revoke', { ...organization, own }).length > 0;
      })
      .map((invitation) => toInvitation(invitation, now)),
    sites: await listSites(em, family),
  };
}

function toPerson(
  { membershipId, personId, name, email, role, since }: MemberRecord,
  actor: Actor,
): Organization['people'][number] {
  const self = personId === actor.personId;
  return { membershipId, person: { personId, name, email }, role, since: since.toISOString(), self };
}

function toInvitation(
  {
    invitationId,
    email,
    unreachable,
    role,
    invitedBy,
    invitedAt,
    openUntil,
  }: Awaited<ReturnType<typeof listInvitations>>[number],
  now: Date,
): Organization['invitations'][number] {
  return {
    invitationId,
    email,
    unreachable,
    role,
    state: openUntil > now ? 'open' : 'expired',
    invitedBy: invitedBy ?? 'Throughway',
    invitedAt: invitedAt.toISOString(),
    openUntil: openUntil.toISOString(),
  };
}

import { organizationsApi } from '@throughway/contracts/organizations';
import type { EntityManager } from 'typeorm';
import { type Actor, settled } from '../platform/auth/actor.js';
import { notFound } from '../platform/errors/refusal.js';
import { viewOrganization } from './organization-view.js';
import { findOrganization, lockOrganization, type OrganizationRecord } from './organizations.repository.js';
import type { Line } from '../platform/auth/authorization.js';
import { maySomewhere, notAllowed, openedBy } from '../platform/auth/sight.js';
import { requireUnchanged, type Seen } from '../platform/http/seen.js';

/**
 * The organization, for someone who may see it: by a role in it or above it, or an employer for those who bring employers in.
 * Synthetic employers are for synthetic organizations, real ones for real. @throws not-signed-in, second-factor-needed, not-found
 */
export async function seenOrganization(
  em: EntityManager,
  asking: Actor | null,
  organizationId: string,
): Promise<{ actor: Actor; organization: OrganizationRecord }> {
  const actor = settled(asking);
  const organization = await findOrganization(em, organizationId);
  if (!organization || openedBy(actor, 'organization.see', organization).length === 0) throw notFound('organization');
  return { actor, organization };
}

/** The same, held until the transaction ends, and read under the lock: a merge may have moved it meanwhile. */
export async function heldOrganization(
  em: EntityManager,
  asking: Actor | null,
  organizationId: string,
): Promise<{ actor: Actor; organization: OrganizationRecord }> {
  await seenOrganization(em, asking, organizationId);
  await lockOrganization(em, organizationId);
  return seenOrganization(em, asking, organizationId);
}

/** For an operator, who may name any organization. @throws not-found */
export async function requireOrganization(em: EntityManager, organizationId: string): Promise<void> {
  if (!(await findOrganization(em, organizationId))) throw notFound('organization');
}

const DEEDS = {
  'organization.manage-people': 'manage the people of this organization',
  'supervisor-link.manage': 'give links to the supervisors of this employer',
  'organization.manage-sites': 'change the sites of this organization',
  'organization.add-children': 'add an organization below this one',
  'employer.bring': 'find, add and invite employers',
} satisfies Partial<Record<Line, string>>;

/** The same, for someone who has the right there too. @throws not-allowed */
export async function actedOrganization(
  em: EntityManager,
  asking: Actor | null,
  organizationId: string,
  line: keyof typeof DEEDS,
): Promise<{ actor: Actor; organization: OrganizationRecord }> {
  const seen = await seenOrganization(em, asking, organizationId);
  if (openedBy(seen.actor, line, seen.organization).length === 0) throw notAllowed(DEEDS[line]);
  return seen;
}

/** What the asker saw of an organization, and when they ask. */
export interface Look {
  seen: Seen;
  now: Date;
}

/** The same, held until the transaction ends, and still as the asker saw it. @throws not-allowed, changed-meanwhile */
export async function unchangedOrganization(
  em: EntityManager,
  asking: Actor | null,
  organizationId: string,
  line: keyof typeof DEEDS,
  look: Look,
): Promise<{ actor: Actor; organization: OrganizationRecord }> {
  await actedOrganization(em, asking, organizationId, line);
  await lockOrganization(em, organizationId);
  const acted = await actedOrganization(em, asking, organizationId, line);
  await requireOrganizationUnchanged(em, acted, look);
  return acted;
}

/** Of an organization that the transaction holds. @throws changed-meanwhile */
export async function requireOrganizationUnchanged(
  em: EntityManager,
  { actor, organization }: { actor: Actor; organization: OrganizationRecord },
  { seen, now }: Look,
): Promise<void> {
  if (seen !== 'any')
    requireUnchanged(seen, organizationsApi.get, await viewOrganization(em, actor, organization, now));
}

/** Who may find, add and invite employers. @throws not-signed-in, second-factor-needed, not-allowed */
export function employerBringer(asking: Actor | null): Actor {
  const actor = settled(asking);
  if (!maySomewhere(actor, 'employer.bring')) throw notAllowed(DEEDS['employer.bring']);
  return actor;
}

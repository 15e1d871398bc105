import type { OrganizationRef } from '@throughway/contracts/people';
import type { OrganizationKind } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { recordActs } from '../platform/audit/record-acts.js';
import { notFound } from '../platform/errors/refusal.js';
import { findOrganization, insertOrganization } from './organizations.repository.js';
import { requireBelow } from './require-below.js';

/**
 * Makes an organization at the word of the server's operator, who needs no role: at the top, or below the one given.
 * @throws not-found, kind-not-below
 */
export async function foundOrganization(
  em: EntityManager,
  at: Date,
  { kind, name, parentId }: { kind: OrganizationKind; name: string; parentId: string | null },
): Promise<OrganizationRef> {
  const parent = parentId === null ? null : await findOrganization(em, parentId);
  if (parentId !== null && !parent) throw notFound('organization');
  if (parent) requireBelow(kind, parent.kind);
  const founded = await insertOrganization(em, { kind, name, parentId, sample: parent?.sample ?? false });
  await recordActs(em, at, {
    organizationId: founded.organizationId,
    actor: 'operator',
    action: 'organization-added',
    subject: { kind: 'organization', id: founded.organizationId },
    detail: { kind, name },
  });
  return founded;
}

import type { OrganizationRef } from '@throughway/contracts/people';
import type { OrganizationKind } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { notFound } from '../platform/errors/refusal.js';
import { findOrganization, insertOrganization } from './organizations.repository.js';
import { requireBelow } from './require-below.js';

/**
 * Makes an organization at the word of the server's operator, who needs no role: at the top, or below the one given.
 * @throws not-found, kind-not-below
 */
export async function foundOrganization(
  em: EntityManager,
  { kind, name, parentId }: { kind: OrganizationKind; name: string; parentId: string | null },
): Promise<OrganizationRef> {
  if (parentId === null) return insertOrganization(em, { kind, name, parentId, sample: false });
  const parent = await findOrganization(em, parentId);
  if (!parent) throw notFound('organization');
  requireBelow(kind, parent.kind);
  return insertOrganization(em, { kind, name, parentId, sample: parent.sample });
}

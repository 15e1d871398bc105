import type { OrganizationKind } from '@throughway/vocabulary/roles';
import { refuse } from '../platform/errors/refusal.js';

/** How high a kind stands in the tree; what hangs beneath stands lower. Employers stand in no tree. */
const HEIGHTS: Readonly<Record<OrganizationKind, number>> = {
  state: 4,
  region: 3,
  district: 2,
  school: 1,
  college: 1,
  employer: 0,
};

/** @throws kind-not-below */
export function requireBelow(kind: OrganizationKind, parent: OrganizationKind): void {
  if (kind !== 'employer' && HEIGHTS[kind] < HEIGHTS[parent]) return;
  throw refuse(
    'kind-not-below',
    `Found a ${kind} below a ${parent}, expected state > region > district > school or college.`,
  );
}

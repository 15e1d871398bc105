import type { Role } from '@throughway/vocabulary/roles';
import type { Actor } from '../platform/auth/actor.js';

/**
 * What someone may do with an organization:
 * `see` it (name, parents, children, sites); `see-people`, which names those who work there, never students or guardians;
 * `manage-people` (invite, give roles, end memberships); `manage-sites`; `add-children` below it;
 * `bring-employers` (find and add employers, and invite the first administrator of one that has none).
 */
export type Right = 'see' | 'see-people' | 'manage-people' | 'manage-sites' | 'add-children' | 'bring-employers';

/** What each role gives in its organization and in those below it. */
export const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  administrator: ['see', 'see-people', 'manage-people', 'manage-sites', 'add-children', 'bring-employers'],
  coordinator: ['see', 'see-people', 'bring-employers'],
  educator: ['see', 'see-people'],
  leader: ['see', 'see-people'],
  'employer-admin': ['see', 'see-people', 'manage-people', 'manage-sites'],
  'employer-member': ['see', 'see-people'],
  student: ['see'],
  guardian: ['see'],
};

/** Whether `actor` has the right in the organization: by a role in it, or in one above it. */
export function may(actor: Actor, right: Right, organizationId: string): boolean {
  return actor.roles.some(({ role, within }) => RIGHTS[role].includes(right) && within.includes(organizationId));
}

/** Whether `actor` has the right in some organization; `sample` asks about synthetic ones, or real ones, alone. */
export function maySomewhere(actor: Actor, right: Right, sample?: boolean): boolean {
  return actor.roles.some(
    (held) => RIGHTS[held.role].includes(right) && (sample === undefined || held.sample === sample),
  );
}

import type { Role } from '@throughway/vocabulary/roles';
import type { HeldRole } from '../platform/auth/actor.js';

/**
 * What someone may do with an organization:
 * `see` it (name, parents, children, sites); `see-people`, which names those who work there, never students or guardians;
 * `manage-people` (invite, give roles, end memberships); `manage-sites`; `add-children` below it;
 * `bring-employers` (find and add employers, and invite the first administrator of one that has none);
 * `manage-students` (keep the school's records of them, and invite whom a record names).
 */
export type Right =
  'see' | 'see-people' | 'manage-people' | 'manage-sites' | 'add-children' | 'bring-employers' | 'manage-students';

/** What each role gives in its organization and in those below it. */
export const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  administrator: [
    'see',
    'see-people',
    'manage-people',
    'manage-sites',
    'add-children',
    'bring-employers',
    'manage-students',
  ],
  coordinator: ['see', 'see-people', 'bring-employers', 'manage-students'],
  educator: ['see', 'see-people'],
  leader: ['see', 'see-people'],
  'employer-admin': ['see', 'see-people', 'manage-people', 'manage-sites'],
  'employer-member': ['see', 'see-people'],
  student: ['see'],
  guardian: ['see'],
};

/** Somebody's roles: an actor's, or those of someone who is not here. */
export interface RoleHolder {
  roles: readonly Pick<HeldRole, 'role' | 'within' | 'sample'>[];
}

/** Whether `actor` has the right in the organization: by a role in it, or in one above it. */
export function may(actor: RoleHolder, right: Right, organizationId: string): boolean {
  return actor.roles.some(({ role, within }) => RIGHTS[role].includes(right) && within.includes(organizationId));
}

/** Whether `actor` has the right in some organization; `sample` asks about synthetic ones, or real ones, alone. */
export function maySomewhere(actor: RoleHolder, right: Right, sample?: boolean): boolean {
  return actor.roles.some(
    (held) => RIGHTS[held.role].includes(right) && (sample === undefined || held.sample === sample),
  );
}

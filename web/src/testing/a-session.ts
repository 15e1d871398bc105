import type { Session } from '@throughway/contracts/session';
import type { OrganizationKind, Role } from '@throughway/vocabulary/roles';

export const STRANGER: Session = { person: null, memberships: [], secondFactor: 'settled', development: false };

/** Somebody signed in with these roles, each in an organization of its own. */
export function aSession(roles: readonly Role[] = ['coordinator'], facts: Partial<Session> = {}): Session {
  return {
    person: {
      personId: '0199c0de-0000-7000-8000-00000000000a',
      name: 'Sample Person',
      email: 'sample-person@example.test',
      language: 'en',
      sample: true,
    },
    memberships: roles.map((role, at) => aMembership(role, at)),
    secondFactor: 'settled',
    development: false,
    ...facts,
  };
}

function aMembership(role: Role, at: number): Session['memberships'][number] {
  const kind: OrganizationKind = role.startsWith('employer') ? 'employer' : 'school';
  return {
    membershipId: `0199c0de-0000-7000-8000-0000000001${String(at).padStart(2, '0')}`,
    role,
    since: '2026-01-10T15:00:00Z',
    organization: {
      organizationId: `0199c0de-0000-7000-8000-0000000002${String(at).padStart(2, '0')}`,
      name: `Sample ${kind} ${at + 1}`,
      kind,
      sample: true,
    },
  };
}

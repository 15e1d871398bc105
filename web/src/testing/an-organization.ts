import type { Organization } from '@throughway/contracts/organizations';

export const ORGANIZATION_ID = '0199c0de-0000-7000-8000-000000000200';

/** An employer with two people and one open invitation, as its administrator sees it. */
export function anOrganization(facts: Partial<Organization> = {}): Organization {
  return {
    organizationId: ORGANIZATION_ID,
    name: 'Sample Machine Works',
    kind: 'employer',
    sample: true,
    webDomain: 'machine-works.example',
    ein: null,
    parents: [],
    children: [],
    mayGive: ['employer-admin', 'employer-member'],
    people: [
      {
        membershipId: '0199c0de-0000-7000-8000-000000000301',
        person: { personId: '0199c0de-0000-7000-8000-000000000401', name: 'Sample Owner', email: 'owner@example.test' },
        role: 'employer-admin',
        since: '2026-01-10T15:00:00Z',
        self: true,
      },
      {
        membershipId: '0199c0de-0000-7000-8000-000000000302',
        person: { personId: '0199c0de-0000-7000-8000-000000000402', name: 'Sample Hand', email: 'hand@example.test' },
        role: 'employer-member',
        since: '2026-02-10T15:00:00Z',
        self: false,
      },
    ],
    invitations: [
      {
        invitationId: '0199c0de-0000-7000-8000-000000000501',
        email: 'new@example.test',
        unreachable: null,
        role: 'employer-member',
        state: 'open',
        invitedBy: 'Sample Owner',
        invitedAt: '2026-03-01T15:00:00Z',
        openUntil: '2026-03-31T15:00:00Z',
      },
    ],
    sites: [
      {
        siteId: '0199c0de-0000-7000-8000-000000000601',
        name: 'Sample plant',
        countyFips: '21193',
        timeZone: null,
      },
    ],
    ...facts,
  };
}

import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as p from './people.js';
import { Session } from './session.js';
import * as w from './words.js';

/** Those that were accepted or taken back are not shown any more. */
export const INVITATION_STATES = ['open', 'expired'] as const;

export const Invitation = z.object({
  invitationId: z.uuid(),
  email: z.string(),
  unreachable: p.Unreachable,
  role: p.RoleCode,
  state: z.enum(INVITATION_STATES),
  invitedBy: z.string(),
  invitedAt: w.Instant,
  /** Until when a fresh link may be asked for. */
  openUntil: w.Instant,
});
export type Invitation = z.infer<typeof Invitation>;

/** Where work is done, by county. */
export const OrganizationSite = z.object({
  siteId: z.uuid(),
  name: z.string(),
  countyFips: w.Fips,
  timeZone: z.string().nullable(),
});

/** An organization as its own people see it. */
export const Organization = p.OrganizationRef.extend({
  webDomain: z.string().nullable(),
  ein: z.string().nullable(),
  /** Upward: the district of a school, the region of a district, the state of a region. */
  parents: z.array(p.OrganizationRef),
  children: z.array(p.OrganizationRef),
  /** Which roles the reader may give here; empty for those who may not manage people. */
  mayGive: z.array(p.RoleCode),
  people: z.array(
    z.object({ membershipId: z.uuid(), person: p.PersonRef, role: p.RoleCode, since: w.Instant, self: z.boolean() }),
  ),
  invitations: z.array(Invitation),
  sites: z.array(OrganizationSite),
});
export type Organization = z.infer<typeof Organization>;

const ById = z.object({ organizationId: z.uuid() });
const Ein = z.string().regex(/^\d{2}-?\d{7}$/);
const WebDomain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/)
  .max(253);

export const organizationsApi = {
  get: endpoint({
    method: 'GET',
    path: '/api/organizations/:organizationId',
    summary: 'An organization, its people and open invitations',
    params: ById,
    response: Organization,
  }),
  addChild: endpoint({
    method: 'POST',
    path: '/api/organizations/:organizationId/children',
    summary: 'Add a school, college, district or region below this one',
    params: ById,
    body: z.object({ kind: p.OrganizationKindCode.exclude(['employer', 'state']), name: p.OrganizationName }),
    idempotent: true,
    ifMatch: true,
    response: Organization,
  }),
  findEmployers: endpoint({
    method: 'GET',
    path: '/api/employers',
    summary: 'Employers by name, web domain or EIN, to invite one that is there already',
    query: z.object({ q: z.string().trim().min(2).max(200) }),
    response: z.object({
      employers: z.array(p.OrganizationRef.extend({ webDomain: z.string().nullable(), siteCount: w.Count })),
    }),
  }),
  addEmployer: endpoint({
    method: 'POST',
    path: '/api/employers',
    summary: 'Add an employer that is not there yet; an alike one is refused and named',
    body: z.object({
      name: p.OrganizationName,
      webDomain: WebDomain.optional(),
      ein: Ein.optional(),
      /** The asker has looked at the alike ones and says that this is another. */
      another: z.boolean().default(false),
    }),
    idempotent: true,
    response: p.OrganizationRef,
  }),
  invite: endpoint({
    method: 'POST',
    path: '/api/organizations/:organizationId/invitations',
    summary: 'Invite someone by mail into a role',
    params: ById,
    body: z.object({
      email: p.MailAddress,
      role: p.RoleCode.exclude(['student', 'guardian']),
      language: p.LanguageCode,
    }),
    idempotent: true,
    response: Organization,
  }),
  revokeInvitation: endpoint({
    method: 'DELETE',
    path: '/api/organizations/:organizationId/invitations/:invitationId',
    summary: 'Take an open invitation back',
    params: ById.extend({ invitationId: z.uuid() }),
    idempotent: true,
    response: Organization,
  }),
  resendInvitation: endpoint({
    method: 'POST',
    path: '/api/organizations/:organizationId/invitations/:invitationId/link',
    summary: 'Mail a fresh link of an open invitation',
    params: ById.extend({ invitationId: z.uuid() }),
    idempotent: true,
    response: Organization,
  }),
  giveRole: endpoint({
    method: 'POST',
    path: '/api/organizations/:organizationId/memberships',
    summary: 'Give one of its people another role here',
    params: ById,
    body: z.object({ personId: z.uuid(), role: p.RoleCode.exclude(['student', 'guardian']) }),
    idempotent: true,
    ifMatch: true,
    response: Organization,
  }),
  endMembership: endpoint({
    method: 'DELETE',
    path: '/api/organizations/:organizationId/memberships/:membershipId',
    summary: "End someone's role here, or one's own; the next request feels it",
    params: ById.extend({ membershipId: z.uuid() }),
    idempotent: true,
    ifMatch: true,
    response: z.object({ ended: z.literal(true) }),
  }),
  addSite: endpoint({
    method: 'POST',
    path: '/api/organizations/:organizationId/sites',
    summary: 'Add a site',
    params: ById,
    body: z.object({
      name: z.string().trim().min(1).max(200),
      countyFips: w.Fips,
      timeZone: z.string().trim().min(1).max(60).optional(),
    }),
    idempotent: true,
    ifMatch: true,
    response: Organization,
  }),
  removeSite: endpoint({
    method: 'DELETE',
    path: '/api/organizations/:organizationId/sites/:siteId',
    summary: 'Close a site',
    params: ById.extend({ siteId: z.uuid() }),
    idempotent: true,
    ifMatch: true,
    response: Organization,
  }),
};

/** What the holder of an invitation's link may see before accepting. */
export const OpenedInvitation = z.object({
  organization: p.OrganizationRef,
  role: p.RoleCode,
  email: z.string(),
  invitedBy: z.string(),
  language: p.LanguageCode,
  /** Whether this address has an account, to which the role will be added. */
  known: z.boolean(),
});
export type OpenedInvitation = z.infer<typeof OpenedInvitation>;

export const invitationsApi = {
  open: endpoint({
    method: 'POST',
    path: '/api/invitation/open',
    summary: 'What an invitation offers; the link is not used up by looking',
    body: z.object({ token: p.LinkToken }),
    response: OpenedInvitation,
  }),
  accept: endpoint({
    method: 'POST',
    path: '/api/invitation/accept',
    summary: 'Accept an invitation; signs in',
    body: z.object({ token: p.LinkToken, name: p.PersonName.optional(), language: p.LanguageCode.optional() }),
    response: Session,
  }),
  renew: endpoint({
    method: 'POST',
    path: '/api/invitation/renew',
    summary: 'Mail a fresh link to the invited address, when this one has run out',
    body: z.object({ token: p.LinkToken }),
    status: 202,
    idempotent: true,
    response: z.object({ sent: z.literal(true) }),
  }),
};

import * as z from 'zod';
import { ORGANIZATION_KINDS, ROLES } from '@throughway/vocabulary/roles';
import * as w from './words.js';

/** Pieces of the wire about people and organizations that several resources use. */
export const RoleCode = z.enum(ROLES);
export const OrganizationKindCode = z.enum(ORGANIZATION_KINDS);
export const LanguageCode = z.enum(['en', 'es']);

/** An address as people type it; compared without regard to case. */
export const MailAddress = z.email().max(254);
export const PersonName = z.string().trim().min(1).max(200);
export const OrganizationName = z.string().trim().min(1).max(200);

/** At least 128 random bits from a mail, as base64url; single-use. */
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{22,200}$/);

/** Since when mail to an address beside it was last refused for good, and by which code; null when it was not. */
export const Unreachable = z.object({ since: w.Instant, reason: z.string() }).nullable();
export type Unreachable = z.infer<typeof Unreachable>;

export const OrganizationRef = z.object({
  organizationId: z.uuid(),
  name: z.string(),
  kind: OrganizationKindCode,
  /** Synthetic, and every screen says so. */
  sample: z.boolean(),
});
export type OrganizationRef = z.infer<typeof OrganizationRef>;

export const PersonRef = z.object({ personId: z.uuid(), name: z.string(), email: z.string().nullable() });
export type PersonRef = z.infer<typeof PersonRef>;

export const Membership = z.object({
  membershipId: z.uuid(),
  organization: OrganizationRef,
  role: RoleCode,
  since: w.Instant,
});
export type Membership = z.infer<typeof Membership>;

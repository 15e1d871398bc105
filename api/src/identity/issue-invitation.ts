import { ROLES_OF, type Role } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { recordActs } from '../platform/audit/record-acts.js';
import { digestOf, newToken } from '../platform/auth/tokens.js';
import { refuse, Refusal } from '../platform/errors/refusal.js';
import * as repository from './invitations.repository.js';
import { isSampleAddress } from './invited-person.repository.js';
import { addressHolds } from './memberships.repository.js';
import type { OrganizationRecord } from './organizations.repository.js';

/** For how long an invitation can be answered. */
const OPEN_DAYS = 14;
/** For how long each of its links opens it (TRUST S5: an hour at most). */
const LINK_MINUTES = 60;
/** Mails an hour to one address about one role: enough to retry, too few to be a nuisance. */
const LINKS_AN_HOUR = 5;
/** Mails an hour that one person sends, to whatever addresses: enough for a class and its guardians, not for a mailing list. */
const SENT_AN_HOUR = 60;

export interface IssuedInvitation {
  organization: OrganizationRecord;
  role: Role;
  subjectId: string | null;
  email: string;
  language: 'en' | 'es';
  /** Null for the server's operator. */
  invitedById: string | null;
}

/**
 * Writes an invitation, or opens the unanswered one of the same address and role anew, and answers the token of a fresh link.
 * @throws role-not-here, role-held, sample-and-real, too-many-mails
 */
export async function issueInvitation(
  em: EntityManager,
  at: Date,
  { organization, ...invitation }: IssuedInvitation,
): Promise<string> {
  requireRole(organization, invitation.role);
  if (await addressHolds(em, organization.family, invitation)) {
    throw refuse('role-held', `${invitation.email} has this role here already.`);
  }
  if (!organization.sample && (await isSampleAddress(em, invitation.email))) {
    throw refuse('sample-and-real', 'A sample person was found; people of a real organization are expected.');
  }
  const invitationId = await repository.saveInvitation(em, {
    ...invitation,
    organizationId: organization.organizationId,
    invitedAt: at,
    openUntil: new Date(at.getTime() + OPEN_DAYS * 86_400_000),
  });
  const token = await issueLink(em, at, invitationId, invitation.invitedById);
  const { role, email, invitedById } = invitation;
  await recordActs(em, at, {
    organizationId: organization.organizationId,
    actor: invitedById === null ? 'operator' : { personId: invitedById },
    action: 'invitation-sent',
    subject: { kind: 'invitation', id: invitationId },
    detail: { role, email },
  });
  return token;
}

/** The token of a fresh link to an invitation that the caller's transaction holds. @throws too-many-mails */
export async function issueLink(
  em: EntityManager,
  at: Date,
  invitationId: string,
  sentById: string | null,
): Promise<string> {
  // A link expires an hour after it was made: those that have not expired are those of the last hour.
  if ((await repository.countLinks(em, invitationId, at)) >= LINKS_AN_HOUR) {
    throw new Refusal(
      429,
      'too-many-mails',
      `${LINKS_AN_HOUR} mails went to this address within the hour. Look there, or try again later.`,
    );
  }
  if (sentById !== null && (await repository.countLinksSentBy(em, sentById, at)) >= SENT_AN_HOUR) {
    throw new Refusal(429, 'too-many-mails', `You sent ${SENT_AN_HOUR} invitations within the hour. Try again later.`);
  }
  const token = newToken();
  const expiresAt = new Date(at.getTime() + LINK_MINUTES * 60_000);
  await repository.insertLink(em, { invitationId, digest: digestOf(token), sentById, expiresAt });
  return token;
}

/** Where the invitation's page is; the token stands where browsers send it to nobody. */
export const invitationPage = (token: string): [path: string, hash: string] => ['/invitation', `token=${token}`];

/** @throws role-not-here */
export function requireRole({ kind }: Pick<OrganizationRecord, 'kind'>, role: Role): void {
  if (ROLES_OF[kind].includes(role)) return;
  throw refuse(
    'role-not-here',
    `Found the role "${role}", expected one of this ${kind}: ${ROLES_OF[kind].join(', ')}.`,
  );
}

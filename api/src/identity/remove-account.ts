import type { EntityManager } from 'typeorm';
import { eraseAuditDetail } from '../platform/erasure/erase-audit-detail.js';
import { forgetAnswers } from '../platform/erasure/forget-answers.js';
import { type ErasureReason, layTombstone } from '../platform/erasure/tombstones.js';
import * as repository from './removal.repository.js';

export interface Removal {
  /** The school with whose record the account goes; null when it goes by itself. */
  organizationId: string | null;
  reason: ErasureReason;
  at: Date;
}

/**
 * Removes an account in the caller's transaction: name, address, every way in and every session; roles end. What says that somebody
 * did something keeps their id, which leads to nobody. Answers the addresses whose mails are to be forgotten.
 */
export async function removeAccount(
  em: EntityManager,
  personId: string,
  { organizationId, reason, at }: Removal,
): Promise<string[]> {
  const { name, email } = await repository.findNames(em, personId);
  const invitations = await repository.deleteInvitationsTo(em, personId, email);
  await repository.barePerson(em, personId, at);
  await eraseAuditDetail(em, 'invitation', idsOf(invitations));
  await eraseAuditDetail(em, 'person', [personId]);
  await layTombstone(em, { kind: 'person', id: personId, organizationId, reason, at });
  const addresses = [...(email === null ? [] : [email]), ...invitations.map((invitation) => invitation.email)];
  await forgetAnswers(em, [personId, name, ...addresses]);
  return addresses;
}

/**
 * Removes what stood for these students and guardians: invitations, roles, and the account of whoever never was anything else.
 * Answers who that was, and the addresses whose mails are to be forgotten.
 */
export async function removeAccountsOf(
  em: EntityManager,
  subjectIds: readonly string[],
  removal: Removal,
): Promise<{ personIds: string[]; addresses: string[] }> {
  // In this order: an invitation that is being accepted is waited for here, and its new role goes with the others.
  const invitations = await repository.deleteInvitationsOf(em, subjectIds);
  await eraseAuditDetail(em, 'invitation', idsOf(invitations));
  const addresses = invitations.map(({ email }) => email);
  const personIds = await repository.deleteMembershipsOf(em, subjectIds);
  for (const personId of personIds) addresses.push(...(await removeAccount(em, personId, removal)));
  return { personIds, addresses };
}

function idsOf(invitations: readonly repository.DeletedInvitation[]): string[] {
  return invitations.map(({ invitationId }) => invitationId);
}

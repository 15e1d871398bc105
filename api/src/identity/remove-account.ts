import type { EntityManager } from 'typeorm';
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
  const email = await repository.findAddress(em, personId);
  const invited = await repository.deleteInvitationsTo(em, personId, email);
  await repository.barePerson(em, personId, at);
  await layTombstone(em, { kind: 'person', id: personId, organizationId, reason, at });
  return email === null ? invited : [email, ...invited];
}

/**
 * Removes what stood for these students and guardians: invitations, roles, and the account of whoever never was anything else.
 * Answers the addresses whose mails are to be forgotten.
 */
export async function removeAccountsOf(
  em: EntityManager,
  subjectIds: readonly string[],
  removal: Removal,
): Promise<string[]> {
  // In this order: an invitation that is being accepted is waited for here, and its new role goes with the others.
  const addresses = await repository.deleteInvitationsOf(em, subjectIds);
  for (const personId of await repository.deleteMembershipsOf(em, subjectIds)) {
    addresses.push(...(await removeAccount(em, personId, removal)));
  }
  return addresses;
}

import type { AuditAction } from '@throughway/vocabulary/audit';
import type { EntityManager } from 'typeorm';
import { recordActs } from '../platform/audit/record-acts.js';
import { refuse } from '../platform/errors/refusal.js';
import { deleteAuthenticator } from './authenticator.repository.js';
import { findByAddress } from './invited-person.repository.js';

export interface Changed {
  sessionCount: number;
}

/** At the word of the server's operator: they are signed out, and no way of signing in opens a session. @throws no-such-person */
export async function suspendPerson(em: EntityManager, email: string, at: Date): Promise<Changed> {
  const personId = await personAt(em, email);
  await em.query('UPDATE person SET suspended_at = coalesce(suspended_at, $2) WHERE person_id = $1', [personId, at]);
  return endSessions(em, personId, at, 'person-suspended');
}

/** @throws no-such-person */
export async function restorePerson(em: EntityManager, email: string, at: Date): Promise<Changed> {
  const personId = await personAt(em, email);
  await em.query('UPDATE person SET suspended_at = NULL WHERE person_id = $1', [personId]);
  return endSessions(em, personId, at, 'person-restored');
}

/** Removes all that proves a second factor; a role that needs one asks for a new one at the next sign-in. @throws no-such-person */
export async function resetSecondFactor(em: EntityManager, email: string, at: Date): Promise<Changed> {
  const personId = await personAt(em, email);
  await deleteAuthenticator(em, personId);
  await em.query('DELETE FROM passkey WHERE person_id = $1', [personId]);
  return endSessions(em, personId, at, 'second-factor-reset');
}

async function personAt(em: EntityManager, email: string): Promise<string> {
  const person = await findByAddress(em, email);
  if (person) return person.personId;
  throw refuse('no-such-person', 'Found nobody with this mail address, expected that of a person here.');
}

/** Links to sign in with, too: one that was mailed before must not open a session after it. */
async function endSessions(em: EntityManager, personId: string, at: Date, action: AuditAction): Promise<Changed> {
  await em.query(
    'UPDATE sign_in_link SET expires_at = $2 WHERE person_id = $1 AND used_at IS NULL AND expires_at > $2',
    [personId, at],
  );
  const [, sessionCount] = await em.query<[unknown, number]>(
    'UPDATE session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL',
    [personId, at],
  );
  await recordActs(em, at, {
    organizationId: null,
    actor: 'operator',
    action,
    subject: { kind: 'person', id: personId },
    detail: { sessionCount },
  });
  return { sessionCount };
}

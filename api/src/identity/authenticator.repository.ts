import type { EntityManager } from 'typeorm';
import { written } from './written.js';

/** A new app's secret waits beside the old one's until its first code confirms it. */
export async function savePendingSecret(em: EntityManager, personId: string, sealed: Buffer): Promise<void> {
  await em.query(
    `INSERT INTO authenticator (person_id, pending_secret) VALUES ($1, $2)
     ON CONFLICT (person_id) DO UPDATE SET pending_secret = $2`,
    [personId, sealed],
  );
}

/** Sealed; null when there is none. Locks the row. */
export async function loadPendingSecret(em: EntityManager, personId: string): Promise<Buffer | null> {
  const rows: { pending: Buffer | null }[] = await em.query(
    'SELECT pending_secret AS pending FROM authenticator WHERE person_id = $1 FOR UPDATE',
    [personId],
  );
  return rows[0]?.pending ?? null;
}

/** Sealed; null when no app is confirmed. */
export async function loadConfirmedSecret(em: EntityManager, personId: string): Promise<Buffer | null> {
  const rows: { sealed: Buffer | null }[] = await em.query(
    'SELECT sealed_secret AS sealed FROM authenticator WHERE person_id = $1',
    [personId],
  );
  return rows[0]?.sealed ?? null;
}

/** Makes the pending app the one that counts; the step of its first code is used up with it. */
export async function confirmPendingSecret(
  em: EntityManager,
  personId: string,
  { step, at }: { step: number; at: Date },
): Promise<void> {
  await em.query(
    `UPDATE authenticator SET sealed_secret = pending_secret, pending_secret = NULL, last_step = $2, confirmed_at = $3
     WHERE person_id = $1`,
    [personId, step, at],
  );
}

/** Uses a code's step up; false when it, or a later one, was used before. Of any number at once one succeeds. */
export async function useStep(em: EntityManager, personId: string, sealed: Buffer, step: number): Promise<boolean> {
  const rows = await written(
    em,
    `UPDATE authenticator SET last_step = $3 WHERE person_id = $1 AND sealed_secret = $2 AND last_step < $3
     RETURNING person_id`,
    [personId, sealed, step],
  );
  return rows.length > 0;
}

/** Whether there was an app to remove. Its recovery codes go with it. */
export async function deleteAuthenticator(em: EntityManager, personId: string): Promise<boolean> {
  await em.query('DELETE FROM recovery_code WHERE person_id = $1', [personId]);
  const rows = await written<{ confirmed: boolean }>(
    em,
    'DELETE FROM authenticator WHERE person_id = $1 RETURNING confirmed_at IS NOT NULL AS confirmed',
    [personId],
  );
  return rows[0]?.confirmed ?? false;
}

export async function replaceRecoveryCodes(em: EntityManager, personId: string, digests: Buffer[]): Promise<void> {
  await em.query('DELETE FROM recovery_code WHERE person_id = $1', [personId]);
  await em.query('INSERT INTO recovery_code (person_id, digest) SELECT $1, unnest($2::bytea[])', [personId, digests]);
}

/** Uses a recovery code up; false when there is no such unused one. Of any number at once one succeeds. */
export async function useRecoveryCode(em: EntityManager, personId: string, digest: Buffer, at: Date): Promise<boolean> {
  const rows = await written(
    em,
    `UPDATE recovery_code SET used_at = $3 WHERE person_id = $1 AND digest = $2 AND used_at IS NULL
     RETURNING person_id`,
    [personId, digest, at],
  );
  return rows.length > 0;
}

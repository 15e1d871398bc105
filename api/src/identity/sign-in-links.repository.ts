import type { EntityManager } from 'typeorm';
import { written } from './written.js';

/** Null when nobody has the address, or who has it is suspended. */
export async function findLinkReceiver(
  em: EntityManager,
  email: string,
): Promise<{ personId: string; name: string; email: string; language: 'en' | 'es' } | null> {
  const rows: { personId: string; name: string; email: string; language: 'en' | 'es' }[] = await em.query(
    `SELECT person_id AS "personId", name, email, language FROM person
     WHERE lower(email) = lower($1) AND suspended_at IS NULL`,
    [email],
  );
  return rows[0] ?? null;
}

export async function insertLink(
  em: EntityManager,
  { digest, personId, expiresAt }: { digest: Buffer; personId: string; expiresAt: Date },
): Promise<void> {
  await em.query('INSERT INTO sign_in_link (digest, person_id, expires_at) VALUES ($1, $2, $3)', [
    digest,
    personId,
    expiresAt,
  ]);
}

/** Uses a link up; of any number at once one succeeds. Answers whose it is, or null when there is nothing to use. */
export async function useLink(em: EntityManager, digest: Buffer, at: Date): Promise<string | null> {
  const rows = await written<{ personId: string }>(
    em,
    `UPDATE sign_in_link SET used_at = $2 WHERE digest = $1 AND used_at IS NULL AND expires_at > $2
     RETURNING person_id AS "personId"`,
    [digest, at],
  );
  return rows[0]?.personId ?? null;
}

/** Ends the unused links of a person. */
export async function endLinks(em: EntityManager, personId: string, at: Date): Promise<void> {
  await em.query(
    'UPDATE sign_in_link SET expires_at = $2 WHERE person_id = $1 AND used_at IS NULL AND expires_at > $2',
    [personId, at],
  );
}

/** Why a link cannot be used: it was, its time is over, or there is none. */
export async function linkState(em: EntityManager, digest: Buffer): Promise<'used' | 'expired' | 'unknown'> {
  const rows: { used: boolean }[] = await em.query(
    'SELECT used_at IS NOT NULL AS used FROM sign_in_link WHERE digest = $1',
    [digest],
  );
  if (!rows[0]) return 'unknown';
  return rows[0].used ? 'used' : 'expired';
}

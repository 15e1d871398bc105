import type { EntityManager } from 'typeorm';

export interface StoredPasskey {
  passkeyId: string;
  personId: string;
  credentialId: string;
  publicKey: Buffer;
  transports: string[];
}

const COLUMNS = `passkey_id AS "passkeyId", person_id AS "personId", credential_id AS "credentialId", public_key AS "publicKey",
  transports`;

export async function findPasskey(em: EntityManager, credentialId: string): Promise<StoredPasskey | null> {
  const rows: StoredPasskey[] = await em.query(`SELECT ${COLUMNS} FROM passkey WHERE credential_id = $1`, [
    credentialId,
  ]);
  return rows[0] ?? null;
}

/** A person's passkeys, oldest first. */
export function listPasskeys(em: EntityManager, personId: string): Promise<StoredPasskey[]> {
  return em.query(`SELECT ${COLUMNS} FROM passkey WHERE person_id = $1 ORDER BY created_at, passkey_id`, [personId]);
}

/** False when the credential is somebody's already. */
export async function insertPasskey(
  em: EntityManager,
  row: Omit<StoredPasskey, 'passkeyId'> & { signatureCount: number; name: string; createdAt: Date },
): Promise<boolean> {
  const rows: unknown[] = await em.query(
    `INSERT INTO passkey (person_id, credential_id, public_key, signature_count, transports, name, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential_id) DO NOTHING RETURNING passkey_id`,
    [row.personId, row.credentialId, row.publicKey, row.signatureCount, row.transports, row.name, row.createdAt],
  );
  return rows.length > 0;
}

/**
 * Moves the signature count on; false when it did not grow, or the passkey is gone. Passkeys that a person's devices share keep no
 * count and always say 0 (Web Authentication 3, 6.1.1).
 */
export async function countPasskeyUse(
  em: EntityManager,
  passkeyId: string,
  signatureCount: number,
  now: Date,
): Promise<boolean> {
  const [, count] = await em.query<[unknown, number]>(
    `UPDATE passkey SET signature_count = $2, last_used_at = $3
     WHERE passkey_id = $1 AND (signature_count < $2 OR (signature_count = 0 AND $2 = 0))`,
    [passkeyId, signatureCount, now],
  );
  return count > 0;
}

export async function deletePasskey(em: EntityManager, personId: string, passkeyId: string): Promise<boolean> {
  const [, count] = await em.query<[unknown, number]>('DELETE FROM passkey WHERE passkey_id = $1 AND person_id = $2', [
    passkeyId,
    personId,
  ]);
  return count > 0;
}

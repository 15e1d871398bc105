import type { EntityManager } from 'typeorm';

/** Whom a sign-in service named: never a mail address, which services hand on to the next person (docs/adr/0014). */
export interface ExternalIdentity {
  providerId: string;
  issuer: string;
  subject: string;
  /** Blank where the issuer serves one district, or its subjects are unique across all. */
  district: string;
}

export async function findIdentity(
  em: EntityManager,
  { issuer, subject, district }: ExternalIdentity,
): Promise<{ identityId: string; personId: string } | null> {
  const rows: { identityId: string; personId: string }[] = await em.query(
    `SELECT identity_id AS "identityId", person_id AS "personId" FROM external_identity
     WHERE issuer = $1 AND subject = $2 AND district = $3`,
    [issuer, subject, district],
  );
  return rows[0] ?? null;
}

/** False when it was linked meanwhile. */
export async function insertIdentity(
  em: EntityManager,
  personId: string,
  { providerId, issuer, subject, district }: ExternalIdentity,
  now: Date,
): Promise<boolean> {
  const rows: unknown[] = await em.query(
    `INSERT INTO external_identity (person_id, provider_id, issuer, subject, district, linked_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (issuer, subject, district) DO NOTHING RETURNING identity_id`,
    [personId, providerId, issuer, subject, district, now],
  );
  return rows.length > 0;
}

export async function markIdentityUsed(em: EntityManager, identityId: string, now: Date): Promise<void> {
  await em.query('UPDATE external_identity SET last_used_at = $2 WHERE identity_id = $1', [identityId, now]);
}

export async function deleteIdentity(em: EntityManager, personId: string, identityId: string): Promise<boolean> {
  const [, count] = await em.query<[unknown, number]>(
    'DELETE FROM external_identity WHERE identity_id = $1 AND person_id = $2',
    [identityId, personId],
  );
  return count > 0;
}

import type { EntityManager } from 'typeorm';

/** What the second step of each ceremony needs from the first. */
export interface CeremonyDetails {
  'passkey-sign-in': { challenge: string };
  'passkey-add': { challenge: string };
  'provider-sign-in': { providerId: string; state: string; nonce: string; verifier: string; redirectUri: string };
}
export type CeremonyPurpose = keyof CeremonyDetails;

export interface Ceremony<P extends CeremonyPurpose> {
  /** Who was signed in at the first step. */
  personId: string | null;
  detail: CeremonyDetails[P];
}

export async function insertCeremony<P extends CeremonyPurpose>(
  em: EntityManager,
  row: Ceremony<P> & { digest: Buffer; purpose: P; expiresAt: Date },
): Promise<void> {
  await em.query('INSERT INTO ceremony (digest, purpose, person_id, detail, expires_at) VALUES ($1, $2, $3, $4, $5)', [
    row.digest,
    row.purpose,
    row.personId,
    JSON.stringify(row.detail),
    row.expiresAt,
  ]);
}

/** Removes and answers the ceremony, so that of several that come for it at once only one gets it. */
export async function takeCeremony<P extends CeremonyPurpose>(
  em: EntityManager,
  digest: Buffer,
  purpose: P,
  now: Date,
): Promise<Ceremony<P> | null> {
  const [rows] = await em.query<[Ceremony<P>[], number]>(
    `DELETE FROM ceremony WHERE digest = $1 AND purpose = $2 AND expires_at > $3
     RETURNING person_id AS "personId", detail`,
    [digest, purpose, now],
  );
  return rows[0] ?? null;
}

/** Removes the ceremony that this one replaces, and some that nobody finished. */
export async function forgetCeremonies(em: EntityManager, replaced: Buffer | null, now: Date): Promise<void> {
  await em.query(
    `DELETE FROM ceremony WHERE digest = $1 OR digest IN
       (SELECT digest FROM ceremony WHERE expires_at <= $2 ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED)`,
    [replaced, now],
  );
}

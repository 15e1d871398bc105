import type { EntityManager } from 'typeorm';
import { written } from './written.js';

export interface PasswordOwner {
  personId: string;
  name: string;
  email: string | null;
  /** PHC string; null when no password is set. */
  hash: string | null;
  /** Whether an authenticator app or a passkey is there. */
  secondFactor: boolean;
}

const OWNER = `
  SELECT p.person_id AS "personId", p.name, p.email, w.hash,
    EXISTS (SELECT FROM authenticator a WHERE a.person_id = p.person_id AND a.confirmed_at IS NOT NULL)
      OR EXISTS (SELECT FROM passkey k WHERE k.person_id = p.person_id) AS "secondFactor"
  FROM person p LEFT JOIN password w USING (person_id)`;

/** Null when nobody has the address. */
export async function findPasswordOwner(em: EntityManager, email: string): Promise<PasswordOwner | null> {
  const rows: PasswordOwner[] = await em.query(`${OWNER} WHERE lower(p.email) = lower($1)`, [email]);
  return rows[0] ?? null;
}

export async function loadPasswordOwner(em: EntityManager, personId: string): Promise<PasswordOwner> {
  const rows: PasswordOwner[] = await em.query(`${OWNER} WHERE p.person_id = $1`, [personId]);
  if (!rows[0]) throw new Error('a session without its person');
  return rows[0];
}

/** Whether the password is still the one that was verified; holds it in place until the transaction ends. */
export async function holdPassword(em: EntityManager, personId: string, hash: string): Promise<boolean> {
  const rows: unknown[] = await em.query('SELECT FROM password WHERE person_id = $1 AND hash = $2 FOR SHARE', [
    personId,
    hash,
  ]);
  return rows.length > 0;
}

/** Sets the password if it is still `replaces` (null: none); answers whether it was. */
export async function savePassword(
  em: EntityManager,
  personId: string,
  { hash, length, replaces, at }: { hash: string; length: number; replaces: string | null; at: Date },
): Promise<boolean> {
  const saved: unknown[] =
    replaces === null
      ? await em.query(
          `INSERT INTO password (person_id, hash, length_count, set_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING RETURNING person_id`,
          [personId, hash, length, at],
        )
      : await written(
          em,
          `UPDATE password SET hash = $2, length_count = $3, set_at = $4
           WHERE person_id = $1 AND hash = $5 RETURNING person_id`,
          [personId, hash, length, at, replaces],
        );
  return saved.length > 0;
}

/** Ways to sign in of one person change one after another: what the last of them may not be is decided on what is there. */
export async function lockPerson(em: EntityManager, personId: string): Promise<void> {
  await em.query('SELECT FROM person WHERE person_id = $1 FOR NO KEY UPDATE', [personId]);
}

/** What a person's second factor is for, and whether one is there. */
export async function loadSecondFactorNeeds(
  em: EntityManager,
  personId: string,
): Promise<{ there: boolean; staff: boolean; passwordLength: number | null }> {
  const rows: { there: boolean; staff: boolean; passwordLength: number | null }[] = await em.query(
    `SELECT
       EXISTS (SELECT FROM authenticator WHERE person_id = $1 AND confirmed_at IS NOT NULL)
         OR EXISTS (SELECT FROM passkey WHERE person_id = $1) AS there,
       EXISTS (SELECT FROM membership WHERE person_id = $1 AND ended_at IS NULL
               AND role IN ('administrator', 'coordinator', 'educator', 'leader')) AS staff,
       (SELECT length_count FROM password WHERE person_id = $1) AS "passwordLength"`,
    [personId],
  );
  return rows[0] ?? { there: false, staff: false, passwordLength: null };
}

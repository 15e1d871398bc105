import type { EntityManager } from 'typeorm';

export interface InvitedPerson {
  personId: string;
  name: string;
}

/** By address, whatever its case. */
export async function findByAddress(em: EntityManager, email: string): Promise<InvitedPerson | null> {
  const rows: InvitedPerson[] = await em.query(
    'SELECT person_id AS "personId", name FROM person WHERE lower(email) = lower($1)',
    [email],
  );
  return rows[0] ?? null;
}

export async function isSampleAddress(em: EntityManager, email: string): Promise<boolean> {
  const rows: unknown[] = await em.query('SELECT 1 FROM person WHERE lower(email) = lower($1) AND sample', [email]);
  return rows.length > 0;
}

/** A new person, or the one of that address whom another transaction made in between. */
export async function insertPerson(
  em: EntityManager,
  { email, name, language }: { email: string; name: string; language: 'en' | 'es' },
): Promise<string> {
  const rows: { personId: string }[] = await em.query(
    `INSERT INTO person (email, name, language) VALUES ($1, $2, $3)
     ON CONFLICT (lower(email)) DO NOTHING RETURNING person_id AS "personId"`,
    [email, name, language],
  );
  return (rows[0] ?? (await findByAddress(em, email)))?.personId ?? '';
}

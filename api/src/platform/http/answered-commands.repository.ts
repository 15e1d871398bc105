import type { EntityManager } from 'typeorm';

/** One command of one asker under one key. */
export interface Claim {
  asker: string;
  /** As declared: `POST /api/things/:thingId`. */
  endpoint: string;
  /** The digest of the key: what callers put into keys is nobody's to read. */
  key: Buffer;
  /** The digest of what is asked. */
  request: Buffer;
}

/** Whether the transaction has the command to itself now, until it ends. */
export async function claimCommand(em: EntityManager, { asker, endpoint, key }: Claim): Promise<boolean> {
  const rows: { got: boolean }[] = await em.query(
    `SELECT pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2 || ' ' || $3, 0)) AS got`,
    [asker, endpoint, key.toString('hex')],
  );
  return rows[0]?.got ?? false;
}

/** What was answered, null where that was erased; and whether the same was asked. Nothing where the key is new. */
export async function findAnswered(
  em: EntityManager,
  { asker, endpoint, key, request }: Claim,
): Promise<{ isSame: boolean; answer: string | null } | undefined> {
  const rows: { isSame: boolean; answer: string | null }[] = await em.query(
    `SELECT request = $4 AS "isSame", answer FROM answered_command WHERE asker = $1 AND endpoint = $2 AND key = $3`,
    [asker, endpoint, key, request],
  );
  return rows[0];
}

export async function saveAnswered(
  em: EntityManager,
  { asker, endpoint, key, request }: Claim,
  answer: string,
  at: Date,
): Promise<void> {
  await em.query(
    `INSERT INTO answered_command (asker, endpoint, key, request, answer, answered_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [asker, endpoint, key, request, answer, at],
  );
}

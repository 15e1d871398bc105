import type { EntityManager } from 'typeorm';

/** Notes that a mail server refused a mail to this address for good; `reason` is a code. Nothing is withheld from it for that. */
export async function noteUnreachable(em: EntityManager, address: string, reason: string, at: Date): Promise<void> {
  await em.query(
    `INSERT INTO unreachable_address (address_digest, reason, refused_at) VALUES (address_digest($1), $2, $3)
     ON CONFLICT (address_digest) DO UPDATE SET reason = excluded.reason, refused_at = excluded.refused_at`,
    [address, reason, at],
  );
}

/** A mail to this address was accepted. */
export async function noteReachable(em: EntityManager, address: string): Promise<void> {
  await em.query('DELETE FROM unreachable_address WHERE address_digest = address_digest($1)', [address]);
}

/** In SQL, what is noted about the address in a column, as the contracts' `Unreachable`; null without any. */
export const unreachableAt = (column: string): string => `(
  SELECT json_build_object('reason', u.reason,
    'since', to_char(u.refused_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  FROM unreachable_address u WHERE u.address_digest = address_digest(${column}))`;

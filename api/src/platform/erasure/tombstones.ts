import type { EntityManager } from 'typeorm';

/** `request`: somebody asked for it; `retention`: its time was over (docs/adr/0021). */
export type ErasureReason = 'request' | 'retention';

export interface Tombstone {
  kind: 'student' | 'person';
  id: string;
  /** The school whose record it was, or with whose record an account went; null when a person removed their own. */
  organizationId: string | null;
  reason: ErasureReason;
  at: Date;
}

/**
 * Keeps that something was erased, by ids alone, so that a backup from before it can be told again. It comes last: the database refuses
 * it for what is still there, and what was erased twice keeps its first. A school that the database does not know, as a restored one may
 * not, is left out.
 */
export async function layTombstone(
  em: EntityManager,
  { kind, id, organizationId, reason, at }: Tombstone,
): Promise<void> {
  await em.query(
    `SELECT lay_tombstone($1, $2, (SELECT o.organization_id FROM organization o WHERE o.organization_id = $3), $4, $5)`,
    [kind, id, organizationId, at, reason],
  );
}

import type { AuditSubject } from '@throughway/vocabulary/audit';
import type { EntityManager } from 'typeorm';

/**
 * Erases what lies beside the record's entries on these subjects, which are erased themselves: the database refuses it for others. The
 * chains keep their salted digests, and verify as before.
 */
export async function eraseAuditDetail(em: EntityManager, kind: AuditSubject, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await em.query('SELECT erase_audit_detail($1, $2::text[])', [kind, ids]);
}

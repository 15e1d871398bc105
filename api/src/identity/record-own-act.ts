import type { AuditAction } from '@throughway/vocabulary/audit';
import type { EntityManager } from 'typeorm';
import { recordActs } from '../platform/audit/record-acts.js';

/** Records what a person did to their own account: in the platform's chain, since an account belongs to no organization. */
export function recordOwnAct(em: EntityManager, at: Date, personId: string, action: AuditAction): Promise<void> {
  return recordActs(em, at, {
    organizationId: null,
    actor: { personId },
    action,
    subject: { kind: 'person', id: personId },
  });
}

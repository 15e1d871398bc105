import type { AuditAction } from '@throughway/vocabulary/audit';
import type { RightsHolder } from '@throughway/vocabulary/rights-holder';
import type { EntityManager } from 'typeorm';
import { recordActs } from '../platform/audit/record-acts.js';
import type { ConsentRecord } from './consents.repository.js';
import type { Signer } from './decide-consent.js';

/** What is recorded of an act on a consent. */
export interface ConsentAct {
  action: Extract<AuditAction, `consent-${string}`>;
  /** In what capacity; absent for the school's question. */
  as?: RightsHolder | 'school';
  at: Date;
  by: Signer;
}

/**
 * Enters an act in the record of the student's school, as the command's last step. Its subject is the student, so that what lies beside
 * the chain goes when their record does; it names an employer and nobody of the family.
 */
export async function recordConsent(
  em: EntityManager,
  {
    student,
    school,
    recipient,
    purpose,
  }: Pick<ConsentRecord, 'school' | 'recipient' | 'purpose'> & {
    student: { studentId: string };
  },
  { action, as, at, by }: ConsentAct,
): Promise<void> {
  const { studentId } = student;
  await recordActs(em, at, {
    organizationId: school.organizationId,
    actor: by.personId === null ? { linkedId: by.subjectIds[0] ?? studentId } : { personId: by.personId },
    action,
    subject: { kind: 'student', id: studentId },
    detail: { employer: recipient.name, purpose, ...(as && { as }) },
  });
}

import type { AuditAction } from '@throughway/vocabulary/audit';
import type { ConsentPurpose } from '@throughway/vocabulary/consent';
import type { RightsHolder } from '@throughway/vocabulary/rights-holder';
import type { EntityManager } from 'typeorm';
import { type Act, recordActs } from '../platform/audit/record-acts.js';
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
  const actor = by.personId === null ? { linkedId: by.subjectIds[0] ?? studentId } : { personId: by.personId };
  const { organizationId } = school;
  const recorded = { studentId, organizationId, employer: recipient.name, purpose, ...(as && { as }) };
  await recordActs(em, at, consentAct(recorded, action, actor));
}

/** What an act on a consent is recorded with. */
export interface RecordedConsent {
  studentId: string;
  /** The school. */
  organizationId: string;
  /** By name. */
  employer: string;
  purpose: ConsentPurpose;
  as?: RightsHolder | 'school';
}

/** The act itself, for a command that records others with it. */
export function consentAct(
  { studentId, organizationId, employer, purpose, as }: RecordedConsent,
  action: ConsentAct['action'],
  actor: Act['actor'],
): Act {
  const detail = { employer, purpose, ...(as && { as }) };
  return { organizationId, actor, action, subject: { kind: 'student', id: studentId }, detail };
}

import type { EntityManager } from 'typeorm';
import { removeAccountsOf } from '../identity/remove-account.js';
import { type Act, recordActs } from '../platform/audit/record-acts.js';
import { eraseAuditDetail } from '../platform/erasure/erase-audit-detail.js';
import { forgetAnswers } from '../platform/erasure/forget-answers.js';
import { type ErasureReason, layTombstone } from '../platform/erasure/tombstones.js';
import { notFound } from '../platform/errors/refusal.js';
import { forgetMails, forgetMailsAbout } from '../platform/mail/forget-mails.js';
import { deleteStudent, findNamed } from './erasure.repository.js';
import { lockSchool } from './student-rows.repository.js';

export interface Erasure {
  reason: ErasureReason;
  /** At whose word. */
  by: Act['actor'];
  at: Date;
  /** Where letters are kept on a server without a mail server. */
  dataDir: string;
}

/**
 * Erases a student's record, whole, in the caller's transaction: the record, those whom it names, consents and what was disclosed by
 * them, what stood for them, and what was mailed to them. Published figures and chains of entries hold no person and stay as they
 * are. A school that lists the student again begins a new record. @throws not-found for a record that is not there, or not to be seen
 */
export async function eraseStudent(
  em: EntityManager,
  studentId: string,
  { reason, by, at, dataDir }: Erasure,
): Promise<void> {
  const seen = await findNamed(em, studentId);
  if (!seen) throw notFound('student');
  await lockSchool(em, seen.organizationId);
  // As it is once no import changes it.
  const named = await findNamed(em, studentId);
  if (!named) throw notFound('student');
  const { organizationId, guardianIds } = named;
  await deleteStudent(em, studentId);
  const removed = await removeAccountsOf(em, [studentId, ...guardianIds], { organizationId, reason, at });
  await layTombstone(em, { kind: 'student', id: studentId, organizationId, reason, at });
  await forgetMailsAbout(em, dataDir, [studentId, ...guardianIds]);
  await forgetMails(em, dataDir, [...named.addresses, ...removed.addresses]);
  await forgetAnswers(em, [studentId, ...guardianIds, ...named.addresses]);
  await eraseAuditDetail(em, 'student', [studentId]);
  await eraseAuditDetail(em, 'guardian', guardianIds);
  const act = { organizationId, actor: by };
  await recordActs(
    em,
    at,
    { ...act, action: 'student-erased', subject: { kind: 'student', id: studentId } },
    ...removed.personIds.map((id): Act => ({ ...act, action: 'account-removed', subject: { kind: 'person', id } })),
  );
}

import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import type { Act } from '../platform/audit/record-acts.js';
import { consentAct, type RecordedConsent } from './record-consent.js';

/** At whose deed consents end, and when. */
export interface Ending {
  actor: Act['actor'];
  at: Date;
  today: LocalDate;
}

/** Given, not withdrawn, and not past its day $3; from $2 on it is withdrawn. */
const withdraw = (as: string, whose: string): string => `
  UPDATE consent c SET withdrawn_at = $2, withdrawn_as = ${as}
  WHERE c.answer = 'given' AND c.withdrawn_at IS NULL AND c.until_on >= $3 AND ${whose}
  RETURNING c.organization_id, c.student_id, c.recipient_id, c.purpose, c.withdrawn_as`;

/**
 * What was said yes to as these students or guardians, by account or by link, ends in the school's name: somebody else may have said it.
 * Each of these answers what is to be recorded of it.
 */
export function endSignedAs(em: EntityManager, subjectIds: readonly string[], ending: Ending): Promise<Act[]> {
  const theirs = `c.student_id IN (SELECT unnest($1::uuid[])
      UNION ALL SELECT g.student_id FROM guardian g WHERE g.guardian_id = ANY($1::uuid[]))
    AND (c.answered_by_guardian_id = ANY($1::uuid[]) OR (c.answered_as = 'student' AND c.student_id = ANY($1::uuid[])))`;
  return end(em, withdraw(`'school'`, theirs), [subjectIds, ending.at, ending.today], ending);
}

/** What someone said yes to by their account ends with it: they could not take it back any more. */
export function endGivenBy(em: EntityManager, personId: string, ending: Ending): Promise<Act[]> {
  const given = withdraw('c.answered_as', 'c.answered_by_id = $1');
  return end(em, given, [personId, ending.at, ending.today], ending);
}

/** What was asked and said yes to for these employers ends in the school's name, in every school: others stand there now. */
export function endSharedWith(em: EntityManager, employerIds: readonly string[], ending: Ending): Promise<Act[]> {
  const all = `SELECT *, 'school' AS withdrawn_as FROM withdraw_consents_to($1, $2, $3)`;
  return end(em, all, [employerIds, ending.at, ending.today], ending);
}

async function end(em: EntityManager, ending: string, values: unknown[], { actor }: Ending): Promise<Act[]> {
  const ended: RecordedConsent[] = await em.query(
    `WITH ended AS (${ending})
     SELECT e.student_id AS "studentId", e.organization_id AS "organizationId", e.purpose, r.name AS employer, e.withdrawn_as AS "as"
     FROM ended e JOIN organization r ON r.organization_id = e.recipient_id ORDER BY e.student_id, r.name`,
    values,
  );
  return ended.map((consent) => consentAct(consent, 'consent-withdrawn', actor));
}

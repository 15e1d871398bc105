import type { OrganizationRef } from '@throughway/contracts/people';
import type { ConsentPurpose, ConsentState, RecordPart } from '@throughway/vocabulary/consent';
import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { RightsHolder } from '@throughway/vocabulary/rights-holder';
import type { EntityManager } from 'typeorm';
import type { Sight } from '../platform/auth/sight.js';
import type { ConsentSight } from './consent-sight.js';
import { lockSchool } from './student-rows.repository.js';

export interface ConsentRecord {
  consentId: string;
  student: { studentId: string; name: string };
  school: OrganizationRef;
  recipient: OrganizationRef;
  records: RecordPart[];
  purpose: ConsentPurpose;
  untilOn: LocalDate;
  askedAt: Date;
  askedById: string;
  askedBy: string | null;
  state: ConsentState;
  rightsHolder: RightsHolder;
  answeredAt: Date | null;
  answeredAs: RightsHolder | null;
  signer: string | null;
  withdrawnAt: Date | null;
  withdrawnAs: RightsHolder | 'school' | null;
  /** What of it the reader is shown, and may do. */
  parts: string[];
  keeps: boolean;
  answers: boolean;
  withdraws: boolean;
}

const REF = (o: string): string =>
  `json_build_object('organizationId', ${o}.organization_id, 'name', ${o}.name, 'kind', ${o}.kind, 'sample', ${o}.sample)`;

/** The employer that a consent is for: the one that stood for the one named when it was answered, and today's until then. */
export const RECIPIENT = `standing_organization(c.recipient_id, coalesce(c.answered_at, 'infinity'))`;

async function readConsents(
  em: EntityManager,
  sight: ConsentSight,
  only: 'c.consent_id' | 'c.student_id' | null = null,
  id: string | null = null,
): Promise<ConsentRecord[]> {
  const values = [...sight.values];
  const asked = only === null ? 'true' : `${only} = $${values.push(id)}::uuid`;
  return em.query(
    `SELECT c.consent_id AS "consentId",
       json_build_object('studentId', s.student_id, 'name', s.given_name || ' ' || s.family_name) AS student,
       ${REF('o')} AS school, ${REF('r')} AS recipient, c.records, c.purpose, to_char(c.until_on, 'YYYY-MM-DD') AS "untilOn",
       c.asked_at AS "askedAt", c.asked_by_id AS "askedById", asker.name AS "askedBy",
       ${sight.state} AS state, ${sight.rightsHolder} AS "rightsHolder",
       c.answered_at AS "answeredAt", c.answered_as AS "answeredAs", coalesce(signer.name, g.name,
         CASE WHEN c.answered_as = 'student' THEN s.given_name || ' ' || s.family_name END) AS signer,
       c.withdrawn_at AS "withdrawnAt", c.withdrawn_as AS "withdrawnAs",
       ${sight.parts} AS parts, ${sight.keeps} AS keeps, ${sight.answers} AS answers, ${sight.withdraws} AS withdraws
     FROM consent c JOIN student s USING (student_id)
       JOIN organization o ON o.organization_id = s.organization_id
       JOIN organization r ON r.organization_id = ${RECIPIENT}
       JOIN person asker ON asker.person_id = c.asked_by_id
       LEFT JOIN person signer ON signer.person_id = c.answered_by_id
       LEFT JOIN guardian g ON g.guardian_id = c.answered_by_guardian_id
     WHERE ${asked} AND ${sight.read} ORDER BY c.asked_at DESC, c.consent_id`,
    values,
  );
}

/** Newest first. */
export function listConsents(em: EntityManager, sight: ConsentSight): Promise<ConsentRecord[]> {
  return readConsents(em, sight);
}

/** Newest first. */
export function listConsentsOf(em: EntityManager, sight: ConsentSight, studentId: string): Promise<ConsentRecord[]> {
  return readConsents(em, sight, 'c.student_id', studentId);
}

export async function findConsent(
  em: EntityManager,
  sight: ConsentSight,
  consentId: string,
): Promise<ConsentRecord | null> {
  const [found] = await readConsents(em, sight, 'c.consent_id', consentId);
  return found ?? null;
}

/** How many wait for an answer, the oldest of them since when; and what was answered, and taken back, since a week ago. */
export interface ConsentFigures {
  waiting: number;
  oldestAt: Date | null;
  given: number;
  declined: number;
  withdrawn: number;
}

/** Of those that a condition, over `consent c`, `student s` and `organization o`, lets through; `state` is how one stands, in SQL. */
export async function consentFigures(
  em: EntityManager,
  { sql, values }: Sight,
  state: string,
  since: Date,
): Promise<ConsentFigures> {
  const from = `$${values.length + 1}::timestamptz`;
  const rows: ConsentFigures[] = await em.query(
    `SELECT count(*) FILTER (WHERE state = 'asked')::integer AS waiting, min(asked_at) FILTER (WHERE state = 'asked') AS "oldestAt",
       count(*) FILTER (WHERE answer = 'given' AND answered_at > ${from})::integer AS given,
       count(*) FILTER (WHERE answer = 'declined' AND answered_at > ${from})::integer AS declined,
       count(*) FILTER (WHERE answer = 'given' AND withdrawn_at > ${from})::integer AS withdrawn
     FROM (SELECT c.*, ${state} AS state FROM consent c JOIN student s USING (student_id)
       JOIN organization o ON o.organization_id = s.organization_id WHERE ${sql}) seen`,
    [...values, since],
  );
  return rows[0] ?? { waiting: 0, oldestAt: null, given: 0, declined: 0, withdrawn: 0 };
}

/** Lets one command at a time decide over a consent, until its transaction ends. */
export async function lockConsent(em: EntityManager, consentId: string): Promise<void> {
  await em.query('SELECT FROM consent WHERE consent_id = $1 FOR UPDATE', [consentId]);
}

/** Likewise, and no import changes meanwhile whom the record names: who signs is still there when it is signed. */
export async function lockConsentAndRecord(em: EntityManager, consentId: string): Promise<void> {
  const rows: { organizationId: string }[] = await em.query(
    'SELECT organization_id AS "organizationId" FROM consent WHERE consent_id = $1',
    [consentId],
  );
  // In this order, as an import does that ends what was said yes to.
  for (const { organizationId } of rows) await lockSchool(em, organizationId);
  await lockConsent(em, consentId);
}

export interface NewConsent {
  organizationId: string;
  studentId: string;
  recipientId: string;
  records: readonly RecordPart[];
  purpose: ConsentPurpose;
  untilOn: LocalDate;
  askedById: string;
  askedAt: Date;
}

/** Answers its id. */
export async function insertConsent(em: EntityManager, consent: NewConsent): Promise<string> {
  const rows: { consentId: string }[] = await em.query(
    `INSERT INTO consent (organization_id, student_id, recipient_id, records, purpose, until_on, asked_by_id, asked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING consent_id AS "consentId"`,
    [
      consent.organizationId,
      consent.studentId,
      consent.recipientId,
      consent.records,
      consent.purpose,
      consent.untilOn,
      consent.askedById,
      consent.askedAt,
    ],
  );
  const [made] = rows;
  if (!made) throw new Error('an INSERT answers its row');
  return made.consentId;
}

/** `subjectIds` are the rows that the signer stands for: a guardian's signature is the one of them whom the record names. */
export async function saveAnswer(
  em: EntityManager,
  consentId: string,
  signature: {
    answer: 'given' | 'declined';
    at: Date;
    as: RightsHolder;
    personId: string | null;
    subjectIds: readonly string[];
  },
): Promise<void> {
  await em.query(
    `UPDATE consent c SET answer = $2, answered_at = $3, answered_as = $4, answered_by_id = $5, answered_by_guardian_id =
       CASE WHEN $4 = 'guardian' THEN (SELECT guardian_id FROM guardian g
         WHERE g.student_id = c.student_id AND g.ended_at IS NULL AND g.guardian_id = ANY($6::uuid[])
         ORDER BY guardian_id LIMIT 1) END
     WHERE consent_id = $1`,
    [consentId, signature.answer, signature.at, signature.as, signature.personId, signature.subjectIds],
  );
}

export async function saveWithdrawal(
  em: EntityManager,
  consentId: string,
  { at, as }: { at: Date; as: RightsHolder | 'school' },
): Promise<void> {
  await em.query('UPDATE consent SET withdrawn_at = $2, withdrawn_as = $3 WHERE consent_id = $1', [consentId, at, as]);
}

/** Whether who asked still holds one of `roles` over the school, so that the answer is theirs to know. */
export async function isAskerStillThere(
  em: EntityManager,
  { askedById, school }: Pick<ConsentRecord, 'askedById' | 'school'>,
  roles: readonly string[],
): Promise<boolean> {
  const rows: unknown[] = await em.query(
    `SELECT FROM membership m WHERE m.person_id = $1 AND m.role = ANY($2) AND m.ended_at IS NULL
       AND $3::uuid IN (SELECT organizations_within(m.organization_id)) LIMIT 1`,
    [askedById, roles, school.organizationId],
  );
  return rows.length > 0;
}

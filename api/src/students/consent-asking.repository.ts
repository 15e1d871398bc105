import type { OrganizationRef } from '@throughway/contracts/people';
import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { RightsHolder } from '@throughway/vocabulary/rights-holder';
import type { EntityManager } from 'typeorm';

/**
 * The employer that stands for `recipientId`, synthetic exactly when the school is, and whether somebody administers it; null for what
 * is no such employer.
 */
export async function findRecipient(
  em: EntityManager,
  recipientId: string,
  { sample }: OrganizationRef,
): Promise<(OrganizationRef & { isAdministered: boolean }) | null> {
  const rows: (OrganizationRef & { isAdministered: boolean })[] = await em.query(
    `SELECT organization_id AS "organizationId", name, kind, sample, EXISTS (
       SELECT FROM membership m JOIN person p USING (person_id)
       WHERE m.organization_id IN (SELECT organizations_within(o.organization_id)) AND m.role = 'employer-admin'
         AND m.ended_at IS NULL AND p.suspended_at IS NULL) AS "isAdministered"
     FROM organization o
     WHERE organization_id = standing_organization($1) AND kind = 'employer' AND sample = $2`,
    [recipientId, sample],
  );
  return rows[0] ?? null;
}

/** Whether the same question waits for its answer; and how many were asked about the student since. */
export async function countQuestions(
  em: EntityManager,
  { studentId, recipientId, purpose }: { studentId: string; recipientId: string; purpose: string },
  { today, since }: { today: LocalDate; since: Date },
): Promise<{ waiting: number; recent: number }> {
  const rows: { waiting: number; recent: number }[] = await em.query(
    `SELECT count(*) FILTER (WHERE answer IS NULL AND withdrawn_at IS NULL AND until_on >= $4
         AND standing_organization(recipient_id) = $2 AND purpose = $3)::integer AS waiting,
       count(*) FILTER (WHERE asked_at > $5)::integer AS recent
     FROM consent WHERE student_id = $1`,
    [studentId, recipientId, purpose, today, since],
  );
  return rows[0] ?? { waiting: 0, recent: 0 };
}

/** Who may answer, and where mail reaches them: at their account's address, or else at the record's. */
export interface Holder {
  /** Null for the student. */
  guardianId: string | null;
  email: string;
  /** The account's; null without one. */
  language: 'en' | 'es' | null;
}

/** Those with whom the rights are. An address that the record gives to both sides makes nobody a guardian. */
export function listHolders(em: EntityManager, studentId: string, rightsHolder: RightsHolder): Promise<Holder[]> {
  const account = (role: RightsHolder, subject: string): string => `LEFT JOIN LATERAL (
    SELECT p.email, p.language FROM membership m JOIN person p USING (person_id)
    WHERE m.role = '${role}' AND m.subject_id = ${subject} AND m.ended_at IS NULL AND p.suspended_at IS NULL
      AND p.email IS NOT NULL ORDER BY m.granted_at LIMIT 1) p ON true`;
  return em.query(
    rightsHolder === 'student'
      ? `SELECT NULL AS "guardianId", coalesce(p.email, s.email) AS email, p.language
         FROM student s ${account('student', 's.student_id')}
         WHERE s.student_id = $1 AND coalesce(p.email, s.email) IS NOT NULL`
      : `SELECT g.guardian_id AS "guardianId", coalesce(p.email, g.email) AS email, p.language
         FROM guardian g JOIN student s USING (student_id) ${account('guardian', 'g.guardian_id')}
         WHERE g.student_id = $1 AND g.ended_at IS NULL AND lower(g.email) IS DISTINCT FROM lower(s.email)
         ORDER BY g.guardian_id`,
    [studentId],
  );
}

export async function insertConsentLink(
  em: EntityManager,
  link: {
    digest: Buffer;
    organizationId: string;
    consentId: string;
    guardianId: string | null;
    email: string;
    at: Date;
  },
): Promise<void> {
  await em.query(
    `INSERT INTO consent_link (digest, organization_id, consent_id, guardian_id, address_digest, made_at)
     VALUES ($1, $2, $3, $4, address_digest($5), $6)`,
    [link.digest, link.organizationId, link.consentId, link.guardianId, link.email, link.at],
  );
}

/** What a link opens today; from here on the transaction stands for whom it was mailed to. */
export async function openConsentLink(
  em: EntityManager,
  digest: Buffer,
  today: LocalDate,
): Promise<{ consentId: string; guardianId: string | null } | null> {
  const rows: { consentId: string; guardianId: string | null }[] = await em.query(
    'SELECT consent_id AS "consentId", guardian_id AS "guardianId" FROM open_consent_link($1, $2)',
    [digest, today],
  );
  return rows[0] ?? null;
}

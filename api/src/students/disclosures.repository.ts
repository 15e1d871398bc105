import type { Disclosure, SharedStudent } from '@throughway/contracts/consents';
import type { EntityManager } from 'typeorm';
import type { Sight } from '../platform/auth/sight.js';
import { RECIPIENT } from './consents.repository.js';

const SHARED = `consent c JOIN student s USING (student_id) JOIN organization o ON o.organization_id = s.organization_id`;
const shows = (part: string, value: string): string => `CASE WHEN '${part}' = ANY(c.records) THEN ${value} END`;

/**
 * One page of what consents show of students, of `studentId` alone if given; by name, where it is shown. A condition on `consent c`,
 * `student s`, `organization o`. Each row is written down as a disclosure and read from what was written: no row, no data.
 * Source: 34 CFR 99.32(a).
 */
export function discloseShared(
  em: EntityManager,
  sight: Sight,
  {
    studentId = null,
    personId,
    at,
    limit,
    offset,
  }: { studentId?: string | null; personId: string; at: Date; limit: number; offset: number },
): Promise<SharedStudent[]> {
  const first = sight.values.length;
  return em.query(
    `WITH page AS MATERIALIZED (
       SELECT c.consent_id, c.organization_id, c.student_id, ${RECIPIENT} AS recipient_id, c.records,
         c.purpose, c.until_on, ${shows('name', 's.family_name')} AS family_name, ${shows('name', 's.given_name')} AS given_name,
         ${shows('contact', 's.email')} AS contact, ${shows('grade', 's.grade')} AS grade, ${shows('school', 'o.name')} AS school
       FROM ${SHARED}
       WHERE ($${first + 1}::uuid IS NULL OR c.student_id = $${first + 1}) AND ${sight.sql}
       ORDER BY 8, 9, c.consent_id LIMIT $${first + 4} OFFSET $${first + 5}
     ), looked AS (
       INSERT INTO disclosure (organization_id, student_id, recipient_id, recipient_person_id, basis, consent_id, records,
         purpose, disclosed_at)
       SELECT organization_id, student_id, recipient_id, $${first + 2}::uuid, 'consent', consent_id, records, purpose,
         $${first + 3}::timestamptz FROM page
       RETURNING consent_id
     )
     SELECT consent_id AS "consentId", student_id AS "studentId", records, purpose, to_char(until_on, 'YYYY-MM-DD') AS "untilOn",
       given_name || ' ' || family_name AS name, contact, grade, school
     FROM looked JOIN page USING (consent_id) ORDER BY family_name, given_name, consent_id`,
    [...sight.values, studentId, personId, at, limit, offset],
  );
}

export async function countShared(em: EntityManager, sight: Sight): Promise<number> {
  const rows: { count: number }[] = await em.query(
    `SELECT count(*)::integer AS count FROM ${SHARED} WHERE ${sight.sql}`,
    [...sight.values],
  );
  return rows[0]?.count ?? 0;
}

export interface DisclosureRecord extends Omit<Disclosure, 'at'> {
  at: Date;
  studentId: string;
}

/** Of each student, newest first, from `offset` on; a condition on `student s JOIN organization o`. */
export function listDisclosures(
  em: EntityManager,
  sight: Sight,
  { studentIds, limit, offset = 0 }: { studentIds: readonly string[]; limit: number; offset?: number },
): Promise<DisclosureRecord[]> {
  const first = sight.values.length;
  return em.query(
    `SELECT d.disclosure_id::text AS "disclosureId", d.student_id AS "studentId", d.disclosed_at AS at, d.records, d.purpose, d.basis,
       p.name AS person, json_build_object('organizationId', r.organization_id, 'name', r.name, 'kind', r.kind, 'sample', r.sample)
         AS recipient
     FROM student s JOIN organization o USING (organization_id)
       CROSS JOIN LATERAL (SELECT * FROM disclosure d WHERE d.student_id = s.student_id
         ORDER BY d.disclosed_at DESC, d.disclosure_id DESC LIMIT $${first + 2} OFFSET $${first + 3}) d
       JOIN organization r ON r.organization_id = d.recipient_id
       JOIN person p ON p.person_id = d.recipient_person_id
     WHERE s.student_id = ANY($${first + 1}) AND ${sight.sql} ORDER BY d.disclosed_at DESC, d.disclosure_id DESC`,
    [...sight.values, studentIds, limit, offset],
  );
}

/** How many looks there were at each; a student without any is missing. */
export async function countDisclosures(
  em: EntityManager,
  sight: Sight,
  studentIds: readonly string[],
): Promise<Map<string, number>> {
  const rows: { studentId: string; count: number }[] = await em.query(
    `SELECT s.student_id AS "studentId", count(*)::integer AS count
     FROM student s JOIN organization o USING (organization_id) JOIN disclosure d ON d.student_id = s.student_id
     WHERE s.student_id = ANY($${sight.values.length + 1}) AND ${sight.sql} GROUP BY s.student_id`,
    [...sight.values, studentIds],
  );
  return new Map(rows.map(({ studentId, count }) => [studentId, count]));
}

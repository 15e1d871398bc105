import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import type { Sight } from '../platform/auth/sight.js';

/** Whose record it is, and whom it names: ids of all guardians it ever named, and every address in it. */
export interface Named {
  organizationId: string;
  guardianIds: string[];
  addresses: string[];
}

/** Null when there is no such record. */
export async function findNamed(em: EntityManager, studentId: string): Promise<Named | null> {
  const rows: Named[] = await em.query(
    `SELECT s.organization_id AS "organizationId", coalesce(array_agg(g.guardian_id::text)
         FILTER (WHERE g.guardian_id IS NOT NULL), '{}') AS "guardianIds",
       array_remove(array_agg(g.email) || s.email, NULL) AS addresses
     FROM student s LEFT JOIN guardian g USING (student_id) WHERE s.student_id = $1 GROUP BY s.student_id`,
    [studentId],
  );
  return rows[0] ?? null;
}

/** With guardians and populations. Answers whether it was there. */
export async function deleteStudent(em: EntityManager, studentId: string): Promise<boolean> {
  const [, count] = await em.query<[unknown, number]>('DELETE FROM student WHERE student_id = $1', [studentId]);
  return count > 0;
}

/** In every school, ids alone; the longest left out of imports first. For jobs. */
export function listNotListedSince(
  em: EntityManager,
  day: LocalDate,
): Promise<{ studentId: string; organizationId: string }[]> {
  return em.query(
    'SELECT student_id AS "studentId", organization_id AS "organizationId" FROM students_not_listed_since($1::date)',
    [day],
  );
}

/** Of the records that a condition, over `student s` and `organization o`, lets through. */
export async function countNotListedSince(em: EntityManager, { sql, values }: Sight, day: LocalDate): Promise<number> {
  const rows: { count: number }[] = await em.query(
    `SELECT count(*)::integer AS count FROM student s JOIN organization o USING (organization_id)
     WHERE ${sql} AND s.listed_on < $${values.length + 1}::date`,
    [...values, day],
  );
  return rows[0]?.count ?? 0;
}

export async function isNotListedSince(em: EntityManager, studentId: string, day: LocalDate): Promise<boolean> {
  const rows: unknown[] = await em.query('SELECT FROM student WHERE student_id = $1 AND listed_on < $2::date', [
    studentId,
    day,
  ]);
  return rows.length > 0;
}

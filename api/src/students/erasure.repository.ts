import type { EntityManager } from 'typeorm';

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

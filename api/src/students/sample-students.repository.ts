import type { EntityManager } from 'typeorm';

/** A student by the school's own id, with a guardian whom the record names now; null when either is missing. */
export async function findSampleSubjects(
  em: EntityManager,
  organizationId: string,
  schoolStudentId: string,
): Promise<{ studentId: string; guardianId: string } | null> {
  const rows: { studentId: string; guardianId: string }[] = await em.query(
    `SELECT s.student_id AS "studentId", g.guardian_id AS "guardianId"
     FROM student s JOIN guardian g ON g.student_id = s.student_id AND g.ended_at IS NULL
     WHERE s.organization_id = $1 AND s.school_student_id = $2 ORDER BY g.email LIMIT 1`,
    [organizationId, schoolStudentId],
  );
  return rows[0] ?? null;
}

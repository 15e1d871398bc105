import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: students; `person` is identity's. When a school listed a student last and when somebody signed in last: what nobody has needed
 * for years is erased (docs/adr/0021).
 */
export class RememberWhenLastListed1795651205500 implements MigrationInterface {
  name = 'RememberWhenLastListed1795651205500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE student ADD COLUMN listed_on date NOT NULL DEFAULT CURRENT_DATE;
      COMMENT ON COLUMN student.listed_on IS 'of the last import that named the student, changed or not';
      CREATE INDEX student_by_listing ON student (listed_on);

      ALTER TABLE person ADD COLUMN signed_in_on date;
      COMMENT ON COLUMN person.signed_in_on IS 'null = not since this is kept';

      -- Whose time is over, in every school: ids alone, for the job that erases them.
      CREATE FUNCTION students_not_listed_since(day date) RETURNS TABLE (student_id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT s.student_id, s.organization_id FROM student s WHERE s.listed_on < day ORDER BY s.listed_on, s.student_id
      $$;
      REVOKE EXECUTE ON FUNCTION students_not_listed_since(date) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION students_not_listed_since(date) TO throughway_worker;
      GRANT EXECUTE ON FUNCTION erase_audit_detail(text, text[]) TO throughway_app;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

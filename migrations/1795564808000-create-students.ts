import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: students. The school's own record of a student, their guardians, and the populations that outcomes are told apart by;
 * the tenant leads each key. Nobody under 13 is stored (TRUST).
 */
export class CreateStudents1795564808000 implements MigrationInterface {
  name = 'CreateStudents1795564808000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE student (
        student_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL REFERENCES organization,
        school_student_id text COLLATE "C" NOT NULL,
        given_name text NOT NULL,
        family_name text NOT NULL,
        email text,
        born_on date NOT NULL,
        grade text,
        cohort_id text COLLATE "C",
        created_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (organization_id, school_student_id)
      );
      CREATE INDEX student_by_name ON student (organization_id, family_name, given_name);

      CREATE TABLE guardian (
        guardian_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        student_id uuid NOT NULL REFERENCES student ON DELETE CASCADE,
        name text NOT NULL,
        email text NOT NULL,
        ended_at timestamptz
      );
      CREATE UNIQUE INDEX guardian_by_email ON guardian (student_id, lower(email)) WHERE ended_at IS NULL;

      CREATE TABLE student_population (
        student_id uuid NOT NULL REFERENCES student ON DELETE CASCADE,
        population text NOT NULL CHECK (population IN
          ('disability', 'economically-disadvantaged', 'non-traditional-field', 'single-parent', 'out-of-workforce',
           'english-learner', 'homeless', 'foster-care', 'parent-on-active-duty', 'first-generation', 'rural')),
        since_on date NOT NULL,
        source text NOT NULL,
        until_on date,
        PRIMARY KEY (student_id, population, since_on)
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

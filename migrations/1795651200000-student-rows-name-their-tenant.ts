import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owner: students. What hangs on a student's record names the tenant too, so that each row says by itself whose it is. */
export class StudentRowsNameTheirTenant1795651200000 implements MigrationInterface {
  name = 'StudentRowsNameTheirTenant1795651200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE student ADD CONSTRAINT student_of_tenant UNIQUE (student_id, organization_id);
      ALTER TABLE guardian ADD COLUMN organization_id uuid;
      UPDATE guardian g SET organization_id = s.organization_id FROM student s WHERE s.student_id = g.student_id;
      ALTER TABLE guardian ALTER COLUMN organization_id SET NOT NULL,
        ADD CONSTRAINT guardian_of_tenant FOREIGN KEY (student_id, organization_id)
          REFERENCES student (student_id, organization_id) ON DELETE CASCADE;
      ALTER TABLE student_population ADD COLUMN organization_id uuid;
      UPDATE student_population p SET organization_id = s.organization_id FROM student s WHERE s.student_id = p.student_id;
      ALTER TABLE student_population ALTER COLUMN organization_id SET NOT NULL,
        ADD CONSTRAINT student_population_of_tenant FOREIGN KEY (student_id, organization_id)
          REFERENCES student (student_id, organization_id) ON DELETE CASCADE;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

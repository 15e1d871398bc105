import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: programs. Which organization of the tenant's an imported institution is: the school concerned, whose people see what its
 * partnerships really are. Null while nobody has said so.
 */
export class InstitutionIsOrganization1795651200500 implements MigrationInterface {
  name = 'InstitutionIsOrganization1795651200500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE institution ADD COLUMN organization_id uuid REFERENCES organization;
      CREATE INDEX institution_by_organization ON institution (organization_id) WHERE organization_id IS NOT NULL;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

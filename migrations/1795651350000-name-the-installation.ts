import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: platform. A name for this installation's data, which stays with them through backup and restore, so that a log of deletions
 * is known to be theirs (docs/adr/0027).
 */
export class NameTheInstallation1795651350000 implements MigrationInterface {
  name = 'NameTheInstallation1795651350000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE installation (
        installation_id uuid NOT NULL DEFAULT gen_random_uuid(),
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one)
      );
      INSERT INTO installation DEFAULT VALUES;
      GRANT SELECT ON installation TO throughway_app, throughway_worker;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

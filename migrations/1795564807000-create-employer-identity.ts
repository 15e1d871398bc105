import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owner: partnerships. Which employer, one across all schools, an imported employer row is. */
export class CreateEmployerIdentity1795564807000 implements MigrationInterface {
  name = 'CreateEmployerIdentity1795564807000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE employer_identity (
        network_id integer NOT NULL,
        employer_id text COLLATE "C" NOT NULL,
        organization_id uuid NOT NULL REFERENCES organization,
        PRIMARY KEY (network_id, employer_id),
        FOREIGN KEY (network_id, employer_id) REFERENCES employer
      );
      CREATE INDEX employer_identity_by_organization ON employer_identity (organization_id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

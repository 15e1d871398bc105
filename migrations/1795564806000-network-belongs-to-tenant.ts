import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: programs. A network is what one source of one tenant brought in, and so the scope of every id in it. One that came
 * before there were tenants has none until it is claimed.
 */
export class NetworkBelongsToTenant1795564806000 implements MigrationInterface {
  name = 'NetworkBelongsToTenant1795564806000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE network
        ADD COLUMN organization_id uuid REFERENCES organization,
        ADD COLUMN source text NOT NULL DEFAULT 'folder';
      CREATE INDEX network_by_organization ON network (organization_id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: programs. A network is what one source of one tenant brought in, and so the scope of every id in it: one tenant's source
 * has one network, since in two of them one id could mean two things. A network that came before there were tenants has none
 * until it is claimed, and such networks are as many as they are.
 */
export class NetworkBelongsToTenant1795564806000 implements MigrationInterface {
  name = 'NetworkBelongsToTenant1795564806000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE network
        ADD COLUMN organization_id uuid REFERENCES organization,
        ADD COLUMN source text NOT NULL DEFAULT 'folder';
      ALTER TABLE network ADD CONSTRAINT network_of_source UNIQUE (organization_id, source);
      COMMENT ON COLUMN network.organization_id IS 'the tenant';
      COMMENT ON COLUMN network.source IS 'what of the tenant''s the rows come from, as the tenant calls it';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

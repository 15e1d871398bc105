import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: identity. What a site supervisor without an account holds: a link to one task and to nothing else, until a day or until it is
 * taken back. Which task it is, the room that gave it knows.
 */
export class CreateSupervisorLink1795564809000 implements MigrationInterface {
  name = 'CreateSupervisorLink1795564809000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE supervisor_link (
        link_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        digest bytea NOT NULL UNIQUE,
        organization_id uuid NOT NULL REFERENCES organization,
        task_kind text NOT NULL CHECK (task_kind IN ('read-requirement')),
        task_key jsonb NOT NULL,
        name text NOT NULL CHECK (name <> ''),
        email text NOT NULL,
        created_by_id uuid NOT NULL REFERENCES person,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      CREATE INDEX supervisor_link_by_organization ON supervisor_link (organization_id, created_at);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

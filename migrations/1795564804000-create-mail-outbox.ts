import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: platform. A mail is a row in the transaction of the command that wants it, so that it exists exactly when that commits.
 * What it says may hold a link that opens something: it is forgotten once sent, or given up.
 */
export class CreateMailOutbox1795564804000 implements MigrationInterface {
  name = 'CreateMailOutbox1795564804000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mail_outbox (
        mail_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        recipient text NOT NULL,
        language text NOT NULL CHECK (language IN ('en', 'es')),
        template text NOT NULL,
        detail jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        attempt_count integer NOT NULL DEFAULT 0,
        last_error text,
        sent_at timestamptz,
        given_up_at timestamptz,
        -- It waits, was sent, or was given up: one of these.
        CHECK (num_nonnulls(detail, sent_at, given_up_at) = 1)
      );
      CREATE INDEX mail_outbox_waiting ON mail_outbox (created_at) WHERE detail IS NOT NULL;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

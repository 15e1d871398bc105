import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: platform. At which addresses a mail server refused our last mail for good, so that whoever invites or asks there sees it. The
 * address stands here as a digest, and goes with the mails to it.
 */
export class NoteUnreachableAddresses1795651320000 implements MigrationInterface {
  name = 'NoteUnreachableAddresses1795651320000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE unreachable_address (
        address_digest bytea PRIMARY KEY CHECK (length(address_digest) = 32),
        reason text NOT NULL,
        refused_at timestamptz NOT NULL
      );
      COMMENT ON COLUMN unreachable_address.address_digest IS 'of the address in small letters (address_digest())';
      COMMENT ON COLUMN unreachable_address.reason IS 'codes alone: a mail server’s sentence repeats the address';
      GRANT SELECT ON unreachable_address TO throughway_app, throughway_worker;
      GRANT INSERT, UPDATE, DELETE ON unreachable_address TO throughway_worker;

      -- As before, and what is noted about these addresses.
      CREATE OR REPLACE FUNCTION forget_mails_to(addresses text[]) RETURNS SETOF uuid
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        WITH gone AS (
          SELECT lower(address) AS address FROM unnest(addresses) address
          EXCEPT SELECT lower(email) FROM person
          EXCEPT SELECT lower(email) FROM student
          EXCEPT SELECT lower(email) FROM guardian WHERE ended_at IS NULL
          EXCEPT SELECT lower(email) FROM invitation WHERE accepted_at IS NULL AND revoked_at IS NULL
        ), noted AS (
          DELETE FROM unreachable_address WHERE address_digest IN (SELECT address_digest(address) FROM gone)
        )
        DELETE FROM mail_outbox m WHERE lower(m.recipient) IN (SELECT address FROM gone) RETURNING m.mail_id
      $$;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

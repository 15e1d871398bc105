import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: platform. What was erased, by ids alone, so that a backup from before can be told again; and what erasing needs: a person
 * whose account was removed is an id without a name, since what they once decided must keep saying that somebody did.
 */
export class CreateTombstone1795651205000 implements MigrationInterface {
  name = 'CreateTombstone1795651205000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tombstone (
        kind text NOT NULL CHECK (kind IN ('student', 'person')),
        id uuid NOT NULL,
        organization_id uuid REFERENCES organization,
        erased_at timestamptz NOT NULL,
        reason text NOT NULL CHECK (reason IN ('request', 'retention')),
        PRIMARY KEY (kind, id)
      );
      COMMENT ON COLUMN tombstone.organization_id IS
        'the school whose record it was, or with whose record an account went; null when a person removed their own';
      ALTER TABLE tombstone ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY owner ON tombstone TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY work ON tombstone TO throughway_worker USING (true) WITH CHECK (true);
      CREATE POLICY tenant ON tombstone TO throughway_app USING (
        organization_id = ANY ((SELECT set_ids('throughway.students'))::uuid[])
        OR (kind = 'person' AND id = (SELECT nullif(current_setting('throughway.person', true), '')::uuid)));
      GRANT SELECT, INSERT ON tombstone TO throughway_app, throughway_worker;

      ALTER TABLE person ALTER COLUMN name DROP NOT NULL,
        ADD COLUMN removed_at timestamptz,
        -- A sign-in that was under way when the account went opens nothing: a removed person is a suspended one, too.
        ADD CONSTRAINT removed_is_bare CHECK (CASE WHEN removed_at IS NULL THEN name IS NOT NULL
          ELSE name IS NULL AND email IS NULL AND suspended_at IS NOT NULL END);

      GRANT DELETE ON student TO throughway_app, throughway_worker;
      GRANT DELETE ON membership, invitation, invitation_link, session, sign_in_link TO throughway_app, throughway_worker;
      GRANT UPDATE (name, email, removed_at, suspended_at) ON person TO throughway_worker;
      GRANT UPDATE (ended_at, ended_by_id) ON membership TO throughway_worker;
      -- To hold them while they are deleted.
      GRANT UPDATE (revoked_at) ON invitation TO throughway_worker;
      GRANT SELECT (person_id), DELETE ON password, passkey, authenticator, recovery_code, external_identity
        TO throughway_worker;

      -- Forgets the mails to these addresses, but for addresses that a record or an account still has, in whatever tenant; answers
      -- whose letters are to be forgotten, too.
      CREATE FUNCTION forget_mails_to(addresses text[]) RETURNS SETOF uuid
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DELETE FROM mail_outbox m
        WHERE lower(m.recipient) IN (
          SELECT lower(address) FROM unnest(addresses) address
          EXCEPT SELECT lower(email) FROM person
          EXCEPT SELECT lower(email) FROM student
          EXCEPT SELECT lower(email) FROM guardian WHERE ended_at IS NULL
          EXCEPT SELECT lower(email) FROM invitation WHERE accepted_at IS NULL AND revoked_at IS NULL
        )
        RETURNING m.mail_id
      $$;
      REVOKE EXECUTE ON FUNCTION forget_mails_to(text[]) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION forget_mails_to(text[]) TO throughway_app, throughway_worker;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

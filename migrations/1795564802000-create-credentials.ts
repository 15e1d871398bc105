import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: identity. How people prove who they are. Links and ceremonies are kept as digests of what was sent, once, and for an
 * hour at most; an invitation stays open for longer than each of its links.
 */
export class CreateCredentials1795564802000 implements MigrationInterface {
  name = 'CreateCredentials1795564802000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE password (
        person_id uuid PRIMARY KEY REFERENCES person,
        hash text NOT NULL,
        length_count smallint NOT NULL,
        set_at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON COLUMN password.hash IS 'argon2id, PHC string';
      COMMENT ON COLUMN password.length_count IS 'characters: a short one is allowed only beside a second factor';

      CREATE TABLE passkey (
        passkey_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        credential_id text COLLATE "C" NOT NULL UNIQUE,
        public_key bytea NOT NULL,
        signature_count bigint NOT NULL,
        transports text[] NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz
      );
      CREATE INDEX passkey_by_person ON passkey (person_id);

      CREATE TABLE authenticator (
        person_id uuid PRIMARY KEY REFERENCES person,
        sealed_secret bytea,
        pending_secret bytea,
        last_step bigint,
        confirmed_at timestamptz,
        CHECK ((sealed_secret IS NULL) = (confirmed_at IS NULL)),
        CHECK (sealed_secret IS NOT NULL OR pending_secret IS NOT NULL)
      );
      COMMENT ON COLUMN authenticator.sealed_secret IS 'AES-256-GCM under the server''s secret key';
      COMMENT ON COLUMN authenticator.pending_secret IS 'likewise, until its first code confirms it: a new app replaces the old one only then';
      COMMENT ON COLUMN authenticator.last_step IS 'RFC 6238 time step of the last code taken: none is taken twice';

      CREATE TABLE recovery_code (
        person_id uuid NOT NULL REFERENCES person,
        digest bytea NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (person_id, digest)
      );

      CREATE TABLE external_identity (
        identity_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        provider_id text NOT NULL,
        issuer text COLLATE "C" NOT NULL,
        subject text COLLATE "C" NOT NULL,
        district text COLLATE "C" NOT NULL DEFAULT '',
        linked_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        UNIQUE (issuer, subject, district)
      );
      CREATE INDEX external_identity_by_person ON external_identity (person_id);

      CREATE TABLE ceremony (
        digest bytea PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('passkey-sign-in', 'passkey-add', 'provider-sign-in')),
        person_id uuid REFERENCES person,
        detail jsonb NOT NULL,
        expires_at timestamptz NOT NULL
      );
      COMMENT ON TABLE ceremony IS 'a sign-in that needs two steps; its row is deleted by the step that uses it';
      CREATE INDEX ceremony_by_expiry ON ceremony (expires_at);

      CREATE TABLE sign_in_link (
        digest bytea PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES person,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );

      CREATE TABLE invitation (
        invitation_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL REFERENCES organization,
        role text NOT NULL,
        subject_id uuid,
        email text NOT NULL,
        language text NOT NULL CHECK (language IN ('en', 'es')),
        invited_by_id uuid REFERENCES person,
        invited_at timestamptz NOT NULL DEFAULT now(),
        open_until timestamptz NOT NULL,
        accepted_at timestamptz,
        accepted_by_id uuid REFERENCES person,
        revoked_at timestamptz,
        CHECK ((subject_id IS NOT NULL) = (role IN ('student', 'guardian'))),
        CHECK (accepted_at IS NULL OR revoked_at IS NULL)
      );
      CREATE INDEX invitation_by_organization ON invitation (organization_id, invited_at);
      CREATE INDEX invitation_by_subject ON invitation (subject_id) WHERE subject_id IS NOT NULL;
      CREATE UNIQUE INDEX invitation_open ON invitation (organization_id, role, subject_id, lower(email))
        NULLS NOT DISTINCT WHERE accepted_at IS NULL AND revoked_at IS NULL;

      CREATE TABLE invitation_link (
        digest bytea PRIMARY KEY,
        invitation_id uuid NOT NULL REFERENCES invitation,
        sent_by_id uuid REFERENCES person,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      COMMENT ON COLUMN invitation_link.sent_by_id IS 'null when the operator or the invited person asked for it';
      CREATE INDEX invitation_link_by_invitation ON invitation_link (invitation_id);
      CREATE INDEX invitation_link_by_sender ON invitation_link (sent_by_id, expires_at);

      -- The table that rate-limiter-flexible keeps its counts in, by its own column names.
      CREATE TABLE rate_limit (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

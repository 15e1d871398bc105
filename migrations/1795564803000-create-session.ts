import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: platform. A session is a row; the cookie holds random bits of which only the digest is kept. Everything that a request
 * may do is read anew from here, so that taking a right away is felt at the next request.
 */
export class CreateSession1795564803000 implements MigrationInterface {
  name = 'CreateSession1795564803000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session (
        session_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        digest bytea NOT NULL UNIQUE,
        person_id uuid NOT NULL REFERENCES person,
        method text NOT NULL CHECK (method IN ('password', 'link', 'invitation', 'passkey', 'provider', 'sample')),
        second_factor_at timestamptz,
        device text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        ended_at timestamptz
      );
      CREATE INDEX session_by_person ON session (person_id) WHERE ended_at IS NULL;

      -- Who asks, as whom, and what is still to be proved; null for a session that is over, unknown or of someone suspended.
      CREATE FUNCTION resolve_session(given bytea, at timestamptz, idle interval) RETURNS jsonb LANGUAGE sql STABLE AS $$
        WITH asking AS (
          SELECT s.session_id, s.method, s.started_at, s.second_factor_at, s.last_seen_at, p.*
          FROM session s JOIN person p USING (person_id)
          WHERE s.digest = given AND s.ended_at IS NULL AND s.expires_at > at AND s.last_seen_at > at - idle
            AND p.suspended_at IS NULL
        ),
        held AS (
          SELECT m.membership_id, m.role, m.subject_id, m.granted_at, o.organization_id, o.name, o.kind, o.sample
          FROM asking JOIN membership m USING (person_id)
          JOIN organization o ON o.organization_id = standing_organization(m.organization_id)
          WHERE m.ended_at IS NULL
        ),
        proof AS (
          SELECT
            EXISTS (SELECT FROM held WHERE role IN ('administrator', 'coordinator', 'educator', 'leader')) AS staff,
            EXISTS (SELECT FROM authenticator a JOIN asking USING (person_id) WHERE a.confirmed_at IS NOT NULL) AS app,
            EXISTS (SELECT FROM passkey k JOIN asking USING (person_id)) AS passkey,
            -- A password that is too short to stand alone (NIST SP 800-63B-4, 3.1.1.2) opens nothing alone.
            EXISTS (SELECT FROM password w JOIN asking USING (person_id)
                    WHERE asking.method = 'password' AND w.length_count < 15) AS short
        )
        SELECT jsonb_build_object(
          'sessionId', session_id, 'personId', person_id, 'name', asking.name, 'email', email, 'language', language,
          'sample', asking.sample, 'lastSeenAt', last_seen_at, 'method', method, 'startedAt', started_at,
          'passkeyOwed', passkey AND second_factor_at IS NULL,
          'secondFactor', CASE
            WHEN second_factor_at IS NOT NULL OR NOT (staff OR app OR short) THEN 'settled'
            WHEN app OR passkey THEN 'code-needed'
            ELSE 'enrollment-needed'
          END,
          'memberships', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
              'membershipId', membership_id, 'role', role, 'subjectId', subject_id, 'since', granted_at,
              'organizationId', organization_id, 'name', held.name, 'kind', kind, 'sample', held.sample,
              'within', (SELECT jsonb_agg(w) FROM organizations_within(organization_id) w)
            ) ORDER BY held.name, role, membership_id) FROM held
          ), '[]'::jsonb)
        )
        FROM asking, proof
      $$;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

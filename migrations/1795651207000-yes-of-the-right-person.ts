import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: students; `organization` and what is over are identity's, `mail_outbox` is platform's. A yes holds for those who were asked
 * and for those who were named: a link opens at the address to which it was mailed; who comes new to an employer was said yes to by
 * nobody; and mails about a record are forgotten with it, whatever address they went to (docs/adr/0015, 0020, 0021).
 */
export class YesOfTheRightPerson1795651207000 implements MigrationInterface {
  name = 'YesOfTheRightPerson1795651207000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE consent_link ADD COLUMN address_digest bytea CHECK (length(address_digest) = 32);
      COMMENT ON COLUMN consent_link.address_digest IS 'of the address to which it was mailed, in small letters (address_digest())';
      CREATE FUNCTION address_digest(address text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
        SELECT sha256(convert_to(lower(address), 'UTF8'))
      $$;
      -- A link whose address the record has no more opens nothing from here on.
      UPDATE consent_link l SET address_digest = coalesce(
        (SELECT address_digest(g.email) FROM guardian g WHERE g.guardian_id = l.guardian_id),
        (SELECT address_digest(s.email) FROM consent c JOIN student s USING (student_id)
         WHERE c.consent_id = l.consent_id AND l.guardian_id IS NULL), sha256(''));
      ALTER TABLE consent_link ALTER COLUMN address_digest SET NOT NULL;
      CREATE POLICY holder ON consent_link FOR SELECT TO throughway_app USING (coalesce(guardian_id,
        (SELECT c.student_id FROM consent c WHERE c.consent_id = consent_link.consent_id))
          = ANY ((SELECT set_ids('throughway.subjects'))::uuid[]));

      ALTER TABLE organization ADD COLUMN merged_at timestamptz;
      UPDATE organization SET merged_at = coalesce((SELECT max(decided_at) FROM employer_duplicate_decision d
        WHERE d.decision = 'merged' AND d.merged_id = organization_id), now()) WHERE merged_into_id IS NOT NULL;
      ALTER TABLE organization ADD CHECK (merged_at IS NULL OR merged_into_id IS NOT NULL);
      COMMENT ON COLUMN organization.merged_at IS 'of a merged employer; null = nobody knows, and so after whatever is asked about';

      -- The employer that stood for this one at an instant, today's at infinity, by the merges of today: those undone never were.
      CREATE FUNCTION standing_organization(id uuid, instant timestamptz) RETURNS uuid LANGUAGE sql STABLE AS $$
        WITH RECURSIVE up AS (
          SELECT organization_id, CASE WHEN coalesce(merged_at, 'infinity') <= instant THEN merged_into_id END AS into_id
          FROM organization WHERE organization_id = id
          UNION ALL
          SELECT above.organization_id, CASE WHEN coalesce(above.merged_at, 'infinity') <= instant THEN above.merged_into_id END
          FROM up JOIN organization above ON above.organization_id = up.into_id
        )
        SELECT organization_id FROM up WHERE into_id IS NULL
      $$;

      ALTER TABLE mail_outbox ADD COLUMN subject_id uuid;
      COMMENT ON COLUMN mail_outbox.subject_id IS 'the student or guardian row that it is about; it may outlive the row for a moment';
      CREATE INDEX mail_outbox_by_subject ON mail_outbox (subject_id) WHERE subject_id IS NOT NULL;

      GRANT DELETE ON supervisor_link TO throughway_worker;
    `);
    await runner.query(FUNCTIONS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const FUNCTIONS = `
  -- Ends, in the school's name and in every school, what was said yes to for these employers, and what is asked for them.
  CREATE FUNCTION withdraw_consents_to(recipients uuid[], instant timestamptz, today date)
    RETURNS TABLE (organization_id uuid, student_id uuid, recipient_id uuid, purpose text)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE consent c SET withdrawn_at = instant, withdrawn_as = 'school'
    WHERE c.recipient_id = ANY(recipients) AND c.withdrawn_at IS NULL AND c.answer IS DISTINCT FROM 'declined'
      AND c.until_on >= today
    RETURNING c.organization_id, c.student_id, c.recipient_id, c.purpose
  $$;

  -- Forgets the mails about these students and guardians; answers whose letters are to be forgotten, too.
  CREATE FUNCTION forget_mails_about(subjects uuid[]) RETURNS SETOF uuid
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM mail_outbox m WHERE m.subject_id = ANY(subjects) RETURNING m.mail_id
  $$;

  REVOKE EXECUTE ON FUNCTION withdraw_consents_to(uuid[], timestamptz, date), forget_mails_about(uuid[]) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION withdraw_consents_to(uuid[], timestamptz, date) TO throughway_app;
  GRANT EXECUTE ON FUNCTION forget_mails_about(uuid[]) TO throughway_app, throughway_worker;
`;

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: students. What of a record may be shown to which employer, why and until when; who said so; and what was shown (docs/adr/0020).
 * Sources: 34 CFR 99.30 (consent), 99.32(a) (record of disclosures), which lasts as long as the student's record.
 */
export class CreateConsent1795651204000 implements MigrationInterface {
  name = 'CreateConsent1795651204000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consent (
        consent_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        student_id uuid NOT NULL,
        recipient_id uuid NOT NULL REFERENCES organization,
        records text[] NOT NULL CHECK (records <> '{}' AND records <@ ARRAY['name', 'contact', 'grade', 'school']),
        purpose text NOT NULL CHECK (purpose IN ('placement', 'hiring', 'school-visit')),
        until_on date NOT NULL,
        asked_by_id uuid NOT NULL REFERENCES person,
        asked_at timestamptz NOT NULL,
        answer text CHECK (answer IN ('given', 'declined')),
        answered_at timestamptz,
        answered_as text CHECK (answered_as IN ('student', 'guardian')),
        answered_by_id uuid REFERENCES person,
        answered_by_guardian_id uuid REFERENCES guardian,
        withdrawn_at timestamptz,
        withdrawn_as text CHECK (withdrawn_as IN ('student', 'guardian', 'school')),
        UNIQUE (consent_id, student_id),
        FOREIGN KEY (student_id, organization_id) REFERENCES student (student_id, organization_id) ON DELETE CASCADE,
        CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_as IS NULL)),
        -- Signed: by link as the one whom the record names, or by an account too.
        CHECK (answered_by_id IS NULL OR answer IS NOT NULL),
        CHECK ((answered_as IS NOT DISTINCT FROM 'guardian') = (answered_by_guardian_id IS NOT NULL)),
        CHECK ((withdrawn_at IS NULL) = (withdrawn_as IS NULL)),
        -- The school takes a question back too; whoever answers withdraws what was given.
        CHECK (withdrawn_at IS NULL OR withdrawn_as = 'school' OR answer IS NOT DISTINCT FROM 'given')
      );
      COMMENT ON COLUMN consent.answered_by_id IS 'null when it was answered by the link that was mailed';
      CREATE INDEX consent_by_student ON consent (student_id);
      CREATE INDEX consent_by_recipient ON consent (recipient_id) WHERE answer = 'given' AND withdrawn_at IS NULL;

      -- A link for whom the record names and who has no account: to one consent and nothing else, until the consent's day.
      CREATE TABLE consent_link (
        digest bytea PRIMARY KEY CHECK (length(digest) = 32),
        organization_id uuid NOT NULL REFERENCES organization,
        consent_id uuid NOT NULL REFERENCES consent ON DELETE CASCADE,
        guardian_id uuid REFERENCES guardian ON DELETE CASCADE,
        made_at timestamptz NOT NULL
      );
      COMMENT ON COLUMN consent_link.guardian_id IS 'whom it was mailed to; null = the student';

      CREATE TABLE disclosure (
        disclosure_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        organization_id uuid NOT NULL,
        student_id uuid NOT NULL,
        recipient_id uuid NOT NULL REFERENCES organization,
        recipient_person_id uuid NOT NULL REFERENCES person,
        basis text NOT NULL CHECK (basis ~ '^(consent|99\\.31\\(a\\)\\([0-9]{1,2}\\))$'),
        consent_id uuid CHECK ((basis = 'consent') = (consent_id IS NOT NULL)),
        records text[] NOT NULL CHECK (records <> '{}'),
        purpose text NOT NULL,
        disclosed_at timestamptz NOT NULL,
        FOREIGN KEY (student_id, organization_id) REFERENCES student (student_id, organization_id) ON DELETE CASCADE,
        FOREIGN KEY (consent_id, student_id) REFERENCES consent (consent_id, student_id) ON DELETE CASCADE
      );
      COMMENT ON COLUMN disclosure.basis IS 'a consent, or the exception of 34 CFR 99.31 under which none is needed';
      CREATE INDEX disclosure_by_student ON disclosure (student_id, disclosed_at DESC);
    `);
    for (const table of ['consent', 'consent_link', 'disclosure']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
      `);
    }
    await runner.query(POLICIES);
    await runner.query(OPEN_LINK);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const SCHOOL = `organization_id = ANY ((SELECT set_ids('throughway.students'))::uuid[])`;
const SUBJECTS = `ANY ((SELECT set_ids('throughway.subjects'))::uuid[])`;
const RECIPIENT = `recipient_id = ANY ((SELECT set_ids('throughway.employers'))::uuid[])`;
const concerned = (table: string): string => `(${SCHOOL} OR student_id = ${SUBJECTS}
  OR EXISTS (SELECT FROM guardian g WHERE g.student_id = ${table}.student_id AND g.guardian_id = ${SUBJECTS}))`;

/** The day and the rights holder are the first wall's: a policy on consent that read student would go round in circles. */
const POLICIES = `
  CREATE POLICY tenant ON consent FOR SELECT TO throughway_app, throughway_worker USING (${concerned('consent')});
  CREATE POLICY recipient ON consent FOR SELECT TO throughway_app
    USING (answer = 'given' AND withdrawn_at IS NULL AND ${RECIPIENT});
  CREATE POLICY ask ON consent FOR INSERT TO throughway_app WITH CHECK (${SCHOOL});
  CREATE POLICY answer ON consent FOR UPDATE TO throughway_app USING (${concerned('consent')});
  GRANT SELECT ON consent TO throughway_app, throughway_worker;
  GRANT INSERT, UPDATE (answer, answered_at, answered_as, answered_by_id, answered_by_guardian_id, withdrawn_at, withdrawn_as)
    ON consent TO throughway_app;

  CREATE POLICY tenant ON consent_link TO throughway_app USING (${SCHOOL});
  GRANT SELECT, INSERT ON consent_link TO throughway_app;

  -- Whom consent was given for; one look at the consents, whatever the number of students.
  CREATE POLICY recipient ON student FOR SELECT TO throughway_app
    USING (student_id = ANY (ARRAY(SELECT c.student_id FROM consent c
      WHERE c.answer = 'given' AND c.withdrawn_at IS NULL AND c.${RECIPIENT})));

  -- Only grows, under whoever looks. Its reader sees what they left there, since what they read is what was written.
  CREATE POLICY tenant ON disclosure FOR SELECT TO throughway_app, throughway_worker USING (${concerned('disclosure')});
  CREATE POLICY recipient ON disclosure FOR SELECT TO throughway_app USING (${RECIPIENT});
  CREATE POLICY look ON disclosure FOR INSERT TO throughway_app WITH CHECK (${RECIPIENT}
    AND recipient_person_id = (SELECT nullif(current_setting('throughway.person', true), '')::uuid)
    AND EXISTS (SELECT FROM consent c WHERE c.consent_id = disclosure.consent_id AND c.student_id = disclosure.student_id
      AND c.answer = 'given' AND c.withdrawn_at IS NULL AND disclosure.records <@ c.records));
  GRANT SELECT ON disclosure TO throughway_app, throughway_worker;
  GRANT INSERT ON disclosure TO throughway_app;
`;

const OPEN_LINK = `
  -- The consent that a link opens on a day, and the guardian (null = the student) whom it was mailed to; no row for one that is
  -- unknown or over. The transaction stands for that one from here on.
  CREATE FUNCTION open_consent_link(given bytea, today date) RETURNS TABLE (consent_id uuid, guardian_id uuid)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE holder uuid;
    BEGIN
      SELECT c.consent_id, l.guardian_id, coalesce(l.guardian_id, c.student_id) INTO consent_id, guardian_id, holder
      FROM consent_link l JOIN consent c USING (consent_id) WHERE l.digest = given AND c.until_on >= today;
      IF NOT FOUND THEN RETURN; END IF;
      PERFORM set_config('throughway.subjects', ARRAY[holder]::text, true);
      RETURN NEXT;
    END $$;
  REVOKE EXECUTE ON FUNCTION open_consent_link(bytea, date) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION open_consent_link(bytea, date) TO throughway_app;
`;

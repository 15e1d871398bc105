import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: platform; consents are students'. What the role of requests could still forge at the second wall (docs/adr/0017): a signature, a
 * link into another school, entries and roots of the record, and what was erased.
 */
export class ForgeNothing1795651208000 implements MigrationInterface {
  name = 'ForgeNothing1795651208000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RECORD);
    await runner.query(ERASURE);
    await runner.query(CONSENT);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const RECORD = `
  -- Jobs alone make roots.
  REVOKE INSERT ON audit_root, audit_root_head FROM throughway_app;
  ALTER POLICY append ON audit_root TO throughway_worker;
  ALTER POLICY append ON audit_root_head TO throughway_worker;

  -- An entry follows the last one of its chain, whoever adds it. Past the wall, since whoever adds may not read the chain.
  CREATE FUNCTION follow_head() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      length bigint;
      head bytea;
    BEGIN
      SELECT e.sequence, e.digest INTO length, head FROM audit_entry e
        WHERE e.organization_id = NEW.organization_id ORDER BY e.sequence DESC LIMIT 1;
      IF NEW.sequence = coalesce(length, 0) + 1 AND NEW.previous = coalesce(head, decode(repeat('00', 32), 'hex')) THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'entry % refused: it does not follow the end of its chain', NEW.sequence
        USING ERRCODE = 'insufficient_privilege';
    END $$;
  REVOKE EXECUTE ON FUNCTION follow_head() FROM PUBLIC;
  CREATE TRIGGER follows BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION follow_head();
`;

const ERASURE = `
  -- Whether what can be erased was, or never was: a person by leaving an id, all else whole. Asked by the functions below, past the wall.
  CREATE FUNCTION is_gone(kind text, id uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE kind
      WHEN 'student' THEN NOT EXISTS (SELECT FROM student s WHERE s.student_id = id)
      WHEN 'guardian' THEN NOT EXISTS (SELECT FROM guardian g WHERE g.guardian_id = id)
      WHEN 'invitation' THEN NOT EXISTS (SELECT FROM invitation i WHERE i.invitation_id = id)
      WHEN 'supervisor-link' THEN NOT EXISTS (SELECT FROM supervisor_link l WHERE l.link_id = id)
      WHEN 'person' THEN NOT EXISTS (SELECT FROM person p WHERE p.person_id = id AND p.removed_at IS NULL)
      ELSE false END
  $$;
  REVOKE EXECUTE ON FUNCTION is_gone(text, uuid) FROM PUBLIC;

  -- As before, once the subjects themselves are gone.
  CREATE OR REPLACE FUNCTION erase_audit_detail(kind text, ids text[]) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE erased bigint;
    BEGIN
      IF EXISTS (SELECT FROM unnest(ids) id WHERE NOT is_gone(kind, id::uuid)) THEN
        RAISE EXCEPTION 'erasing the detail on a % refused: it is not erased itself', kind
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      DELETE FROM audit_detail d USING audit_entry e
        WHERE e.organization_id = d.organization_id AND e.sequence = d.sequence
          AND e.subject_kind = kind AND e.subject_id = ANY(ids);
      GET DIAGNOSTICS erased = ROW_COUNT;
      RETURN erased;
    END $$;

  -- A tombstone is of what is gone, and the first one stays: nobody lays one in the way of an erasure.
  CREATE FUNCTION lay_tombstone(what text, of_id uuid, school uuid, at timestamptz, why text) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      IF NOT is_gone(what, of_id) THEN
        RAISE EXCEPTION 'a tombstone of a % refused: it is not erased', what USING ERRCODE = 'insufficient_privilege';
      END IF;
      INSERT INTO tombstone (kind, id, organization_id, erased_at, reason) VALUES (what, of_id, school, at, why)
        ON CONFLICT DO NOTHING;
    END $$;
  REVOKE EXECUTE ON FUNCTION lay_tombstone(text, uuid, uuid, timestamptz, text) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION lay_tombstone(text, uuid, uuid, timestamptz, text) TO throughway_app, throughway_worker;
  REVOKE INSERT ON tombstone FROM throughway_app, throughway_worker;
`;

const SCHOOL = `organization_id = ANY ((SELECT set_ids('throughway.students'))::uuid[])`;
const SUBJECTS = `ANY ((SELECT set_ids('throughway.subjects'))::uuid[])`;
const CONCERNED = `(${SCHOOL} OR student_id = ${SUBJECTS}
  OR EXISTS (SELECT FROM guardian g WHERE g.student_id = consent.student_id AND g.guardian_id = ${SUBJECTS}))`;
const PERSON = `(SELECT nullif(current_setting('throughway.person', true), '')::uuid)`;

const CONSENT = `
  -- A link is of the tenant of its consent, and goes to a guardian of that tenant's.
  ALTER TABLE consent ADD CONSTRAINT consent_of_tenant UNIQUE (consent_id, organization_id);
  ALTER TABLE guardian ADD CONSTRAINT guardian_by_tenant UNIQUE (guardian_id, organization_id);
  ALTER TABLE consent_link
    DROP CONSTRAINT consent_link_consent_id_fkey,
    DROP CONSTRAINT consent_link_guardian_id_fkey,
    ADD CONSTRAINT consent_link_of_tenant FOREIGN KEY (consent_id, organization_id)
      REFERENCES consent (consent_id, organization_id) ON DELETE CASCADE,
    ADD CONSTRAINT consent_link_to_guardian FOREIGN KEY (guardian_id, organization_id)
      REFERENCES guardian (guardian_id, organization_id) ON DELETE CASCADE;

  -- Asked in one's own name and without an answer; withdrawn for good.
  ALTER POLICY ask ON consent
    WITH CHECK (${SCHOOL} AND asked_by_id = ${PERSON} AND answer IS NULL AND withdrawn_at IS NULL);
  ALTER POLICY answer ON consent USING (withdrawn_at IS NULL AND ${CONCERNED}) WITH CHECK (${CONCERNED});

  -- Signed by the one for whom the transaction stands, as the person who asked or by a link without one. No policy says it: a policy
  -- sees a row as it is or as it will be, and not whether the signature changes.
  CREATE FUNCTION sign_for_oneself() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.answered_by_id IS NOT DISTINCT FROM nullif(current_setting('throughway.person', true), '')::uuid
        AND coalesce(NEW.answered_by_guardian_id, NEW.student_id) = ANY (set_ids('throughway.subjects'))
        AND (NEW.answered_by_guardian_id IS NULL OR EXISTS (SELECT FROM guardian g
          WHERE g.guardian_id = NEW.answered_by_guardian_id AND g.student_id = NEW.student_id)) THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'a signature refused: who asks does not stand for whoever signs'
        USING ERRCODE = 'insufficient_privilege';
    END $$;
  REVOKE EXECUTE ON FUNCTION sign_for_oneself() FROM PUBLIC;
  CREATE TRIGGER signed BEFORE UPDATE OF answer, answered_at, answered_as, answered_by_id, answered_by_guardian_id ON consent
    FOR EACH ROW EXECUTE FUNCTION sign_for_oneself();
`;

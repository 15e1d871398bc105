import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['audit_entry', 'audit_detail', 'audit_root', 'audit_root_head'];

/**
 * Owner: platform. Who did what to what, as chains that cannot be rewritten unseen (docs/adr/0019): one per organization, and the
 * platform's own under the zero id. A chained row holds ids, a word and digests; what is personal lies beside it and can be erased.
 * Nothing here refers to the rows it speaks of: the record outlives them.
 */
export class CreateAudit1795651203000 implements MigrationInterface {
  name = 'CreateAudit1795651203000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_entry (
        organization_id uuid NOT NULL,
        sequence bigint NOT NULL CHECK (sequence > 0),
        at timestamptz(3) NOT NULL,
        actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'operator', 'worker')),
        actor_id uuid CHECK ((actor_kind = 'person') = (actor_id IS NOT NULL)),
        action text NOT NULL CHECK (action ~ '^[a-z]+(-[a-z]+)*$'),
        subject_kind text NOT NULL CHECK (subject_kind ~ '^[a-z]+(-[a-z]+)*$'),
        -- An id and never a name or an address: no space, no @.
        subject_id text NOT NULL CHECK (subject_id ~ '^[A-Za-z0-9._:-]{1,100}$'),
        detail_digest bytea CHECK (length(detail_digest) = 32),
        previous bytea NOT NULL CHECK (length(previous) = 32),
        digest bytea NOT NULL CHECK (length(digest) = 32),
        PRIMARY KEY (organization_id, sequence)
      );
      CREATE INDEX audit_entry_by_time ON audit_entry (organization_id, at);
      CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id) WHERE actor_id IS NOT NULL;
      CREATE INDEX audit_entry_by_subject ON audit_entry (subject_id, subject_kind);

      CREATE TABLE audit_detail (
        organization_id uuid NOT NULL,
        sequence bigint NOT NULL,
        salt text NOT NULL CHECK (salt <> ''),
        detail jsonb NOT NULL CHECK (jsonb_typeof(detail) = 'object'),
        PRIMARY KEY (organization_id, sequence),
        FOREIGN KEY (organization_id, sequence) REFERENCES audit_entry
      );

      CREATE TABLE audit_root (
        number integer PRIMARY KEY CHECK (number > 0),
        made_on date NOT NULL UNIQUE,
        made_at timestamptz(3) NOT NULL,
        previous bytea NOT NULL CHECK (length(previous) = 32),
        digest bytea NOT NULL CHECK (length(digest) = 32)
      );

      -- Where each chain that had grown since the root before ended when the root was made.
      CREATE TABLE audit_root_head (
        number integer NOT NULL REFERENCES audit_root,
        organization_id uuid NOT NULL,
        sequence bigint NOT NULL CHECK (sequence > 0),
        digest bytea NOT NULL CHECK (length(digest) = 32),
        PRIMARY KEY (organization_id, number)
      );
      CREATE INDEX audit_root_head_by_root ON audit_root_head (number);
    `);
    await runner.query(FUNCTIONS);
    for (const table of TABLES) {
      await runner.query(`
        CREATE TRIGGER stays BEFORE UPDATE OR TRUNCATE ${table === 'audit_detail' ? '' : 'OR DELETE'} ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
        CREATE POLICY append ON ${table} FOR INSERT TO throughway_app, throughway_worker WITH CHECK (true);
        CREATE POLICY tenant ON ${table} FOR SELECT TO throughway_app, throughway_worker USING (${
          // A root alone is digests of digests: it tells of nobody, and anyone may keep one.
          table === 'audit_root' ? 'true' : `organization_id = ANY ((SELECT set_ids('throughway.audited'))::uuid[])`
        });
        REVOKE ALL ON ${table} FROM PUBLIC, throughway_app, throughway_worker;
        GRANT SELECT, INSERT ON ${table} TO throughway_app, throughway_worker;
      `);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const FUNCTIONS = `
  CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% of % refused: the record only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END $$;

  -- The end of a chain, no row when it has none yet. Whoever asks holds the chain until the transaction ends: the next entry is theirs.
  CREATE FUNCTION audit_head(chain uuid) RETURNS TABLE (sequence bigint, digest bytea)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended(chain::text, 7433002));
      RETURN QUERY SELECT e.sequence, e.digest FROM audit_entry e
        WHERE e.organization_id = chain ORDER BY e.sequence DESC LIMIT 1;
    END $$;

  -- The ends of the chains that have grown since the last root; each chain is stepped to by the index, not read.
  CREATE FUNCTION audit_grown_heads() RETURNS TABLE (organization_id uuid, sequence bigint, digest bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE chain AS (
      (SELECT e.organization_id FROM audit_entry e ORDER BY e.organization_id LIMIT 1)
      UNION ALL
      SELECT (SELECT e.organization_id FROM audit_entry e
              WHERE e.organization_id > chain.organization_id ORDER BY e.organization_id LIMIT 1)
      FROM chain WHERE chain.organization_id IS NOT NULL
    )
    SELECT head.organization_id, head.sequence, head.digest
    FROM chain CROSS JOIN LATERAL (
      SELECT e.organization_id, e.sequence, e.digest FROM audit_entry e
      WHERE e.organization_id = chain.organization_id ORDER BY e.sequence DESC LIMIT 1
    ) head
    WHERE head.sequence > coalesce((SELECT h.sequence FROM audit_root_head h
      WHERE h.organization_id = chain.organization_id ORDER BY h.number DESC LIMIT 1), 0)
  $$;

  -- Erases what lies beside the entries on these subjects; the chains keep their salted digests. Answers how many there were.
  CREATE FUNCTION erase_audit_detail(kind text, ids text[]) RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH erased AS (
      DELETE FROM audit_detail d USING audit_entry e
      WHERE e.organization_id = d.organization_id AND e.sequence = d.sequence
        AND e.subject_kind = kind AND e.subject_id = ANY(ids)
      RETURNING 1
    )
    SELECT count(*) FROM erased
  $$;

  REVOKE EXECUTE ON FUNCTION audit_head(uuid), audit_grown_heads(), erase_audit_detail(text, text[]) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION audit_head(uuid) TO throughway_app, throughway_worker;
  GRANT EXECUTE ON FUNCTION audit_grown_heads(), erase_audit_detail(text, text[]) TO throughway_worker;
`;

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a network's rows are to someone whose tenant keeps them, and to the employer whom the row names. */
const CURRICULUM = [
  ...['skill', 'credential', 'institution', 'pathway', 'pathway_version', 'unit', 'unit_skill', 'version_credential'],
  ...['cohort', 'network_area', 'network_projection', 'alignment_run'],
];
const OF_EMPLOYER = ['employer', 'site', 'requirement', 'commitment', 'evidence', 'alignment_partnership'];
const OF_REQUIREMENT = ['requirement_skill', 'requirement_credential'];
const OF_TENANT = [
  ...['educator', 'educator_skill', 'requirement_review', 'import_run'],
  ...['alignment_component', 'alignment_cohort', 'alignment_county', 'alignment_total'],
];
const NETWORK_ROWS = [
  ...['network', 'employer_identity', 'activation'],
  ...[...CURRICULUM, ...OF_EMPLOYER, ...OF_REQUIREMENT, ...OF_TENANT],
];
const STUDENT_ROWS = ['student', 'guardian', 'student_population'];

/** Who is who: read before anyone is known, and so without a tenant (docs/adr/0017). */
const DIRECTORY = [
  ...['organization', 'organization_site', 'person', 'membership', 'invitation', 'invitation_link', 'supervisor_link'],
  ...['employer_duplicate', 'employer_duplicate_decision', 'session', 'sign_in_link', 'ceremony', 'mail_outbox'],
  ...['password', 'passkey', 'authenticator', 'recovery_code', 'external_identity', 'rate_limit'],
];
const CREDENTIALS = ['password', 'passkey', 'authenticator', 'recovery_code', 'external_identity', 'rate_limit'];

/**
 * Owner: platform. The database as the second wall. Three roles: the owner migrates; `throughway_app` answers requests;
 * `throughway_worker` works jobs. The two own no table and bypass nothing, and what they see of a tenant's rows is what their
 * transaction was set to see: settings that end with it, of which none set means no row.
 */
export class RaiseSecondWall1795651201000 implements MigrationInterface {
  name = 'RaiseSecondWall1795651201000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLES);
    await runner.query(FUNCTIONS);
    for (const table of [...NETWORK_ROWS, ...STUDENT_ROWS]) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
      `);
    }
    /** Whose the rows are: they are read and written for them. */
    const tenant = (table: string, condition: string): Promise<unknown> =>
      runner.query(`CREATE POLICY tenant ON ${table} TO throughway_app, throughway_worker USING (${condition})`);
    /** Whom they are about: they read them. */
    const party = (table: string, condition: string): Promise<unknown> =>
      runner.query(`CREATE POLICY party ON ${table} FOR SELECT TO throughway_app USING (${condition})`);

    for (const table of NETWORK_ROWS) {
      await tenant(table, `network_id = ANY ((SELECT set_networks('throughway.networks'))::integer[])`);
    }
    const partner = `network_id = ANY ((SELECT set_networks('throughway.partner_networks'))::integer[])`;
    const employers = `organization_id = ANY ((SELECT set_ids('throughway.partners'))::uuid[])`;
    for (const table of ['network', ...CURRICULUM]) await party(table, partner);
    for (const table of OF_EMPLOYER) {
      await party(
        table,
        `${partner} AND EXISTS (SELECT FROM employer_identity i
          WHERE i.network_id = ${table}.network_id AND i.employer_id = ${table}.employer_id AND i.${employers})`,
      );
    }
    const through = (above: string, table: string): string => `${partner} AND EXISTS (SELECT FROM ${above} a
      WHERE a.network_id = ${table}.network_id AND a.${above}_id = ${table}.${above}_id)`;
    for (const table of OF_REQUIREMENT) await party(table, through('requirement', table));
    await party('activation', through('commitment', 'activation'));
    await party('employer_identity', employers);

    const subjects = `ANY ((SELECT set_ids('throughway.subjects'))::uuid[])`;
    for (const table of STUDENT_ROWS) {
      await tenant(table, `organization_id = ANY ((SELECT set_ids('throughway.students'))::uuid[])`);
    }
    await party('guardian', `guardian_id = ${subjects} OR student_id = ${subjects}`);
    for (const table of ['student', 'student_population']) {
      await party(
        table,
        `student_id = ${subjects} OR EXISTS (
          SELECT FROM guardian g WHERE g.student_id = ${table}.student_id AND g.guardian_id = ${subjects})`,
      );
    }
    await runner.query(GRANTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

/** Roles belong to the whole server, which may hold other databases of ours: made once. They get their passwords at a start. */
const ROLES = `
  DO $$
  DECLARE name text;
  BEGIN
    FOREACH name IN ARRAY ARRAY['throughway_app', 'throughway_worker'] LOOP
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        BEGIN
          EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
      END IF;
    END LOOP;
  END $$;
`;

const FUNCTIONS = `
  -- What the transaction was set to see; null, and so nothing, when it was not.
  CREATE FUNCTION set_ids(setting text) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting(setting, true), '')::uuid[]
  $$;
  CREATE FUNCTION set_networks(setting text) RETURNS integer[] LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting(setting, true), '')::integer[]
  $$;

  -- The organization, and all above it.
  CREATE FUNCTION organizations_above(id uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE up AS (
      SELECT organization_id, parent_id FROM organization WHERE organization_id = id
      UNION ALL
      SELECT above.organization_id, above.parent_id FROM up JOIN organization above ON above.organization_id = up.parent_id
    )
    SELECT organization_id FROM up
  $$;

  -- The synthetic networks, those of these tenants and of the tenants at or above these homes.
  CREATE FUNCTION networks_of(tenants uuid[], homes uuid[], unclaimed boolean, everyone boolean) RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(network_id), '{}') FROM network
    WHERE everyone OR sample OR (unclaimed AND organization_id IS NULL) OR organization_id = ANY(tenants)
      OR organization_id IN (SELECT organizations_above(home) FROM unnest(homes) home)
  $$;

  -- The networks in which one of these employers is named.
  CREATE FUNCTION partner_networks_of(employers uuid[]) RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT network_id), '{}') FROM employer_identity WHERE organization_id = ANY(employers)
  $$;

  -- A new network under the name asked for, or under that with a number where it is taken: whether another tenant has a
  -- network of that name is nobody's to learn. The transaction sees it from here on.
  CREATE FUNCTION found_network(wanted text, title text, is_sample boolean, tenant uuid, from_source text) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      tried text := wanted;
      made integer;
    BEGIN
      FOR number IN 2..1000000 LOOP
        INSERT INTO network (slug, name, sample, organization_id, source)
        VALUES (tried, title, is_sample, tenant, from_source) ON CONFLICT (slug) DO NOTHING RETURNING network_id INTO made;
        EXIT WHEN made IS NOT NULL;
        tried := left(wanted, 55) || '-' || number;
      END LOOP;
      PERFORM set_config('throughway.networks',
        (coalesce(set_networks('throughway.networks'), '{}') || made)::text, true);
      RETURN made;
    END $$;

  -- Planner statistics after many rows came in, which only a table's owner may refresh.
  CREATE FUNCTION refresh_statistics(VARIADIC tables text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE name text;
    BEGIN
      FOREACH name IN ARRAY tables LOOP EXECUTE format('ANALYZE %I', name); END LOOP;
    END $$;

  ALTER FUNCTION resolve_session(bytea, timestamptz, interval) SECURITY DEFINER SET search_path = public, pg_temp;
`;

const both = 'throughway_app, throughway_worker';

const GRANTS = `
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  GRANT USAGE ON SCHEMA public TO ${both};
  REVOKE EXECUTE ON FUNCTION networks_of(uuid[], uuid[], boolean, boolean), partner_networks_of(uuid[]),
    found_network(text, text, boolean, uuid, text), refresh_statistics(text[]),
    resolve_session(bytea, timestamptz, interval) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION resolve_session(bytea, timestamptz, interval) TO throughway_app;
  GRANT EXECUTE ON FUNCTION networks_of(uuid[], uuid[], boolean, boolean), partner_networks_of(uuid[]),
    found_network(text, text, boolean, uuid, text), refresh_statistics(text[]) TO ${both};

  -- Public data and the record of migrations are read by both and written by the owner's commands alone.
  GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${both};
  REVOKE SELECT ON ${CREDENTIALS.join(', ')} FROM throughway_worker;

  GRANT INSERT, UPDATE ON ${DIRECTORY.join(', ')}, ${STUDENT_ROWS.join(', ')} TO throughway_app;
  -- A decision is taken back by another one beside it.
  REVOKE UPDATE ON employer_duplicate_decision FROM throughway_app;
  GRANT DELETE ON ${CREDENTIALS.join(', ')}, ceremony TO throughway_app;
  GRANT UPDATE ON network TO ${both};
  GRANT INSERT, UPDATE ON import_run TO throughway_app;

  GRANT INSERT, UPDATE, DELETE ON ${NETWORK_ROWS.filter((table) => table !== 'network').join(', ')} TO throughway_worker;
  GRANT INSERT, UPDATE ON organization, organization_site, employer_duplicate TO throughway_worker;
  GRANT UPDATE, DELETE ON mail_outbox TO throughway_worker;
  GRANT INSERT ON mail_outbox TO throughway_worker;
  GRANT DELETE ON session, sign_in_link, invitation_link, ceremony TO throughway_worker;

  -- The queue's own schema belongs to the worker, which sets it up and keeps it; requests leave jobs in it.
  DO $$
  DECLARE found record;
  BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      EXECUTE format('GRANT throughway_worker TO %I', current_user);
    END IF;
    CREATE SCHEMA IF NOT EXISTS pgboss;
    ALTER SCHEMA pgboss OWNER TO throughway_worker;
    FOR found IN SELECT oid::regclass AS name FROM pg_class
      WHERE relnamespace = 'pgboss'::regnamespace AND relkind IN ('r', 'p') LOOP
      EXECUTE format('ALTER TABLE %s OWNER TO throughway_worker', found.name);
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO throughway_app', found.name);
    END LOOP;
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'pgboss'::regnamespace LOOP
      EXECUTE format('ALTER FUNCTION %s OWNER TO throughway_worker', found.name);
    END LOOP;
    FOR found IN SELECT oid::regtype AS name FROM pg_type
      WHERE typnamespace = 'pgboss'::regnamespace AND typtype = 'e' LOOP
      EXECUTE format('ALTER TYPE %s OWNER TO throughway_worker', found.name);
    END LOOP;
  END $$;
  GRANT USAGE ON SCHEMA pgboss TO throughway_app;
  ALTER DEFAULT PRIVILEGES FOR ROLE throughway_worker IN SCHEMA pgboss
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO throughway_app;
`;

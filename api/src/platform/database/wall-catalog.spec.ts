import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APP_ROLE, WORKER_ROLE } from './roles.js';
import { testDatabase, type TestDatabase } from './test-database.js';

/**
 * What the database's own catalog says of the second wall. The lists are written by hand: a new table, grant or function fails here
 * until someone has decided about it.
 */
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const words = (text: string): string[] => text.trim().split(/\s+/).sort();

async function catalog(sql: string): Promise<string[]> {
  const rows: { it: string }[] = await database.source.query(sql);
  return rows.map(({ it }) => it).sort();
}

const IN_PUBLIC = `relnamespace = 'public'::regnamespace`;
/** As the two roles are named in SQL. */
const BOTH = `('${APP_ROLE}', '${WORKER_ROLE}')`;

/** Tables without row-level security, by why they need none. */
const OPEN = {
  'public data, the same for everyone': words(`
    alternate_title cip cip_occupation cip_soc county county_adjacency county_source dwa job_zone labor_area labor_area_county
    labor_area_total labor_projection labor_turnover national_wage occupation occupation_education occupation_skill
    occupation_technology occupation_tool reference_credential reference_institution reference_source related_occupation
    skill_element soc_change soc_definition soc_estimate state_in_demand task task_dwa zip_county`),
  'the directory: read to find out who asks, and in which tenant': words(`
    employer_duplicate employer_duplicate_decision invitation invitation_link membership organization organization_site person
    session sign_in_link supervisor_link`),
  'ways to sign in, and guesses at them, by person and not by tenant': words(`
    authenticator ceremony external_identity passkey password rate_limit recovery_code`),
  'letters to people, by mail address and not by tenant': ['mail_outbox', 'unreachable_address'],
  'which migrations ran, and on whose data': ['installation', 'migration'],
};

describe('Every table', () => {
  test('has row-level security, enabled and forced, or is open for a reason', async () => {
    const open = await catalog(`SELECT relname AS it FROM pg_class
      WHERE ${IN_PUBLIC} AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)`);
    expect(open).toEqual(Object.values(OPEN).flat().sort());
  });

  test('that names an organization, a network or a student is behind the wall, but for the directory', async () => {
    const naming =
      await catalog(`SELECT DISTINCT relname AS it FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
      WHERE ${IN_PUBLIC} AND relkind IN ('r', 'p') AND NOT relrowsecurity
        AND attname IN ('organization_id', 'network_id', 'student_id', 'guardian_id', 'tenant_id')`);
    const directory = OPEN['the directory: read to find out who asks, and in which tenant'];
    expect(naming.filter((table) => !directory.includes(table))).toEqual([]);
  });

  test('with row-level security has a policy, and none that lets everybody see every row, but for three', async () => {
    const without = await catalog(`SELECT relname AS it FROM pg_class c WHERE ${IN_PUBLIC} AND relrowsecurity
      AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname <> 'owner')`);
    expect(without).toEqual([]);
    const wide =
      await catalog(`SELECT polrelid::regclass || ' ' || role::regrole AS it FROM pg_policy, unnest(polroles) role
      WHERE pg_get_expr(polqual, polrelid) = 'true' AND polname <> 'owner'`);
    // When a command was answered, and no other column, for who forgets it; digests of digests; and ids of what was erased, for who
    // erases it again when a backup was restored.
    expect(wide).toEqual([
      ...[`answered_command ${WORKER_ROLE}`, `audit_root ${APP_ROLE}`, `audit_root ${WORKER_ROLE}`],
      `tombstone ${WORKER_ROLE}`,
    ]);
  });

  test('belongs to the owner, and there is no view, which would look with its owner’s eyes', async () => {
    expect(
      await catalog(`SELECT relname AS it FROM pg_class WHERE ${IN_PUBLIC} AND relkind IN ('v', 'm', 'f')`),
    ).toEqual([]);
    expect(
      await catalog(`SELECT relname AS it FROM pg_class WHERE ${IN_PUBLIC} AND relowner::regrole::text IN ${BOTH}
        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner::regrole::text IN ${BOTH}`),
    ).toEqual([]);
  });
});

/** What requests may write. */
const APP = {
  INSERT: words(`
    answered_command audit_detail audit_entry authenticator ceremony consent consent_link disclosure employer_duplicate
    employer_duplicate_decision external_identity guardian import_run invitation invitation_link mail_outbox membership organization
    organization_site passkey password person rate_limit recovery_code session sign_in_link student student_population
    supervisor_link`),
  UPDATE: words(`
    authenticator ceremony employer_duplicate external_identity guardian import_run invitation invitation_link mail_outbox membership
    network organization organization_site passkey password person rate_limit recovery_code session sign_in_link student
    student_population supervisor_link`),
  // A student's record goes whole when it is erased (TRUST S8); guardians and populations go with it.
  DELETE: words(`
    authenticator ceremony external_identity invitation invitation_link membership passkey password rate_limit recovery_code session
    sign_in_link student`),
};

/** What jobs may write beside the rows of networks. */
const WORKER = {
  INSERT: words(
    `audit_detail audit_entry audit_root audit_root_head employer_duplicate mail_outbox organization organization_site unreachable_address`,
  ),
  UPDATE: words('employer_duplicate mail_outbox organization organization_site unreachable_address'),
  DELETE: words(`
    answered_command authenticator ceremony external_identity invitation invitation_link mail_outbox membership passkey password recovery_code session
    sign_in_link student supervisor_link unreachable_address`),
};

describe('The roles of requests and of jobs', () => {
  test('own nothing here, bypass nothing, and stand in for nobody', async () => {
    const roles = await database.source.query<object[]>(
      `SELECT rolname AS role, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS mighty,
         EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS member,
         has_schema_privilege(r.oid, 'public', 'CREATE') AS creates
       FROM pg_roles r WHERE rolname IN ${BOTH} ORDER BY 1`,
    );
    const humble = { mighty: false, member: false, creates: false };
    expect(roles).toEqual([
      { role: APP_ROLE, ...humble },
      { role: WORKER_ROLE, ...humble },
    ]);
  });

  const granted = (role: string, privilege: string): Promise<string[]> =>
    catalog(`SELECT relname AS it FROM pg_class, aclexplode(relacl) WHERE ${IN_PUBLIC} AND relkind IN ('r', 'p')
      AND grantee::regrole::text = '${role}' AND privilege_type = '${privilege}'`);

  test.each(['INSERT', 'UPDATE', 'DELETE'] as const)('%s what they need to, and no more', async (privilege) => {
    expect(await granted(APP_ROLE, privilege)).toEqual(APP[privilege]);
    const networkRows = await catalog(`SELECT relname AS it FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
      WHERE ${IN_PUBLIC} AND relkind IN ('r', 'p') AND attname = 'network_id'`);
    const network = privilege === 'UPDATE' ? ['network'] : [];
    const worker = [...networkRows.filter((table) => table !== 'network'), ...network, ...WORKER[privilege]];
    expect(await granted(WORKER_ROLE, privilege)).toEqual(worker.sort());
  });

  test('have no other right at any table, and nobody else has any', async () => {
    const others = await catalog(`SELECT DISTINCT relname || ' ' || grantee::regrole || ' ' || privilege_type AS it
      FROM pg_class, aclexplode(relacl) WHERE ${IN_PUBLIC} AND relkind IN ('r', 'p') AND grantee <> relowner
        AND NOT (grantee::regrole::text IN ${BOTH} AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))`);
    expect(others).toEqual([]);
  });

  test('jobs read no credential', async () => {
    const secret = words('authenticator external_identity passkey password rate_limit recovery_code');
    const read = await granted(WORKER_ROLE, 'SELECT');
    expect(secret.filter((table) => read.includes(table))).toEqual([]);
  });
});

/** Functions that see past the wall, each for one question (docs/adr/0017), and which of the roles may ask it. */
const DEFINERS: Record<string, string> = {
  audit_grown_heads: 'worker',
  audit_head: 'app worker',
  erase_audit_detail: 'app worker',
  forget_answers: 'app worker',
  forget_mails_about: 'app worker',
  forget_mails_to: 'app worker',
  found_network: 'app worker',
  lay_tombstone: 'app worker',
  networks_of: 'app worker',
  open_consent_link: 'app',
  partner_networks_of: 'app worker',
  refresh_statistics: 'app worker',
  resolve_session: 'app',
  students_not_listed_since: 'worker',
  withdraw_consents_to: 'app',
};

describe('Every function that sees past the wall', () => {
  test('is one of these, for these roles and nobody else', async () => {
    const rows: { name: string; who: string }[] = await database.source.query(
      `SELECT proname AS name, string_agg(CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE replace(grantee::regrole::text, 'throughway_', '') END,
         ' ' ORDER BY grantee::regrole::text) AS who
       FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
       WHERE pronamespace = 'public'::regnamespace AND prosecdef AND grantee <> proowner GROUP BY oid, proname`,
    );
    expect(Object.fromEntries(rows.map(({ name, who }) => [name, who]))).toEqual(DEFINERS);
  });

  test('looks names up here alone, and in what a session made for itself last', async () => {
    const loose =
      await catalog(`SELECT proname AS it FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
      AND 'search_path=public, pg_temp' <> ALL (coalesce(proconfig, '{}'))`);
    expect(loose).toEqual([]);
  });
});

import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OrganizationKind, Role } from '@throughway/vocabulary/roles';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { aTown, dayOf, together } from '../../test/support/a-network.js';
import { aPassword } from './identity/credentials.builder.js';
import { anOrganization, aPerson } from './identity/people.builder.js';
import { NetworkIntake } from './intake/network-intake.service.js';
import { recordActs } from './platform/audit/record-acts.js';
import { SecretBox } from './platform/auth/secret-box.js';
import { digestOf, newToken } from './platform/auth/tokens.js';
import type { TestDatabase } from './platform/database/test-database.js';
import { DEAD_LETTERS, Jobs } from './platform/jobs/jobs.js';
import { ProgramsService } from './programs/programs.service.js';

/** Columns of the matrix: everyone who may ask. Staff without a place are the school's. */
export const ASKERS = [
  'stranger',
  'suspended',
  'no-role',
  'code-owed',
  'unenrolled',
  'supervisor',
  'api-client',
  'operator',
  'student-minor',
  'student-adult',
  'guardian',
  'guardian-of-adult',
  'educator',
  'coordinator',
  'leader',
  'administrator',
  'district-educator',
  'district-coordinator',
  'district-leader',
  'district-administrator',
  'region-coordinator',
  'region-leader',
  'region-administrator',
  'state-coordinator',
  'state-leader',
  'state-administrator',
  'employer-member',
  'employer-admin',
  'sample-coordinator',
  'sample-administrator',
] as const;
export type Asker = (typeof ASKERS)[number];

/** Who comes without a session that counts. */
export const STRANGERS: readonly Asker[] = ['stranger', 'suspended', 'supervisor', 'api-client', 'operator'];
/** Who is signed in and has still to prove a second factor. */
export const OWING: readonly Asker[] = ['code-owed', 'unenrolled'];

/** Networks: the school's own, the region's, that of the next school in the district, another region's, nobody's, the sample's. */
export const NETWORKS = ['school', 'region', 'next', 'foreign', 'unclaimed', 'sample'] as const;
export type NetworkName = (typeof NETWORKS)[number];

/** Students, by what is special about them: `next` learns at the next school, `college` at one below the region. */
export const STUDENTS = ['minor', 'adult', 'next', 'college', 'foreign', 'sample'] as const;
export type StudentName = (typeof STUDENTS)[number];

/** Organizations; `fresh` is an employer without an administrator, `other` one that has some. */
export const PLACES = [
  ...['state', 'region', 'district', 'school', 'next', 'college'],
  ...['foreign', 'foreign-region', 'sample', 'sample-region', 'employer', 'other', 'fresh', 'sample-employer'],
] as const;
export type Place = string;

export interface Person {
  asker: Asker;
  headers: Record<string, string>;
  personId: string;
  email: string;
  membershipId: string;
  /** What hangs on the account of whoever asks. */
  passkeyId: string;
  identityId: string;
  sessionId: string;
  /** Invitations that they sent: to lead the school, and to be the first administrator of the fresh employer. */
  sent: Record<'school' | 'fresh', string>;
}

export interface Spot {
  organizationId: string;
  /** One who works there and is no asker, as a manager where there are managers. */
  personId: string;
  membershipId: string;
  siteId: string;
  invitationId: string;
}

export interface StudentIds {
  studentId: string;
  guardianId: string;
  otherGuardianId: string;
  organizationId: string;
}

/** Ids of consents by student: a question without an answer, and one that was given. */
export interface Consents {
  asked: Record<StudentName, string>;
  /** To the askers' employer for the minor and, by the guardian when it was theirs to give, the adult; to another for the rest. */
  given: Record<StudentName, string>;
  /** Of the minor: by the other guardian with a link, and by the student, whom the record then had as an adult. */
  givenByOther: string;
  givenByStudent: string;
  /** Tokens of links mailed to the minor's guardian: to the question, and to what was given. */
  askedToken: string;
  givenToken: string;
}

export interface World {
  source: DataSource;
  people: Record<Asker, Person>;
  places: Record<Place, Spot>;
  students: Record<StudentName, StudentIds>;
  imports: Record<NetworkName, string>;
  /** A job of each network, and one of none, that failed for good. */
  failedJobs: Record<NetworkName | 'server', string>;
  pairs: Record<'real' | 'merged' | 'sample', { duplicateId: string; keepId: string }>;
  links: Record<'employer' | 'other', { linkId: string; token: string }>;
  consents: Consents;
  invitationToken: string;
  signInToken: string;
  stopToken: string;
  /** Someone who signs in with {@link SAMPLE_PASSWORD}. */
  passwordOwner: string;
  /** A passkey, sign-in service and session of somebody else. */
  elsewhere: Pick<Person, 'passkeyId' | 'identityId' | 'sessionId'>;
}

/** The token that opens imports to programs. */
export const IMPORT_TOKEN = 'a-token-of-forty-characters-for-the-spec';

/** Names of the two employers of each network, and of the two schools: of the first one the school of the askers is one. */
const TOWNS = { Here: '21193', There: '21145' } as const;

/** One world in which everybody stands somewhere, written straight into the database; the networks come in as imports do. */
export async function aWorld(app: NestExpressApplication, database: TestDatabase): Promise<World> {
  const { source, asOwner } = database;
  const places = await somePlaces(source);
  const at = (place: Place): string => places[place]?.organizationId ?? '';
  for (const name of NETWORKS) {
    const tenant = {
      school: 'school',
      region: 'region',
      next: 'next',
      foreign: 'foreign-region',
      sample: 'sample-region',
    };
    await asOwner.run(async (em) => {
      const organizationId = name === 'unclaimed' ? null : at(tenant[name]);
      const network = { slug: name, name: `Sample ${name}`, sample: name === 'sample', organizationId };
      const { networkId } = await app.get(ProgramsService).ensureNetwork(em, network);
      await app.get(NetworkIntake).saveAndAlign(em, networkId, someRows(), 'import');
    });
  }
  await nameWhoIsWho(source, {
    employer: at('employer'),
    other: at('other'),
    school: at('school'),
    next: at('next'),
    college: at('college'),
  });
  const students = await someStudents(source, at);
  const people = await somePeople(source, at, students);
  const token = newToken();
  const links = { employer: await aLink(source, at('employer'), token), other: await aLink(source, at('other')) };
  people.supervisor.headers['authorization'] = `Bearer ${token}`;
  const elsewhere = await someoneElse(source);
  await someActs(database, places);
  return {
    source,
    people,
    places,
    students,
    imports: await someImports(source),
    failedJobs: await someFailedJobs(app, source),
    pairs: await somePairs(source),
    links,
    consents: await someConsents(source, at, students, people),
    invitationToken: await anInvitationLink(source, places['school']?.invitationId ?? ''),
    signInToken: await aSignInLink(source, elsewhere.personId),
    stopToken: app.get(SecretBox).seal(`stop-mails consent-answered ${elsewhere.personId}`).toString('base64url'),
    passwordOwner: elsewhere.email,
    elsewhere,
  };
}

async function one<Row>(source: DataSource, sql: string, values: unknown[] = []): Promise<Row> {
  const rows: Row[] = await source.query(sql, values);
  if (!rows[0]) throw new Error(`no row: ${sql}`);
  return rows[0];
}

async function somePlaces(source: DataSource): Promise<Record<Place, Spot>> {
  const places: Record<Place, Spot> = {};
  const found = async (place: Place, kind: OrganizationKind, above: Place | null): Promise<void> => {
    const parentId = above === null ? null : (places[above]?.organizationId ?? null);
    const ein = kind === 'employer' ? String(360_000_000 + Object.keys(places).length) : null;
    const organizationId = await anOrganization(source, { kind, name: `Sample ${place}`, parentId, ein });
    if (place.startsWith('sample')) {
      await source.query('UPDATE organization SET sample = true WHERE organization_id = $1', [organizationId]);
    }
    places[place] = await aSpot(source, organizationId, kind === 'employer', place === 'fresh');
  };
  await found('state', 'state', null);
  await found('region', 'region', 'state');
  await found('district', 'district', 'region');
  await found('school', 'school', 'district');
  await found('next', 'school', 'district');
  await found('college', 'college', 'region');
  await found('foreign-region', 'region', null);
  await found('foreign', 'school', 'foreign-region');
  await found('sample-region', 'region', null);
  await found('sample', 'school', 'sample-region');
  for (const employer of ['employer', 'other', 'fresh', 'sample-employer']) await found(employer, 'employer', null);
  return places;
}

/** With someone who manages its people, unless nobody does, a site and an open invitation. */
async function aSpot(source: DataSource, organizationId: string, isEmployer: boolean, isFresh: boolean): Promise<Spot> {
  const role: Role = isEmployer ? (isFresh ? 'employer-member' : 'employer-admin') : 'administrator';
  const { personId } = await aPerson(source, { name: 'Sample Colleague', roles: [{ organizationId, role }] });
  const { id: membershipId } = await one<{ id: string }>(
    source,
    'SELECT membership_id AS id FROM membership WHERE person_id = $1',
    [personId],
  );
  const { id: siteId } = await one<{ id: string }>(
    source,
    `INSERT INTO organization_site (organization_id, name, county_fips) VALUES ($1, 'Sample site', '21193')
     RETURNING site_id AS id`,
    [organizationId],
  );
  const invited: Role = isEmployer ? 'employer-member' : 'leader';
  const invitationId = await anInvitation(source, organizationId, invited, personId);
  return { organizationId, personId, membershipId, siteId, invitationId };
}

async function anInvitation(
  source: DataSource,
  organizationId: string,
  role: Role,
  invitedById: string,
): Promise<string> {
  const { id } = await one<{ id: string }>(
    source,
    `INSERT INTO invitation (organization_id, role, email, language, invited_by_id, open_until)
     VALUES ($1, $2, $3, 'en', $4, now() + interval '14 days') RETURNING invitation_id AS id`,
    [organizationId, role, `invited-${randomUUID()}@example.test`, invitedById],
  );
  return id;
}

/** Two towns, whose employers each have a partnership with both schools. */
function someRows(): ReturnType<typeof together> {
  const towns = Object.entries(TOWNS).map(([name, countyFips]) => aTown({ name, countyFips }));
  const rows = together(...towns);
  const [meeting] = rows.evidence;
  if (!meeting) throw new Error('a town has no evidence');
  for (const [from, to] of [
    ['Here', 'There'],
    ['There', 'Here'],
  ]) {
    const crossing = { evidenceId: `${from}-${to}`, employerId: `${from}-employer`, pathwayId: `${to}-welding` };
    rows.evidence.push({ ...meeting, ...crossing, occurredOn: dayOf('2026-04-10') });
  }
  return rows;
}

/** Says who the employers and schools of every network are, as people do once an import has proposed it; the school's own network names one that is nobody's. */
async function nameWhoIsWho(
  source: DataSource,
  ids: Record<'employer' | 'other' | 'school' | 'next' | 'college', string>,
): Promise<void> {
  await source.query(
    `UPDATE employer_identity SET organization_id = CASE
       WHEN employer_id = 'Here-employer' AND network_id <> (SELECT network_id FROM network WHERE slug = 'foreign') THEN $1::uuid
       ELSE $2::uuid END`,
    [ids.employer, ids.other],
  );
  await source.query('DELETE FROM employer_duplicate');
  await source.query(
    `DELETE FROM organization_site s USING organization o
     WHERE o.organization_id = s.organization_id AND o.name LIKE 'Sample % Works'`,
  );
  await source.query(`DELETE FROM organization WHERE kind = 'employer' AND name LIKE 'Sample % Works'`);
  await source.query(
    `UPDATE institution i SET organization_id =
       CASE WHEN institution_id <> 'Here-school' THEN $2::uuid WHEN n.slug = 'next' THEN $3::uuid ELSE $1::uuid END
     FROM network n WHERE n.network_id = i.network_id AND (n.slug IN ('region', 'next') OR n.slug = 'school' AND institution_id = 'Here-school')`,
    [ids.school, ids.next, ids.college],
  );
}

/** Each with two guardians, of whom the first is whose account may stand for the record, and one special population. */
async function someStudents(
  source: DataSource,
  at: (place: Place) => string,
): Promise<Record<StudentName, StudentIds>> {
  const made: Partial<Record<StudentName, StudentIds>> = {};
  for (const name of STUDENTS) {
    const organizationId = at(name === 'minor' || name === 'adult' ? 'school' : name);
    const { id: studentId } = await one<{ id: string }>(
      source,
      `INSERT INTO student (organization_id, school_student_id, given_name, family_name, email, born_on, grade)
       VALUES ($1, $2, 'Sample', $2, $3, $4, '11') RETURNING student_id AS id`,
      [organizationId, name, `${name}@student.example.test`, name === 'adult' ? '2008-01-02' : '2010-01-02'],
    );
    const [first, other] = await source.query<{ id: string }[]>(
      `INSERT INTO guardian (student_id, organization_id, name, email)
       VALUES ($1, $2, 'Sample Guardian', $3), ($1, $2, 'Sample Other Guardian', $4) RETURNING guardian_id AS id`,
      [studentId, organizationId, `${name}@guardian.example.test`, `${name}@other-guardian.example.test`],
    );
    await source.query(
      `INSERT INTO student_population (student_id, organization_id, population, since_on, source)
       VALUES ($1, $2, 'homeless', '2026-01-01', 'sample')`,
      [studentId, organizationId],
    );
    made[name] = { studentId, guardianId: first?.id ?? '', otherGuardianId: other?.id ?? '', organizationId };
  }
  return made as Record<StudentName, StudentIds>;
}

/** Where each asker stands, and as what. */
function standing(at: (place: Place) => string, students: Record<StudentName, StudentIds>) {
  const staff = (place: Place, role: Role) => ({ organizationId: at(place), role });
  const learner = (student: StudentName, role: 'student' | 'guardian') => ({
    ...staff('school', role),
    subjectId: role === 'student' ? students[student].studentId : students[student].guardianId,
  });
  const offices = ['district', 'region', 'state'].flatMap((place) =>
    (['coordinator', 'leader', 'administrator'] as const).map((role) => [`${place}-${role}`, staff(place, role)]),
  );
  return {
    ...(Object.fromEntries(offices) as Partial<Record<Asker, ReturnType<typeof staff>>>),
    suspended: staff('school', 'administrator'),
    'code-owed': staff('school', 'administrator'),
    unenrolled: staff('school', 'administrator'),
    'student-minor': learner('minor', 'student'),
    'student-adult': learner('adult', 'student'),
    guardian: learner('minor', 'guardian'),
    'guardian-of-adult': learner('adult', 'guardian'),
    educator: staff('school', 'educator'),
    coordinator: staff('school', 'coordinator'),
    leader: staff('school', 'leader'),
    administrator: staff('school', 'administrator'),
    'district-educator': staff('district', 'educator'),
    'employer-member': staff('employer', 'employer-member'),
    'employer-admin': staff('employer', 'employer-admin'),
    'sample-coordinator': staff('sample-region', 'coordinator'),
    'sample-administrator': staff('sample-region', 'administrator'),
  } satisfies Partial<Record<Asker, { organizationId: string; role: Role; subjectId?: string }>>;
}

/** Every request but the operator's says that it was forwarded, and so came from elsewhere. */
const FORWARDED = { 'x-forwarded-for': '203.0.113.7' };

async function somePeople(
  source: DataSource,
  at: (place: Place) => string,
  students: Record<StudentName, StudentIds>,
): Promise<Record<Asker, Person>> {
  const stands: Partial<Record<Asker, { organizationId: string; role: Role; subjectId?: string }>> = standing(
    at,
    students,
  );
  const people: Partial<Record<Asker, Person>> = {};
  for (const asker of ASKERS) {
    const role = stands[asker];
    const hasAccount = asker === 'no-role' || role !== undefined;
    const someone = hasAccount
      ? await aPerson(source, { name: `Sample ${asker}`, roles: role ? [role] : [], proved: !OWING.includes(asker) })
      : null;
    const personId = someone?.personId ?? randomUUID();
    const owned = someone && (await someCredentials(source, personId, asker !== 'unenrolled'));
    people[asker] = {
      asker,
      headers: {
        ...(asker === 'operator' ? {} : FORWARDED),
        ...(someone ? { cookie: someone.cookie } : {}),
        ...(asker === 'api-client' ? { authorization: `Bearer ${IMPORT_TOKEN}` } : {}),
      },
      personId,
      email: someone?.email ?? `${asker}@example.test`,
      membershipId: role
        ? (
            await one<{ id: string }>(source, 'SELECT membership_id AS id FROM membership WHERE person_id = $1', [
              personId,
            ])
          ).id
        : randomUUID(),
      passkeyId: owned?.passkeyId ?? randomUUID(),
      identityId: owned?.identityId ?? randomUUID(),
      sessionId: owned?.sessionId ?? randomUUID(),
      sent: {
        school: someone ? await anInvitation(source, at('school'), 'leader', personId) : randomUUID(),
        fresh: someone ? await anInvitation(source, at('fresh'), 'employer-admin', personId) : randomUUID(),
      },
    };
    if (asker === 'suspended')
      await source.query('UPDATE person SET suspended_at = now() WHERE person_id = $1', [personId]);
  }
  return people as Record<Asker, Person>;
}

/** Two passkeys, unless there is to be no second factor, a linked sign-in service, an authenticator app, and a session elsewhere. */
async function someCredentials(
  source: DataSource,
  personId: string,
  hasPasskey: boolean,
): Promise<Pick<Person, 'passkeyId' | 'identityId' | 'sessionId'>> {
  const passkeys = hasPasskey
    ? await source.query<{ id: string }[]>(
        `INSERT INTO passkey (person_id, credential_id, public_key, signature_count, transports, name)
         SELECT $1, gen_random_uuid()::text, 'x', 0, '{}', 'Sample key' FROM generate_series(1, 2) RETURNING passkey_id AS id`,
        [personId],
      )
    : [];
  if (hasPasskey) {
    await source.query(`INSERT INTO authenticator (person_id, sealed_secret, confirmed_at) VALUES ($1, 'x', now())`, [
      personId,
    ]);
  }
  const identity = await one<{ id: string }>(
    source,
    `INSERT INTO external_identity (person_id, provider_id, issuer, subject)
     VALUES ($1, 'sample', 'https://sample.example', gen_random_uuid()::text) RETURNING identity_id AS id`,
    [personId],
  );
  const session = await one<{ id: string }>(
    source,
    `INSERT INTO session (digest, person_id, method, device, expires_at)
     VALUES ($1, $2, 'link', 'Firefox, Linux', now() + interval '7 days') RETURNING session_id AS id`,
    [digestOf(newToken()), personId],
  );
  return { passkeyId: passkeys[0]?.id ?? randomUUID(), identityId: identity.id, sessionId: session.id };
}

async function someoneElse(source: DataSource) {
  const { personId, email } = await aPerson(source, { name: 'Sample Someone Else' });
  await aPassword(source, personId);
  return { personId, email, ...(await someCredentials(source, personId, true)) };
}

async function someImports(source: DataSource): Promise<Record<NetworkName, string>> {
  const rows = await source.query<{ slug: NetworkName; id: string }[]>(
    `WITH made AS (
       INSERT INTO import_run (network_id, partial, state, finished_at, bytes_total)
       SELECT network_id, false, 'done', now(), 1 FROM network RETURNING network_id, import_id
     ) SELECT slug, import_id AS id FROM made JOIN network USING (network_id)`,
  );
  return Object.fromEntries(rows.map(({ slug, id }) => [slug, id])) as Record<NetworkName, string>;
}

async function someFailedJobs(app: NestExpressApplication, source: DataSource): Promise<World['failedJobs']> {
  // Makes the queue, into which they are tried again.
  const queue = { name: 'sample-work', expireInSeconds: 60, retryLimit: 0 };
  await app.get(Jobs).enqueueDaily(queue, {}, '2026-06-30');
  const rows = await source.query<{ slug: NetworkName | 'server'; id: string }[]>(
    `WITH made AS (
       INSERT INTO pgboss.job (name, data, source_name, source_id, source_created_on, source_retry_count, source_output)
       SELECT $1, jsonb_build_object('networkId', network_id), $2, gen_random_uuid(), now(), 0, '{"message": "sample"}'
       FROM (SELECT network_id FROM network UNION ALL SELECT NULL) n RETURNING id, data
     ) SELECT coalesce(slug, 'server') AS slug, id FROM made LEFT JOIN network ON network_id::text = data ->> 'networkId'`,
    [DEAD_LETTERS, queue.name],
  );
  return Object.fromEntries(rows.map(({ slug, id }) => [slug, id])) as World['failedJobs'];
}

/** Pairs of employers made for them alone: an open and a merged one of real employers, and one of synthetic ones. */
async function somePairs(source: DataSource): Promise<World['pairs']> {
  const pair = async (
    name: string,
    sample: boolean,
    isMerged: boolean,
  ): Promise<{ duplicateId: string; keepId: string }> => {
    const sides: string[] = [];
    for (const side of ['one', 'two'])
      sides.push(await anOrganization(source, { kind: 'employer', name: `Sample ${name} ${side}` }));
    sides.sort();
    if (sample) await source.query('UPDATE organization SET sample = true WHERE organization_id = ANY($1)', [sides]);
    const { id } = await one<{ id: string }>(
      source,
      `INSERT INTO employer_duplicate (first_id, second_id, reasons, state) VALUES ($1, $2, '{name}', $3)
       RETURNING duplicate_id AS id`,
      [...sides, isMerged ? 'merged' : 'open'],
    );
    if (isMerged) {
      const { personId } = await aPerson(source, {});
      await source.query('UPDATE organization SET merged_into_id = $1 WHERE organization_id = $2', sides);
      await source.query(
        `INSERT INTO employer_duplicate_decision (duplicate_id, decision, kept_id, merged_id, decided_by_id, decided_at)
         VALUES ($1, 'merged', $2, $3, $4, now())`,
        [id, ...sides, personId],
      );
    }
    return { duplicateId: id, keepId: sides[0] ?? '' };
  };
  return {
    real: await pair('pair', false, false),
    merged: await pair('merged pair', false, true),
    sample: await pair('synthetic pair', true, false),
  };
}

async function aLink(
  source: DataSource,
  organizationId: string,
  token = newToken(),
): Promise<{ linkId: string; token: string }> {
  const { id } = await one<{ id: string }>(
    source,
    `INSERT INTO supervisor_link (digest, organization_id, task_kind, task_key, name, email, created_by_id, created_at, expires_at)
     SELECT $1, $2, 'read-requirement', $3, 'Sample Supervisor', 'supervisor@example.test', person_id, now(), now() + interval '30 days'
     FROM person LIMIT 1 RETURNING link_id AS id`,
    [digestOf(token), organizationId, { network: 'region', requirementId: 'Here-welder', title: 'Welder' }],
  );
  return { linkId: id, token };
}

async function anInvitationLink(source: DataSource, invitationId: string): Promise<string> {
  const token = newToken();
  await source.query(
    `INSERT INTO invitation_link (digest, invitation_id, expires_at) VALUES ($1, $2, now() + interval '1 hour')`,
    [digestOf(token), invitationId],
  );
  return token;
}

async function aSignInLink(source: DataSource, personId: string): Promise<string> {
  const token = newToken();
  await source.query(
    `INSERT INTO sign_in_link (digest, person_id, expires_at) VALUES ($1, $2, now() + interval '30 minutes')`,
    [digestOf(token), personId],
  );
  return token;
}

/** One entry in the record of each place. */
async function someActs({ asOwner }: TestDatabase, places: Record<Place, Spot>): Promise<void> {
  for (const { organizationId, personId, siteId } of Object.values(places)) {
    const act = {
      organizationId,
      actor: { personId },
      action: 'site-added',
      subject: { kind: 'site', id: siteId },
    } as const;
    await asOwner.run((em) => recordActs(em, new Date(), act));
  }
}

async function someConsents(
  source: DataSource,
  at: (place: Place) => string,
  students: Record<StudentName, StudentIds>,
  people: Record<Asker, Person>,
): Promise<Consents> {
  const asked: Partial<Record<StudentName, string>> = {};
  const given: Partial<Record<StudentName, string>> = {};
  for (const name of STUDENTS) {
    const { studentId, organizationId, guardianId } = students[name];
    const isOurs = name === 'minor' || name === 'adult';
    const recipient = at(name === 'sample' ? 'sample-employer' : isOurs ? 'employer' : 'other');
    const giver = name === 'minor' ? 'guardian' : name === 'adult' ? 'guardian-of-adult' : null;
    const made = { organizationId, studentId, recipient, askedBy: people.administrator.personId };
    const by = giver && people[giver].personId;
    asked[name] = await aConsent(source, { ...made, purpose: 'hiring' });
    given[name] = await aConsent(source, { ...made, purpose: 'placement', as: 'guardian', by, guardianId });
    await source.query(
      `INSERT INTO disclosure (organization_id, student_id, recipient_id, recipient_person_id, basis, consent_id, records, purpose, disclosed_at)
       VALUES ($1, $2, $3, $4, 'consent', $5, '{name}', 'placement', now())`,
      [organizationId, studentId, recipient, people['employer-member'].personId, given[name]],
    );
  }
  const aTokenTo = async (consentId: string | undefined): Promise<string> => {
    const token = newToken();
    await source.query(
      `INSERT INTO consent_link (digest, organization_id, consent_id, guardian_id, address_digest, made_at)
       SELECT $1, $2, $3, $4, address_digest(email), now() FROM guardian WHERE guardian_id = $4`,
      [digestOf(token), at('school'), consentId, students.minor.guardianId],
    );
    return token;
  };
  const ofMinor = {
    organizationId: at('school'),
    studentId: students.minor.studentId,
    recipient: at('other'),
    askedBy: people.administrator.personId,
    by: null,
  };
  return {
    asked: asked as Consents['asked'],
    given: given as Consents['given'],
    givenByOther: await aConsent(source, {
      ...ofMinor,
      purpose: 'hiring',
      as: 'guardian',
      guardianId: students.minor.otherGuardianId,
    }),
    givenByStudent: await aConsent(source, {
      ...ofMinor,
      purpose: 'placement',
      as: 'student',
      by: people['student-minor'].personId,
    }),
    askedToken: await aTokenTo(asked.minor),
    givenToken: await aTokenTo(given.minor),
  };
}

interface ConsentRow {
  organizationId: string;
  studentId: string;
  recipient: string;
  purpose: string;
  askedBy: string;
  /** As whom it was given, and by whose account; absent: it has no answer. */
  as?: 'guardian' | 'student';
  by?: string | null;
  guardianId?: string;
}

async function aConsent(
  source: DataSource,
  { organizationId, studentId, recipient, purpose, askedBy, as, by, guardianId }: ConsentRow,
): Promise<string> {
  const { id } = await one<{ id: string }>(
    source,
    `INSERT INTO consent (organization_id, student_id, recipient_id, records, purpose, until_on, asked_by_id, asked_at,
       answer, answered_at, answered_as, answered_by_id, answered_by_guardian_id)
     SELECT $1, $2, $3, '{name}', $4, '2026-12-31', $5, now() - interval '2 days',
       CASE WHEN $6::text IS NOT NULL THEN 'given' END, CASE WHEN $6::text IS NOT NULL THEN now() END, $6, $7, $8
     RETURNING consent_id AS id`,
    [organizationId, studentId, recipient, purpose, askedBy, as ?? null, by ?? null, guardianId ?? null],
  );
  return id;
}

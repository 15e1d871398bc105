import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenedInvitation, Organization } from '@throughway/contracts/organizations';
import type { Session } from '@throughway/contracts/session';
import type { Role } from '@throughway/vocabulary/roles';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { newToken } from '../platform/auth/tokens.js';
import { Clock } from '../platform/clock/clock.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { InvitationsService } from './invitations.service.js';
import { anOrganization, aPerson, type SignedIn } from './people.builder.js';

let database: TestDatabase;
let app: NestExpressApplication;
let minutesLater = 0;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  app.get(Clock).now = () => new Date(Date.now() + minutesLater * 60_000);
});
afterEach(() => {
  minutesLater = 0;
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const http = () => request(app.getHttpServer());
const anAddress = () => `sample-${randomUUID()}@example.test`;
const someoneWith = (organizationId: string, role: Role) =>
  aPerson(database.source, { roles: [{ organizationId, role }] });

async function invite(who: SignedIn, organizationId: string, email: string, role: Role, language = 'en') {
  return http()
    .post(`/api/organizations/${organizationId}/invitations`)
    .set(asCommand())
    .set('Cookie', who.cookie)
    .send({ email, role, language });
}

/** Tokens of the links mailed to an address, oldest first. */
async function linksTo(email: string): Promise<string[]> {
  const rows = await database.source.query<{ url: string }[]>(
    `SELECT detail->>'url' AS url FROM mail_outbox WHERE lower(recipient) = lower($1) ORDER BY created_at`,
    [email],
  );
  return rows.map(({ url }) => url.split('#token=')[1] ?? '');
}
const lastLink = async (email: string): Promise<string> => (await linksTo(email)).at(-1) ?? '';

const open = (token: string) => http().post('/api/invitation/open').send({ token });
const renew = (token: string) => http().post('/api/invitation/renew').set(asCommand()).send({ token });
const accept = (token: string, more: object = { name: 'Sample Newcomer' }) =>
  http()
    .post('/api/invitation/accept')
    .send({ token, ...more });
const codeOf = async (sent: PromiseLike<{ status: number; body: unknown }>): Promise<[number, string]> => {
  const { status, body } = await sent;
  return [status, (body as { code?: string }).code ?? ''];
};
const tables = async () => {
  const rows = await database.source.query<{ people: number; memberships: number; sessions: number }[]>(
    `SELECT (SELECT count(*)::int FROM person) AS people, (SELECT count(*)::int FROM membership) AS memberships,
       (SELECT count(*)::int FROM session) AS sessions`,
  );
  return rows[0];
};

/** An administrator of a new school, and an invitation of theirs. */
async function anInvitation({ role = 'educator', email = anAddress() }: { role?: Role; email?: string } = {}) {
  const school = await anOrganization(database.source, { name: `Sample School ${randomUUID().slice(0, 8)}` });
  const administrator = await someoneWith(school, 'administrator');
  const answer = await invite(administrator, school, email, role);
  expect(answer.status).toBe(200);
  const { invitations } = answer.body as Organization;
  return {
    school,
    administrator,
    email,
    invitationId: invitations[0]?.invitationId ?? '',
    token: await lastLink(email),
  };
}

describe('An invitation', () => {
  test('shows what it offers as often as its link is opened, and is accepted once', async () => {
    const { email, token, school } = await anInvitation();
    for (let times = 0; times < 2; times++) {
      const opened = (await open(token).expect(200)).body as OpenedInvitation;
      expect(opened).toMatchObject({
        email,
        role: 'educator',
        known: false,
        invitedBy: 'Sample Person',
        language: 'en',
      });
      expect(opened.organization.organizationId).toBe(school);
    }
    const accepted = await accept(token, { name: 'Sample Newcomer', language: 'es' }).expect(200);
    const session = accepted.body as Session;
    expect(session.person).toMatchObject({ email, name: 'Sample Newcomer', language: 'es' });
    // Staff prove a second factor before the role counts.
    expect(session).toMatchObject({ secondFactor: 'enrollment-needed', memberships: [] });
    const cookie = accepted.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
    const again = (await http().get('/api/session').set('Cookie', cookie).expect(200)).body as Session;
    expect(again.person?.email).toBe(email);
    expect(await codeOf(accept(token))).toEqual([409, 'link-used']);
    expect(await codeOf(open(token))).toEqual([409, 'link-used']);
  });

  test('adds the role to who has that address already, whatever its case, and asks no name', async () => {
    const known = await aPerson(database.source, { name: 'Sample Known' });
    const { token, school } = await anInvitation({ email: known.email.toUpperCase() });
    expect(((await open(token)).body as OpenedInvitation).known).toBe(true);
    const session = (await accept(token, {}).expect(200)).body as Session;
    expect(session.person).toMatchObject({ personId: known.personId, name: 'Sample Known' });
    const rows = await database.source.query<{ role: string }[]>(
      'SELECT role FROM membership WHERE person_id = $1 AND organization_id = $2',
      [known.personId, school],
    );
    expect(rows).toEqual([{ role: 'educator' }]);
  });

  test('asks a name of somebody new', async () => {
    const { token } = await anInvitation();
    const before = await tables();
    const answer = await accept(token, {});
    expect([answer.status, answer.body]).toMatchObject([400, { code: 'bad-input', fields: [{ path: 'body.name' }] }]);
    expect(await tables()).toEqual(before);
    await accept(token).expect(200);
  });

  test('accepted twenty times at once makes one person, one membership and one session', async () => {
    const { token } = await anInvitation();
    const before = await tables();
    const answers = await Promise.all(Array.from({ length: 20 }, () => codeOf(accept(token))));
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
    expect(answers.filter(([status, code]) => status === 409 && code === 'link-used')).toHaveLength(19);
    const after = await tables();
    expect(after).toEqual({
      people: (before?.people ?? 0) + 1,
      memberships: (before?.memberships ?? 0) + 1,
      sessions: (before?.sessions ?? 0) + 1,
    });
  });

  test('is not accepted by someone suspended, and nothing of it happens', async () => {
    const known = await aPerson(database.source);
    await database.source.query('UPDATE person SET suspended_at = now() WHERE person_id = $1', [known.personId]);
    const { token } = await anInvitation({ email: known.email });
    const before = await tables();
    expect(await codeOf(accept(token, {}))).toEqual([403, 'suspended']);
    expect(await tables()).toEqual(before);
    expect((await open(token)).status).toBe(200);
  });

  test('keeps only digests of its links, of 256 bits', async () => {
    const { token } = await anInvitation();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const rows = await database.source.query<{ text: string }[]>(
      'SELECT l::text || i::text AS text FROM invitation_link l JOIN invitation i USING (invitation_id)',
    );
    const hex = Buffer.from(token).toString('hex');
    expect(rows.some(({ text }) => text.includes(token) || text.includes(hex))).toBe(false);
  });
});

describe('The link of an invitation', () => {
  test('runs out after an hour; a fresh one goes to the invited address and opens', async () => {
    const { email, token } = await anInvitation();
    minutesLater = 59;
    await open(token).expect(200);
    minutesLater = 60;
    expect(await codeOf(open(token))).toEqual([409, 'link-expired']);
    expect(await codeOf(accept(token))).toEqual([409, 'link-expired']);
    await renew(token).expect(202, { sent: true });
    const fresh = await linksTo(email);
    expect(fresh).toHaveLength(2);
    await accept(fresh[1] ?? '').expect(200);
    expect(await codeOf(open(token))).toEqual([409, 'invitation-accepted']);
    expect(await codeOf(renew(token))).toEqual([409, 'invitation-accepted']);
  });

  test('opens nothing, and mails nothing, once two weeks are over', async () => {
    const { email, token, administrator, school } = await anInvitation();
    minutesLater = 14 * 24 * 60;
    expect(await codeOf(open(token))).toEqual([409, 'invitation-expired']);
    expect(await codeOf(renew(token))).toEqual([409, 'invitation-expired']);
    expect(await linksTo(email)).toHaveLength(1);
    // A session older than a week is over as well.
    await database.source.query(
      `UPDATE session SET expires_at = now() + interval '30 days', last_seen_at = now() + interval '14 days'
       WHERE person_id = $1`,
      [administrator.personId],
    );
    const again = await invite(administrator, school, email, 'educator');
    expect((again.body as Organization).invitations.map(({ state }) => state)).toEqual(['open']);
    await accept(await lastLink(email)).expect(200);
  });

  test('that was changed, cut or made up is unknown', async () => {
    const { token } = await anInvitation();
    const changed = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    for (const wrong of [changed, token.slice(0, -1), newToken()]) {
      for (const sent of [open(wrong), accept(wrong), renew(wrong)]) {
        expect(await codeOf(sent)).toEqual([404, 'link-unknown']);
      }
    }
  });

  test('is mailed five times an hour at most, however it is asked for, also at once', async () => {
    const { token, email, administrator, school, invitationId } = await anInvitation();
    await renew(token).expect(202);
    await invite(administrator, school, email, 'educator');
    const resend = `/api/organizations/${school}/invitations/${invitationId}`;
    const sendAgain = () => http().post(`${resend}/link`).set(asCommand()).set('Cookie', administrator.cookie);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => codeOf(at % 4 === 0 ? renew(token) : sendAgain())),
    );
    expect(answers.filter(([status]) => status === 202 || status === 200)).toHaveLength(2);
    expect(answers.filter(([status, code]) => status === 429 && code === 'too-many-mails')).toHaveLength(6);
    await http().delete(resend).set(asCommand()).set('Cookie', administrator.cookie).expect(200);
    expect(await codeOf(invite(administrator, school, email, 'educator'))).toEqual([429, 'too-many-mails']);
    expect(await linksTo(email)).toHaveLength(5);
    minutesLater = 60;
    expect((await invite(administrator, school, email, 'educator')).status).toBe(200);
  });
});

describe('Who invites', () => {
  test('takes an invitation back, and its links open nothing more', async () => {
    const { school, administrator, invitationId, token } = await anInvitation();
    const path = `/api/organizations/${school}/invitations/${invitationId}`;
    const answer = await http().delete(path).set(asCommand()).set('Cookie', administrator.cookie).expect(200);
    expect((answer.body as Organization).invitations).toEqual([]);
    for (const sent of [open(token), accept(token), renew(token)]) {
      expect(await codeOf(sent)).toEqual([409, 'invitation-revoked']);
    }
    expect(await codeOf(http().delete(path).set(asCommand()).set('Cookie', administrator.cookie))).toEqual([
      404,
      'not-found',
    ]);
  });

  test('sends a fresh link of an open one; both open it until one is used', async () => {
    const { school, administrator, invitationId, email, token } = await anInvitation();
    await http()
      .post(`/api/organizations/${school}/invitations/${invitationId}/link`)
      .set(asCommand())
      .set('Cookie', administrator.cookie)
      .expect(200);
    const links = await linksTo(email);
    expect(links).toHaveLength(2);
    await accept(token).expect(200);
    expect(await codeOf(accept(links[1] ?? ''))).toEqual([409, 'invitation-accepted']);
  });

  test('an address twice into the same role sends a fresh link of one invitation, also at once', async () => {
    const { school, administrator, email } = await anInvitation();
    const answers = await Promise.all([
      invite(administrator, school, email.toUpperCase(), 'educator'),
      invite(administrator, school, email, 'educator'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const rows = await database.source.query<unknown[]>('SELECT 1 FROM invitation WHERE organization_id = $1', [
      school,
    ]);
    expect(rows).toHaveLength(1);
    expect(await linksTo(email)).toHaveLength(3);
  });

  test('does not invite themselves, nor who has the role, nor into a role of another kind', async () => {
    const { school, administrator } = await anInvitation();
    const educator = await someoneWith(school, 'educator');
    const told = async (email: string, role: Role) => codeOf(invite(administrator, school, email, role));
    expect(await told(administrator.email.toUpperCase(), 'coordinator')).toEqual([409, 'own-role']);
    expect(await told(educator.email, 'educator')).toEqual([409, 'role-held']);
    expect(await told(anAddress(), 'employer-admin')).toEqual([409, 'role-not-here']);
    expect(await told(anAddress(), 'student')).toEqual([400, 'bad-input']);
  });

  test('reaches no invitation of another organization', async () => {
    const { school, administrator } = await anInvitation();
    const other = await anInvitation();
    const path = `/api/organizations/${school}/invitations/${other.invitationId}`;
    expect(await codeOf(http().delete(path).set(asCommand()).set('Cookie', administrator.cookie))).toEqual([
      404,
      'not-found',
    ]);
    expect(await codeOf(http().post(`${path}/link`).set(asCommand()).set('Cookie', administrator.cookie))).toEqual([
      404,
      'not-found',
    ]);
    expect((await open(other.token)).status).toBe(200);
  });
});

describe('The first administrator of an employer', () => {
  test('is invited by a school; the next ones by the employer alone', async () => {
    const school = await anOrganization(database.source);
    const coordinator = await someoneWith(school, 'coordinator');
    const employer = await anOrganization(database.source, { kind: 'employer' });
    const [first, second] = [anAddress(), anAddress()];
    expect(await codeOf(invite(coordinator, employer, first, 'employer-member'))).toEqual([403, 'not-allowed']);
    const answer = await invite(coordinator, employer, first, 'employer-admin');
    expect(answer.body).toMatchObject({ mayGive: ['employer-admin'], people: [], invitations: [{ email: first }] });

    const otherSchool = await anOrganization(database.source);
    const other = await someoneWith(otherSchool, 'administrator');
    const theirs = (await invite(other, employer, second, 'employer-admin')).body as Organization;
    expect(theirs.invitations.map(({ email }) => email)).toEqual([second]);

    const session = (await accept(await lastLink(first)).expect(200)).body as Session;
    expect(session.memberships).toMatchObject([{ role: 'employer-admin', organization: { organizationId: employer } }]);
    expect(await codeOf(accept(await lastLink(second)))).toEqual([409, 'invitation-revoked']);
    expect(await codeOf(invite(coordinator, employer, anAddress(), 'employer-admin'))).toEqual([403, 'not-allowed']);
    const seen = await http().get(`/api/organizations/${employer}`).set('Cookie', coordinator.cookie).expect(200);
    expect(seen.body).toMatchObject({ people: [], mayGive: [], ein: null });
  });

  test('is one, of two that a school invited, when both accept at once', async () => {
    const coordinator = await someoneWith(await anOrganization(database.source), 'coordinator');
    for (let round = 0; round < 6; round++) {
      const employer = await anOrganization(database.source, { kind: 'employer' });
      const pair = [anAddress(), anAddress()] as const;
      for (const email of pair) await invite(coordinator, employer, email, 'employer-admin');
      const [one, two] = [await lastLink(pair[0]), await lastLink(pair[1])];
      const codes = await Promise.all([codeOf(accept(one)), codeOf(accept(two))]);
      expect(codes.sort()).toEqual([
        [200, ''],
        [409, 'invitation-revoked'],
      ]);
    }
  });

  test('is not invited by who only teaches or works elsewhere', async () => {
    const employer = await anOrganization(database.source, { kind: 'employer' });
    const educator = await someoneWith(await anOrganization(database.source), 'educator');
    const owner = await someoneWith(await anOrganization(database.source, { kind: 'employer' }), 'employer-admin');
    for (const who of [educator, owner]) {
      expect(await codeOf(invite(who, employer, anAddress(), 'employer-admin'))).toEqual([404, 'not-found']);
    }
  });
});

describe('An invitation for a subject', () => {
  test('of a student or guardian links the account to it; it is told which has none, an invitation, or an account', async () => {
    const { school, administrator } = await anInvitation();
    const [student, guardian, neither] = [randomUUID(), randomUUID(), randomUUID()];
    const invitations = app.get(InvitationsService);
    const states = async () =>
      Object.fromEntries(await invitations.stateOf(database.source.manager, [student, guardian, neither]));
    const email = anAddress();
    const asked = { organizationId: school, email, language: 'en' as const };
    const invitedBy = { personId: administrator.personId, name: 'Sample Administrator' };
    // A request is only asked for its port.
    const from = { socket: { localPort: 3000 } } as never;
    await database.source.transaction(async (em) => {
      await invitations.invite(em, { ...asked, role: 'student', subjectId: student, invitedBy, request: from });
      await invitations.invite(em, { ...asked, role: 'guardian', subjectId: guardian, invitedBy, request: from });
    });
    expect(await states()).toEqual({ [student]: 'invited', [guardian]: 'invited', [neither]: 'none' });
    const [asStudent = ''] = await linksTo(email);
    const opened = (await open(asStudent)).body as OpenedInvitation;
    await accept(asStudent).expect(200);
    const linked = opened.role === 'student' ? student : guardian;
    expect((await states())[linked]).toBe('linked');
    // Students' and guardians' invitations stand with the record, not among those of staff.
    const view = await http().get(`/api/organizations/${school}`).set('Cookie', administrator.cookie);
    expect((view.body as Organization).invitations.map(({ role }) => role)).toEqual(['educator']);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Organization } from '@throughway/contracts/organizations';
import type { Role } from '@throughway/vocabulary/roles';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { inviteByOperator } from './invite-by-operator.js';
import { InvitationsService } from './invitations.service.js';
import { anOrganization, aPerson, type SignedIn } from './people.builder.js';

let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const http = () => request(app.getHttpServer());
const sql = (text: string, values: unknown[]) => database.source.query<unknown[]>(text, values);
const anAddress = () => `sample-${randomUUID()}@example.test`;
const someoneWith = (organizationId: string, role: Role) =>
  aPerson(database.source, { roles: [{ organizationId, role }] });
const anEmployer = () => anOrganization(database.source, { kind: 'employer' });
const aCoordinator = async () => someoneWith(await anOrganization(database.source), 'coordinator');
const mergeInto = (kept: string, gone: string) =>
  sql('UPDATE organization SET merged_into_id = $1 WHERE organization_id = $2', [kept, gone]);
const endRoles = ({ personId }: SignedIn) =>
  sql('UPDATE membership SET ended_at = now() WHERE person_id = $1', [personId]);
const suspend = ({ personId }: SignedIn) =>
  sql('UPDATE person SET suspended_at = now() WHERE person_id = $1', [personId]);

type Told = [number, string];
const told = async (sent: PromiseLike<{ status: number; body: unknown }>): Promise<Told> => {
  const { status, body } = await sent;
  return [status, (body as { code?: string }).code ?? ''];
};
const DONE: Told = [200, ''];
const REVOKED: Told = [409, 'invitation-revoked'];

const invite = (who: SignedIn, organizationId: string, email: string, role: Role) =>
  http()
    .post(`/api/organizations/${organizationId}/invitations`)
    .set(asCommand())
    .set('Cookie', who.cookie)
    .send({ email, role, language: 'en' });

async function lastLink(email: string): Promise<string> {
  const rows = await database.source.query<{ url: string }[]>(
    `SELECT detail->>'url' AS url FROM mail_outbox WHERE recipient = $1 ORDER BY created_at DESC LIMIT 1`,
    [email],
  );
  return rows[0]?.url.split('#token=')[1] ?? '';
}

/** The link of a fresh invitation, and its id. */
async function anInvitation(who: SignedIn, organizationId: string, role: Role) {
  const email = anAddress();
  const answer = await invite(who, organizationId, email, role).expect(200);
  const invitationId = (answer.body as Organization).invitations.find((each) => each.email === email)?.invitationId;
  return { email, invitationId: invitationId ?? '', token: await lastLink(email) };
}

const accept = (token: string) => told(http().post('/api/invitation/accept').send({ token, name: 'Sample Newcomer' }));
const resend = (who: SignedIn, organizationId: string, invitationId: string) =>
  told(
    http()
      .post(`/api/organizations/${organizationId}/invitations/${invitationId}/link`)
      .set(asCommand())
      .set('Cookie', who.cookie),
  );
const holders = async (organizationId: string, role: Role) =>
  (await sql('SELECT 1 FROM membership WHERE organization_id = $1 AND role = $2', [organizationId, role])).length;

describe('A school’s invitation to be the first administrator of an employer', () => {
  test('makes nobody an administrator of the one that has some, into which the employer was merged', async () => {
    const [empty, kept] = [await anEmployer(), await anEmployer()];
    await someoneWith(kept, 'employer-admin');
    const bringer = await aCoordinator();
    const { token, invitationId } = await anInvitation(bringer, empty, 'employer-admin');
    await mergeInto(kept, empty);
    expect(await accept(token)).toEqual(REVOKED);
    expect(await told(http().post('/api/invitation/open').send({ token }))).toEqual(REVOKED);
    expect(await told(http().post('/api/invitation/renew').set(asCommand()).send({ token }))).toEqual(REVOKED);
    expect(await resend(bringer, empty, invitationId)).toEqual([403, 'not-allowed']);
    expect([await holders(kept, 'employer-admin'), await holders(empty, 'employer-admin')]).toEqual([1, 0]);
  });

  test('nor when those with an administrator were merged into it', async () => {
    const [kept, gone] = [await anEmployer(), await anEmployer()];
    await someoneWith(gone, 'employer-admin');
    const { token } = await anInvitation(await aCoordinator(), kept, 'employer-admin');
    await mergeInto(kept, gone);
    expect(await accept(token)).toEqual(REVOKED);
    expect(await holders(kept, 'employer-admin')).toBe(0);
  });

  test('stands after a merge of two that have none', async () => {
    const [kept, gone] = [await anEmployer(), await anEmployer()];
    const { token } = await anInvitation(await aCoordinator(), gone, 'employer-admin');
    await mergeInto(kept, gone);
    expect(await accept(token)).toEqual(DONE);
  });

  test('does not outlast the role by which the school’s coordinator gave it', async () => {
    const coordinator = await aCoordinator();
    const { token } = await anInvitation(coordinator, await anEmployer(), 'employer-admin');
    await endRoles(coordinator);
    expect(await accept(token)).toEqual(REVOKED);
  });
});

describe('An employer’s invitation', () => {
  test('stands after a merge: who manages one of the two manages both', async () => {
    const [kept, gone] = [await anEmployer(), await anEmployer()];
    await someoneWith(kept, 'employer-admin');
    const { token } = await anInvitation(await someoneWith(gone, 'employer-admin'), gone, 'employer-admin');
    await mergeInto(kept, gone);
    expect(await accept(token)).toEqual(DONE);
  });
});

describe('An invitation', () => {
  test.each([
    ['is suspended', suspend],
    ['has left', endRoles],
  ])('of someone who %s is worth nothing, until one who may mails it again', async (_, lose) => {
    const school = await anOrganization(database.source);
    const [gone, stays] = [await someoneWith(school, 'administrator'), await someoneWith(school, 'administrator')];
    const { email, token, invitationId } = await anInvitation(gone, school, 'educator');
    await lose(gone);
    expect(await accept(token)).toEqual(REVOKED);
    expect(await holders(school, 'educator')).toBe(0);
    expect(await resend(stays, school, invitationId)).toEqual(DONE);
    expect(await accept(await lastLink(email))).toEqual(DONE);
  });

  test('is not mailed again by the one whom it invites, who would give themselves the role', async () => {
    const school = await anOrganization(database.source);
    const [gone, invited] = [await someoneWith(school, 'administrator'), await someoneWith(school, 'administrator')];
    const answer = await invite(gone, school, invited.email, 'coordinator').expect(200);
    const [{ invitationId } = { invitationId: '' }] = (answer.body as Organization).invitations;
    await endRoles(gone);
    expect(await resend(invited, school, invitationId)).toEqual([409, 'own-role']);
  });

  test('to stand for a student does not outlast the role of who sent it either', async () => {
    const school = await anOrganization(database.source);
    for (const [keeps, expected] of [
      [true, DONE],
      [false, REVOKED],
    ] as const) {
      const [coordinator, email] = [await someoneWith(school, 'coordinator'), anAddress()];
      await database.source.transaction((em) =>
        app.get(InvitationsService).invite(em, {
          organizationId: school,
          role: 'student',
          subjectId: randomUUID(),
          email,
          language: 'en',
          invitedBy: { personId: coordinator.personId, name: 'Sample Coordinator' },
          // A request is only asked for its port.
          request: { socket: { localPort: 3000 } } as never,
        }),
      );
      if (!keeps) await endRoles(coordinator);
      expect(await accept(await lastLink(email))).toEqual(expected);
    }
  });

  test('of the server’s operator, who has no role to lose, stands', async () => {
    const employer = await anEmployer();
    await someoneWith(employer, 'employer-admin');
    const token = await database.source.transaction((em) =>
      inviteByOperator(em, new Date(), {
        organizationId: employer,
        role: 'employer-admin',
        email: anAddress(),
        language: 'en',
      }),
    );
    expect(await accept(token)).toEqual(DONE);
  });
});

test('One person sends sixty invitations an hour at most, wherever, also at once', async () => {
  const district = await anOrganization(database.source, { kind: 'district' });
  const schools = await Promise.all(
    [1, 2, 3, 4].map(() => anOrganization(database.source, { kind: 'school', parentId: district })),
  );
  const [administrator, colleague] = [
    await someoneWith(district, 'administrator'),
    await someoneWith(district, 'administrator'),
  ];
  const { email, token, invitationId } = await anInvitation(administrator, district, 'educator');
  await sql(
    `INSERT INTO invitation_link (digest, invitation_id, sent_by_id, expires_at)
     SELECT sha256(n::text::bytea), i.invitation_id, $1, now() + interval '1 hour'
     FROM generate_series(1, 56) n, (SELECT invitation_id FROM invitation WHERE organization_id <> $2 LIMIT 1) i`,
    [administrator.personId, district],
  );
  // A link that the invited person asked for is none of theirs.
  await http().post('/api/invitation/renew').set(asCommand()).send({ token }).expect(202);
  const answers = await Promise.all(
    [...schools, ...schools].map((school) => told(invite(administrator, school, anAddress(), 'educator'))),
  );
  expect(answers.filter(([status]) => status === 200)).toHaveLength(3);
  expect(answers.filter(([status, code]) => status === 429 && code === 'too-many-mails')).toHaveLength(5);
  expect(await resend(administrator, district, invitationId)).toEqual([429, 'too-many-mails']);
  expect(await told(invite(colleague, district, email, 'educator'))).toEqual(DONE);
});

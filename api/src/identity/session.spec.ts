import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Session } from '@throughway/contracts/session';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
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

async function sessionOf({ cookie }: Pick<SignedIn, 'cookie'>): Promise<Session> {
  const answer = await http().get('/api/session').set('Cookie', cookie).expect(200);
  return answer.body as Session;
}

describe('A session', () => {
  test('names the person and their roles; a stranger has neither', async () => {
    const school = await anOrganization(database.source, { name: 'Sample High School' });
    const coordinator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'coordinator' }] });
    const session = await sessionOf(coordinator);
    expect(session.person?.personId).toBe(coordinator.personId);
    expect(session.memberships.map(({ role, organization }) => [role, organization.name])).toEqual([
      ['coordinator', 'Sample High School'],
    ]);
    expect(await sessionOf({ cookie: 'throughway=made-up' })).toMatchObject({ person: null, memberships: [] });
  });

  test('of staff gives no role until the second factor is settled', async () => {
    const school = await anOrganization(database.source);
    const educator = await aPerson(database.source, {
      roles: [{ organizationId: school, role: 'educator' }],
      proved: false,
    });
    expect(await sessionOf(educator)).toMatchObject({ secondFactor: 'enrollment-needed', memberships: [] });
  });

  test('of an employer needs no second factor that nobody set up', async () => {
    const employer = await anOrganization(database.source, { kind: 'employer' });
    const owner = await aPerson(database.source, {
      roles: [{ organizationId: employer, role: 'employer-admin' }],
      proved: false,
    });
    expect(await sessionOf(owner)).toMatchObject({
      secondFactor: 'settled',
      memberships: [{ role: 'employer-admin' }],
    });
  });

  test.each([
    ['ended', 'UPDATE session SET ended_at = now() WHERE person_id = $1'],
    ['past its week', `UPDATE session SET expires_at = now() - interval '1 second' WHERE person_id = $1`],
    [
      'idle for half a day',
      `UPDATE session SET last_seen_at = now() - interval '12 hours 1 second' WHERE person_id = $1`,
    ],
    ['of someone suspended', 'UPDATE person SET suspended_at = now() WHERE person_id = $1'],
  ])('%s counts no more at the next request', async (_, change) => {
    const someone = await aPerson(database.source);
    expect((await sessionOf(someone)).person).not.toBeNull();
    await database.source.query(change, [someone.personId]);
    expect((await sessionOf(someone)).person).toBeNull();
  });

  test('a role taken away is gone at the next request', async () => {
    const employer = await anOrganization(database.source, { kind: 'employer' });
    const member = await aPerson(database.source, { roles: [{ organizationId: employer, role: 'employer-member' }] });
    expect((await sessionOf(member)).memberships).toHaveLength(1);
    await database.source.query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [member.personId]);
    expect((await sessionOf(member)).memberships).toEqual([]);
  });

  test('signing out ends this session; everywhere ends them all', async () => {
    const here = await aPerson(database.source);
    await http().delete('/api/session').set('Cookie', here.cookie).expect(200);
    expect((await sessionOf(here)).person).toBeNull();

    const there = await aPerson(database.source);
    const second = await aPerson(database.source);
    await database.source.query('UPDATE session SET person_id = $1 WHERE person_id = $2', [
      there.personId,
      second.personId,
    ]);
    await http().delete('/api/sessions').set('Cookie', there.cookie).expect(200);
    expect((await sessionOf(there)).person).toBeNull();
    expect((await sessionOf(second)).person).toBeNull();
  });

  test('a write from a page of another site is refused, and nothing happens', async () => {
    const someone = await aPerson(database.source);
    for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://elsewhere.example' }]) {
      const answer = await http()
        .delete('/api/session')
        .set({ Cookie: someone.cookie, ...headers })
        .expect(403);
      expect(answer.body).toMatchObject({ code: 'cross-site' });
    }
    expect((await sessionOf(someone)).person).not.toBeNull();
  });
});

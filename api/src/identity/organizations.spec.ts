import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Organization } from '@throughway/contracts/organizations';
import type { OrganizationKind, Role } from '@throughway/vocabulary/roles';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { QueryRunner } from 'typeorm';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
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
const someoneWith = (organizationId: string, role: Role, more: { subjectId?: string; name?: string } = {}) =>
  aPerson(database.source, {
    roles: [{ organizationId, role, ...(more.subjectId && { subjectId: more.subjectId }) }],
    ...(more.name && { name: more.name }),
  });

interface Answer {
  status: number;
  body: Organization & { code?: string; detail?: string };
}

async function ask(
  who: SignedIn | null,
  method: 'get' | 'post' | 'delete',
  path: string,
  body?: object,
): Promise<Answer> {
  const sent = http()[method](`/api/organizations/${path}`).set(asCommand());
  if (who) void sent.set('Cookie', who.cookie);
  const answer = await (body ? sent.send(body) : sent);
  return { status: answer.status, body: answer.body as Answer['body'] };
}

/** State > region > district > school, each beneath the one before. */
async function aTree(): Promise<Record<'state' | 'region' | 'district' | 'school', string>> {
  const state = await anOrganization(database.source, { kind: 'state' });
  const region = await anOrganization(database.source, { kind: 'region', parentId: state });
  const district = await anOrganization(database.source, { kind: 'district', parentId: region });
  const school = await anOrganization(database.source, { kind: 'school', parentId: district });
  return { state, region, district, school };
}

const membershipOf = async (who: SignedIn): Promise<string> => {
  const rows = await database.source.query<{ id: string }[]>(
    'SELECT membership_id AS id FROM membership WHERE person_id = $1 AND ended_at IS NULL',
    [who.personId],
  );
  return rows[0]?.id ?? '';
};

describe('An organization', () => {
  test('shows its people, what is above and below, to those who work in it or above it', async () => {
    const { region, district, school, state } = await aTree();
    const educator = await someoneWith(school, 'educator', { name: 'Sample Educator' });
    const above = await someoneWith(region, 'leader');
    for (const who of [educator, above]) {
      const { status, body } = await ask(who, 'get', school);
      expect(status).toBe(200);
      expect(body.people.map(({ person, role, self }) => [person.name, role, self])).toEqual([
        ['Sample Educator', 'educator', who === educator],
      ]);
      expect(body.parents.map(({ organizationId }) => organizationId)).toEqual([district, region, state]);
      expect(body.mayGive).toEqual([]);
    }
    expect((await ask(above, 'get', district)).body.children.map(({ organizationId }) => organizationId)).toEqual([
      school,
    ]);
  });

  test('is not there for a role elsewhere or below, nor any other than one that does not exist', async () => {
    const { school, district } = await aTree();
    const elsewhere = await someoneWith((await aTree()).school, 'administrator');
    const below = await someoneWith(school, 'administrator');
    const missing = await ask(elsewhere, 'get', randomUUID());
    expect(missing.status).toBe(404);
    for (const seen of [await ask(elsewhere, 'get', school), await ask(below, 'get', district)]) {
      expect([seen.status, seen.body.code, seen.body.detail]).toEqual([404, missing.body.code, missing.body.detail]);
    }
    const write = await ask(elsewhere, 'post', `${school}/memberships`, { personId: below.personId, role: 'educator' });
    expect(write.status).toBe(404);
  });

  test('asks a stranger to sign in, whether it exists or not', async () => {
    const { school } = await aTree();
    for (const id of [school, randomUUID()]) {
      expect(await ask(null, 'get', id)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    }
  });

  test('names no student or guardian among its people, and nobody at all to them', async () => {
    const { school } = await aTree();
    const administrator = await someoneWith(school, 'administrator');
    const student = await someoneWith(school, 'student', { subjectId: randomUUID() });
    const guardian = await someoneWith(school, 'guardian', { subjectId: randomUUID() });
    expect((await ask(administrator, 'get', school)).body.people.map(({ role }) => role)).toEqual(['administrator']);
    for (const who of [student, guardian]) {
      expect(await ask(who, 'get', school)).toMatchObject({ status: 200, body: { people: [], invitations: [] } });
    }
  });

  test.each<[string, Role, string, object]>([
    ['a coordinator gives no role', 'coordinator', 'memberships', { personId: randomUUID(), role: 'educator' }],
    ['an educator adds no site', 'educator', 'sites', { name: 'Sample Annex', countyFips: '21193' }],
    ['a leader adds nothing below', 'leader', 'children', { kind: 'school', name: 'Sample School' }],
    [
      'a coordinator invites nobody',
      'coordinator',
      'invitations',
      { email: 'a@example.test', role: 'educator', language: 'en' },
    ],
  ])('%s', async (_, role, path, body) => {
    const { school } = await aTree();
    const answer = await ask(await someoneWith(school, role), 'post', `${school}/${path}`, body);
    expect([answer.status, answer.body.code]).toEqual([403, 'not-allowed']);
  });
});

describe('Below an organization', () => {
  test('an administrator of it, or of one above, adds one', async () => {
    const { region, district } = await aTree();
    const administrator = await someoneWith(region, 'administrator');
    const answer = await ask(administrator, 'post', `${district}/children`, {
      kind: 'school',
      name: 'Sample New School',
    });
    expect(answer.status).toBe(200);
    const made = answer.body.children.find(({ name }) => name === 'Sample New School');
    expect(await ask(administrator, 'get', made?.organizationId ?? '')).toMatchObject({
      status: 200,
      body: { kind: 'school', sample: false },
    });
  });

  test.each<[OrganizationKind, OrganizationKind]>([
    ['school', 'school'],
    ['school', 'district'],
    ['district', 'region'],
    ['college', 'school'],
    ['region', 'region'],
  ])('a %s has no %s', async (parent, kind) => {
    const organization = await anOrganization(database.source, { kind: parent });
    const administrator = await someoneWith(organization, 'administrator');
    const answer = await ask(administrator, 'post', `${organization}/children`, { kind, name: 'Sample Below' });
    expect([answer.status, answer.body.code]).toEqual([409, 'kind-not-below']);
  });
});

describe('A site', () => {
  test('is added and closed by who manages the employer', async () => {
    const employer = await anOrganization(database.source, { kind: 'employer' });
    const owner = await someoneWith(employer, 'employer-admin');
    const site = { name: 'Sample Mill', countyFips: '21193', timeZone: 'America/New_York' };
    const added = await ask(owner, 'post', `${employer}/sites`, site);
    expect(added.body.sites).toEqual([{ ...site, siteId: expect.any(String) }]);
    const path = `${employer}/sites/${added.body.sites[0]?.siteId}`;
    expect((await ask(owner, 'delete', path)).body.sites).toEqual([]);
    expect((await ask(owner, 'delete', path)).status).toBe(404);
    const wrong = await ask(owner, 'post', `${employer}/sites`, { ...site, timeZone: 'Mars/Olympus' });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'bad-input']);
  });
});

describe('A role', () => {
  test('is given to one of the people, and is there at their next request', async () => {
    const { school } = await aTree();
    const administrator = await someoneWith(school, 'administrator');
    const educator = await someoneWith(school, 'educator');
    const given = await ask(administrator, 'post', `${school}/memberships`, {
      personId: educator.personId,
      role: 'administrator',
    });
    expect(given.status).toBe(200);
    expect((await ask(educator, 'get', school)).body.mayGive).toContain('educator');
  });

  test('is given neither to oneself, nor to who is not there, nor where the kind has none such', async () => {
    const { school } = await aTree();
    const administrator = await someoneWith(school, 'administrator');
    const educator = await someoneWith(school, 'educator');
    const outsider = await someoneWith((await aTree()).school, 'educator');
    const student = await someoneWith(school, 'student', { subjectId: randomUUID() });
    const give = async (personId: string, role: Role) => {
      const { status, body } = await ask(administrator, 'post', `${school}/memberships`, { personId, role });
      return [status, body.code];
    };
    expect(await give(administrator.personId, 'coordinator')).toEqual([409, 'own-role']);
    expect(await give(educator.personId, 'employer-admin')).toEqual([409, 'role-not-here']);
    expect(await give(outsider.personId, 'coordinator')).toEqual([404, 'not-found']);
    expect(await give(student.personId, 'coordinator')).toEqual([404, 'not-found']);
  });

  test('ends at once, for whom it was taken from', async () => {
    const { school } = await aTree();
    const administrator = await someoneWith(school, 'administrator');
    const educator = await someoneWith(school, 'educator');
    const path = `${school}/memberships/${await membershipOf(educator)}`;
    expect((await ask(administrator, 'delete', path)).status).toBe(200);
    expect((await ask(educator, 'get', school)).status).toBe(404);
    expect((await ask(administrator, 'delete', path)).status).toBe(404);
  });

  test('is left by who has it, and ended by nobody else without the right', async () => {
    const { school } = await aTree();
    const [one, other] = [await someoneWith(school, 'educator'), await someoneWith(school, 'educator')];
    const end = (who: SignedIn, id: string) => ask(who, 'delete', `${school}/memberships/${id}`);
    expect((await end(one, await membershipOf(other))).body.code).toBe('not-allowed');
    expect((await end(one, randomUUID())).body.code).toBe('not-allowed');
    expect((await end(one, await membershipOf(one))).status).toBe(200);
  });

  test.each<[OrganizationKind, Role]>([
    ['school', 'administrator'],
    ['employer', 'employer-admin'],
  ])('of the last one who manages a %s is not ended, suspended ones not counted', async (kind, role) => {
    const organization = await anOrganization(database.source, { kind });
    const last = await someoneWith(organization, role);
    const suspended = await someoneWith(organization, role);
    await database.source.query('UPDATE person SET suspended_at = now() WHERE person_id = $1', [suspended.personId]);
    const answer = await ask(last, 'delete', `${organization}/memberships/${await membershipOf(last)}`);
    expect([answer.status, answer.body.code]).toEqual([409, 'last-administrator']);
    expect((await ask(last, 'get', organization)).body.mayGive).not.toEqual([]);
  });

  test('two administrators who remove each other, or leave, at once leave one', async () => {
    for (let round = 0; round < 8; round++) {
      const school = await anOrganization(database.source);
      const pair = [await someoneWith(school, 'administrator'), await someoneWith(school, 'administrator')] as const;
      const ids = [await membershipOf(pair[0]), await membershipOf(pair[1])] as const;
      const [ofFirst, ofSecond] = round % 2 === 0 ? [ids[1], ids[0]] : ids;
      const answers = await Promise.all([
        ask(pair[0], 'delete', `${school}/memberships/${ofFirst}`),
        ask(pair[1], 'delete', `${school}/memberships/${ofSecond}`),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const left = await database.source.query<unknown[]>(
        'SELECT 1 FROM membership WHERE organization_id = $1 AND ended_at IS NULL',
        [school],
      );
      expect(left).toHaveLength(1);
    }
  });
});

describe('After a merge', () => {
  test("an employer's people are those of both, and either id leads there", async () => {
    const [kept, gone] = [
      await anOrganization(database.source, { kind: 'employer' }),
      await anOrganization(database.source, { kind: 'employer' }),
    ];
    const owner = await someoneWith(kept, 'employer-admin');
    await someoneWith(gone, 'employer-member');
    await database.source.query('UPDATE organization SET merged_into_id = $1 WHERE organization_id = $2', [kept, gone]);
    const { body } = await ask(owner, 'get', gone);
    expect(body.organizationId).toBe(kept);
    expect(body.people.map(({ role }) => role).sort()).toEqual(['employer-admin', 'employer-member']);
  });

  test('whoever leaves while it happens is counted with those of both, and the last of them stays', async () => {
    const [kept, gone] = [
      await anOrganization(database.source, { kind: 'employer' }),
      await anOrganization(database.source, { kind: 'employer' }),
    ];
    const ofKept = await someoneWith(kept, 'employer-admin');
    const leaving = await someoneWith(gone, 'employer-admin');
    const membership = await membershipOf(leaving);
    await database.source.query(
      `INSERT INTO membership (person_id, organization_id, role) VALUES ($1, $2, 'employer-member')`,
      [leaving.personId, kept],
    );
    const [merge, elsewhere] = [await anOpenTransaction(), await anOpenTransaction()];
    try {
      await merge.query('UPDATE organization SET merged_into_id = $1 WHERE organization_id = $2', [kept, gone]);
      await elsewhere.query('SELECT FROM organization WHERE organization_id = $1 FOR NO KEY UPDATE', [kept]);
      const left = ask(leaving, 'delete', `${gone}/memberships/${membership}`);
      await someoneWaitsFor(merge);
      await merge.commitTransaction();
      // Holding the row of the one that is gone is not enough: who manages is decided at the one that stands.
      await someoneWaitsFor(elsewhere);
      await elsewhere.query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [ofKept.personId]);
      await elsewhere.commitTransaction();
      expect(await left).toMatchObject({ status: 409, body: { code: 'last-administrator' } });
    } finally {
      for (const runner of [merge, elsewhere]) {
        if (runner.isTransactionActive) await runner.rollbackTransaction();
        await runner.release();
      }
    }
  });
});

async function anOpenTransaction(): Promise<QueryRunner> {
  const runner = database.source.createQueryRunner();
  await runner.startTransaction();
  return runner;
}

/** Until another connection waits for a row that this one holds. */
async function someoneWaitsFor(runner: QueryRunner): Promise<void> {
  const [own] = (await runner.query('SELECT pg_backend_pid() AS pid')) as { pid: number }[];
  for (let tries = 0; tries < 500; tries++) {
    const waiting = await database.source.query<unknown[]>(
      'SELECT 1 FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))',
      [own?.pid],
    );
    if (waiting.length > 0) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('nobody waited');
}

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Session } from '@throughway/contracts/session';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aPerson } from './people.builder.js';
import { SamplePeople } from './sample-people.js';

const PLACES = {
  schools: ['Sample Fork Community College', 'Sample Parkway High School', 'Sample Summit Technology Center'],
  employer: 'Sample Regional Hospital',
};

interface Sampled {
  people: { personId: string; name: string; email: string; memberships: Session['memberships'] }[];
}

async function aServer(env: Record<string, string>) {
  const database: TestDatabase = await testDatabase(env);
  const app: NestExpressApplication = await createApp(database.config);
  const http = () => request(app.getHttpServer());
  const prepare = () => database.asOwner.run((em) => app.get(SamplePeople).prepare(em, PLACES));
  return { database, app, http, prepare };
}
type Server = Awaited<ReturnType<typeof aServer>>;

const cookieOf = (answer: request.Response): string => answer.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
const sampleId = async ({ database }: Server, role: string): Promise<string> => {
  const rows = await database.source.query<{ id: string }[]>('SELECT person_id AS id FROM person WHERE email = $1', [
    `${role}@sample.example`,
  ]);
  return rows[0]?.id ?? '';
};
const sessionCount = async ({ database }: Server): Promise<number> =>
  (await database.source.query<unknown[]>('SELECT 1 FROM session')).length;

describe('In development', () => {
  let server: Server;
  beforeAll(async () => {
    server = await aServer({ NODE_ENV: 'development' });
    await server.prepare();
  });
  afterAll(async () => {
    await server?.app.close();
    await server?.database.drop();
  });

  test('there is a sample person for each role of school and employer, in synthetic organizations', async () => {
    const { people } = (await server.http().get('/api/development/people').expect(200)).body as Sampled;
    expect(people.map(({ name, memberships }) => [name, ...memberships.map(({ role }) => role)])).toEqual([
      ['Sample Administrator', 'administrator'],
      ['Sample Coordinator', 'coordinator'],
      ['Sample Educator', 'educator'],
      ['Sample Employer Administrator', 'employer-admin'],
      ['Sample Employer Member', 'employer-member'],
      ['Sample Leader', 'leader'],
    ]);
    const places = people.flatMap(({ memberships }) => memberships.map(({ organization }) => organization));
    expect(places.every(({ sample, name }) => sample && name.startsWith('Sample'))).toBe(true);
    expect(people.every(({ email }) => email.endsWith('@sample.example'))).toBe(true);
  });

  test('the tree is state, region, district and its schools; colleges stand below the region', async () => {
    const rows = await server.database.source.query<{ name: string; kind: string; parent: string | null }[]>(
      `SELECT o.name, o.kind, p.kind AS parent FROM organization o LEFT JOIN organization p ON p.organization_id = o.parent_id
       ORDER BY o.name`,
    );
    expect(rows.map(({ name, kind, parent }) => [name, kind, parent])).toEqual([
      ['Sample District', 'district', 'region'],
      ['Sample Fork Community College', 'college', 'region'],
      ['Sample Parkway High School', 'school', 'district'],
      ['Sample Region', 'region', 'state'],
      ['Sample Regional Hospital', 'employer', null],
      ['Sample State', 'state', null],
      ['Sample Summit Technology Center', 'school', 'district'],
    ]);
  });

  test('preparing again, also by two processes in turn, changes nothing', async () => {
    const count = () =>
      server.database.source.query<unknown[]>(
        `SELECT (SELECT count(*) FROM organization), (SELECT count(*) FROM person), (SELECT count(*) FROM membership)`,
      );
    const before = await count();
    await server.prepare();
    await server.prepare();
    expect(await count()).toEqual(before);
  });

  test('anyone signs in as a sample person, with all that the role gives', async () => {
    const personId = await sampleId(server, 'coordinator');
    const answer = await server.http().post('/api/development/session').send({ personId }).expect(200);
    expect(answer.body).toMatchObject({
      person: { name: 'Sample Coordinator', sample: true },
      secondFactor: 'settled',
      memberships: [{ role: 'coordinator' }],
      development: true,
    });
    const after = await server.http().get('/api/session').set('Cookie', cookieOf(answer));
    expect((after.body as Session).person?.personId).toBe(personId);
  });

  test('nobody signs in as a real person this way', async () => {
    const { personId } = await aPerson(server.database.source);
    const before = await sessionCount(server);
    const answer = await server.http().post('/api/development/session').send({ personId }).expect(404);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(await sessionCount(server)).toBe(before);
  });

  test('a sample person does not sign in by password, even with one', async () => {
    const personId = await sampleId(server, 'educator');
    const real = await aPerson(server.database.source);
    const password = 'a quite long sample sentence';
    await server.http().put('/api/profile/password').set('Cookie', real.cookie).send({ password }).expect(200);
    await server.database.source.query(
      `INSERT INTO password (person_id, hash, length_count) SELECT $1, hash, length_count FROM password WHERE person_id = $2`,
      [personId, real.personId],
    );
    const signIn = (email: string) => server.http().post('/api/session/password').send({ email, password });
    await signIn(real.email).expect(200);
    const before = await sessionCount(server);
    const answer = await signIn('educator@sample.example');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await sessionCount(server)).toBe(before);
  });
});

describe.each(['test', 'production'])('With NODE_ENV=%s', (environment) => {
  let server: Server;
  beforeAll(async () => {
    server = await aServer({ NODE_ENV: environment });
    await server.prepare();
  });
  afterAll(async () => {
    await server?.app.close();
    await server?.database.drop();
  });

  test('there is no list of sample people, and no signing in as one', async () => {
    const personId = await sampleId(server, 'administrator');
    await server.http().get('/api/development/people').expect(404);
    const answer = await server.http().post('/api/development/session').send({ personId }).expect(404);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(await sessionCount(server)).toBe(0);
    expect((await server.http().get('/api/session')).body).toMatchObject({ development: false });
  });

  test('a session of a sample person, brought along with a copy of a database, counts for nothing', async () => {
    const personId = await sampleId(server, 'administrator');
    const { cookie, personId: real } = await aPerson(server.database.source);
    await server.database.source.query('UPDATE session SET person_id = $1 WHERE person_id = $2', [personId, real]);
    const answer = await server.http().get('/api/session').set('Cookie', cookie).expect(200);
    expect((answer.body as Session).person).toBeNull();
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { SupervisorLinks, SupervisorTask } from '@throughway/contracts/supervisor-links';
import request from 'supertest';
import { aTown } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { ProgramsService } from '../programs/programs.service.js';

let database: TestDatabase;
let app: NestExpressApplication;
let employer: string;
let owner: SignedIn;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  await database.asOwner.run(async (em) => {
    const main = { slug: 'main', name: 'Main', sample: false };
    const { networkId } = await app.get(ProgramsService).ensureNetwork(em, main);
    await app.get(NetworkIntake).save(em, networkId, aTown({ name: 'Hazard', countyFips: '21193' }));
  });
  const rows: { id: string }[] = await database.source.query('SELECT organization_id AS id FROM employer_identity');
  employer = rows[0]?.id ?? '';
  owner = await aPerson(database.source, { roles: [{ organizationId: employer, role: 'employer-admin' }] });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const http = () => request(app.getHttpServer());
const linksAt = (organizationId: string) => `/api/organizations/${organizationId}/supervisor-links`;

async function requirement(): Promise<{ network: string; requirementId: string; title: string }> {
  const answer = await http().get(linksAt(employer)).set('Cookie', owner.cookie).expect(200);
  const [first] = (answer.body as SupervisorLinks).requirements;
  if (!first) throw new Error('the employer has no requirement');
  return first;
}

/** A link to the employer's requirement: its token as the mail holds it, and its id. */
async function aLink(supervisorName = 'Sample Supervisor'): Promise<{ token: string; linkId: string }> {
  const { network, requirementId } = await requirement();
  const email = 'supervisor@example.test';
  const answer = await http()
    .post(linksAt(employer))
    .set(asCommand())
    .set('Cookie', owner.cookie)
    .send({ network, requirementId, supervisorName, email, language: 'es' })
    .expect(200);
  const mails: { url: string }[] = await database.source.query(
    `SELECT detail ->> 'url' AS url FROM mail_outbox WHERE template = 'supervisor-link' ORDER BY created_at DESC LIMIT 1`,
  );
  const token = /#token=([\w-]{43})$/.exec(mails[0]?.url ?? '')?.[1] ?? '';
  return { token, linkId: (answer.body as SupervisorLinks).links[0]?.linkId ?? '' };
}

describe('A supervisor without an account', () => {
  test('reads the one requirement that the link is for, as often as they like', async () => {
    const { token } = await aLink('Sample Foreman');
    const { title } = await requirement();
    for (const look of [1, 2]) {
      const answer = await http().post('/api/supervisor-task').send({ token }).expect(200);
      const task = answer.body as SupervisorTask;
      expect([look, task.supervisorName, task.requirement.title]).toEqual([look, 'Sample Foreman', title]);
      expect(task.requirement.skills.length).toBeGreaterThan(0);
    }
    const links = await http().get(linksAt(employer)).set('Cookie', owner.cookie).expect(200);
    expect((links.body as SupervisorLinks).links[0]).toMatchObject({ state: 'open', supervisorName: 'Sample Foreman' });
    expect((links.body as SupervisorLinks).links[0]?.lastUsedAt).not.toBeNull();
  });

  test('gets no session and nothing else by it', async () => {
    const { token } = await aLink();
    const answer = await http().post('/api/supervisor-task').send({ token }).expect(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    for (const path of ['/api/profile', linksAt(employer), `/api/organizations/${employer}`]) {
      await http().get(path).set('Cookie', `throughway=${token}`).expect(401);
    }
  });

  test.each([
    [
      'taken back',
      (id: string) =>
        http()
          .delete(`${linksAt(employer)}/${id}`)
          .set(asCommand())
          .set('Cookie', owner.cookie)
          .expect(200),
    ],
    [
      'past its day',
      (id: string) =>
        database.source.query(`UPDATE supervisor_link SET expires_at = now() - interval '1 s' WHERE link_id = $1`, [
          id,
        ]),
    ],
  ])('sees nothing at the next click with a link that is %s', async (_, end) => {
    const { token, linkId } = await aLink();
    await http().post('/api/supervisor-task').send({ token }).expect(200);
    await end(linkId);
    const answer = await http().post('/api/supervisor-task').send({ token }).expect(404);
    expect(answer.body).toMatchObject({ code: 'link-over' });
  });

  test('finds a made-up or changed link like one that is over', async () => {
    const { token } = await aLink();
    const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    const answer = await http().post('/api/supervisor-task').send({ token: changed }).expect(404);
    expect(answer.body).toMatchObject({ code: 'link-over' });
  });

  test('is written to in their language; the stored link is a digest', async () => {
    const { token } = await aLink();
    const rows: { language: string; held: boolean }[] = await database.source.query(
      `SELECT language, EXISTS (SELECT FROM supervisor_link l WHERE l::text LIKE '%' || $1 || '%') AS held
       FROM mail_outbox WHERE template = 'supervisor-link' ORDER BY created_at DESC LIMIT 1`,
      [token],
    );
    expect(rows).toEqual([{ language: 'es', held: false }]);
  });
});

describe('Links for supervisors', () => {
  test('are made by the employer’s administrator alone, for requirements of their own', async () => {
    const member = await aPerson(database.source, { roles: [{ organizationId: employer, role: 'employer-member' }] });
    const rival = await anOrganization(database.source, { kind: 'employer' });
    const stranger = await aPerson(database.source, { roles: [{ organizationId: rival, role: 'employer-admin' }] });
    const { network, requirementId } = await requirement();
    const asked = { network, requirementId, supervisorName: 'S', email: 's@example.test', language: 'en' };
    const post = (where: string, { cookie }: SignedIn) =>
      http().post(linksAt(where)).set(asCommand()).set('Cookie', cookie).send(asked);
    await post(employer, member).expect(403);
    await post(employer, stranger).expect(404);
    await post(rival, stranger).expect(404);
    await http().post(linksAt(employer)).set(asCommand()).send(asked).expect(401);
  });

  test('of another employer are neither seen nor taken back', async () => {
    const { linkId } = await aLink();
    const rival = await anOrganization(database.source, { kind: 'employer' });
    const stranger = await aPerson(database.source, { roles: [{ organizationId: rival, role: 'employer-admin' }] });
    await http()
      .delete(`${linksAt(rival)}/${linkId}`)
      .set(asCommand())
      .set('Cookie', stranger.cookie)
      .expect(404);
    const own = await http().get(linksAt(rival)).set('Cookie', stranger.cookie).expect(200);
    expect(own.body).toEqual({ requirements: [], links: [] });
  });

  test('are thirty an hour of one employer at most, also at once', async () => {
    const { network, requirementId } = await requirement();
    const asked = { network, requirementId, supervisorName: 'S', email: 's@example.test', language: 'en' };
    const answers = await Promise.all(
      Array.from({ length: 32 }, () =>
        http().post(linksAt(employer)).set(asCommand()).set('Cookie', owner.cookie).send(asked),
      ),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused[0]?.body).toMatchObject({ code: 'too-many-mails' });
    const rows = await database.source.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM supervisor_link WHERE organization_id = $1',
      [employer],
    );
    expect(rows).toEqual([{ count: 30 }]);
  });
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NetworkList } from '@throughway/contracts/networks';
import request from 'supertest';
import { aTown } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aKeeper } from './networks.builder.js';
import { ProgramsService } from './programs.service.js';

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

function save(slug: string, sample: boolean, rows: Parameters<NetworkIntake['saveAndAlign']>[2]): Promise<unknown> {
  return database.asOwner.run(async (em) => {
    const { networkId } = await app.get(ProgramsService).ensureNetwork(em, { slug, name: slug, sample });
    return app.get(NetworkIntake).saveAndAlign(em, networkId, rows, 'import');
  });
}

async function slugs(cookie = ''): Promise<string[]> {
  const answer = await request(app.getHttpServer()).get('/api/networks').set('Cookie', cookie).expect(200);
  return slugsOf(answer);
}

function slugsOf({ body }: request.Response): string[] {
  return (body as NetworkList).networks.map(({ slug }) => slug);
}

test('a real network with a school stands before the sample; one without a school is not shown', async () => {
  const town = aTown({ name: 'Hazard', countyFips: '21193' });
  await save('another', true, town);
  await save('main', false, { skills: town.skills });
  const { cookie, personId } = await aKeeper(database.source, 'main');
  expect(await slugs(cookie)).toEqual(['another']);
  const board = await request(app.getHttpServer()).get('/api/board').set('Cookie', cookie).expect(200);
  expect((board.body as { network: { slug: string } }).network.slug).toBe('another');
  await save('east', false, town);
  await database.source.query(
    `UPDATE network e SET organization_id = m.organization_id, source = 'east'
     FROM network m WHERE e.slug = 'east' AND m.slug = 'main'`,
  );
  await save('main', false, town);
  expect(await slugs(cookie)).toEqual(['main', 'east', 'another']);
  expect(await slugs()).toEqual(['another']);
  await database.source.query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [personId]);
  expect(await slugs(cookie)).toEqual(['another']);
});

test('what belongs to nobody is read at a private development server itself, and by administrators of regions', async () => {
  await save('nobodys', false, aTown({ name: 'Pikeville', countyFips: '21195' }));
  const region = await anOrganization(database.source, { kind: 'region' });
  const school = await anOrganization(database.source);
  const administrator = (organizationId: string): Promise<SignedIn> =>
    aPerson(database.source, { roles: [{ organizationId, role: 'administrator' }] });
  expect(await slugs((await administrator(region)).cookie)).toEqual(['nobodys', 'another']);
  expect(await slugs((await administrator(school)).cookie)).toEqual(['another']);
  expect(await slugs()).toEqual(['another']);
  const atHome = await createApp({ ...database.config, NODE_ENV: 'development' });
  try {
    const ask = () => request(atHome.getHttpServer()).get('/api/networks').set('Host', 'localhost');
    expect(slugsOf(await ask())).toEqual(['nobodys', 'another']);
    expect(slugsOf(await ask().set('X-Forwarded-For', '192.0.2.1'))).toEqual(['another']);
  } finally {
    await atHome.close();
  }
});

test('a network of a taken name is numbered', async () => {
  const { networkId, slug } = await database.asOwner.run((em) =>
    app.get(ProgramsService).foundNetwork(em, { slug: 'main', name: 'Ours', sample: false }),
  );
  expect(slug).toBe('main-2');
  await database.source.query('DELETE FROM network WHERE network_id = $1', [networkId]);
});

test('ids of two networks never collide', async () => {
  const rows = await database.source.query<unknown[]>(
    `SELECT slug FROM cohort JOIN network USING (network_id) WHERE cohort_id = 'Hazard-2026' ORDER BY slug`,
  );
  expect(rows).toEqual([{ slug: 'another' }, { slug: 'east' }, { slug: 'main' }]);
});

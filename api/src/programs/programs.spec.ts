import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NetworkList } from '@throughway/contracts/networks';
import request from 'supertest';
import { aTown } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
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

async function slugs(): Promise<string[]> {
  const answer = await request(app.getHttpServer()).get('/api/networks').expect(200);
  return (answer.body as NetworkList).networks.map(({ slug }) => slug);
}

test('a real network with a school stands before the sample; one without a school is not shown', async () => {
  const town = aTown({ name: 'Hazard', countyFips: '21193' });
  await save('another', true, town);
  await save('main', false, { skills: town.skills });
  expect(await slugs()).toEqual(['another']);
  const board = await request(app.getHttpServer()).get('/api/board').expect(200);
  expect((board.body as { network: { slug: string } }).network.slug).toBe('another');
  await save('east', false, town);
  await save('main', false, town);
  expect(await slugs()).toEqual(['main', 'east', 'another']);
});

test('ids of two networks never collide', async () => {
  const rows = await database.source.query<unknown[]>(
    `SELECT slug FROM cohort JOIN network USING (network_id) WHERE cohort_id = 'Hazard-2026' ORDER BY slug`,
  );
  expect(rows).toEqual([{ slug: 'another' }, { slug: 'east' }, { slug: 'main' }]);
});

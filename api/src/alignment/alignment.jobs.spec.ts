import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Run } from '@throughway/contracts/runs';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { aTown, dayOf, together } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aKeeper } from '../programs/networks.builder.js';
import { ProgramsService } from '../programs/programs.service.js';
import { AlignmentJobs } from './alignment.jobs.js';

let database: TestDatabase;
const apps: NestExpressApplication[] = [];

async function aProcess(today: string): Promise<NestExpressApplication> {
  const app = await createApp({ ...database.config, TODAY: today });
  apps.push(app);
  return app;
}

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await database?.drop();
});

const stale = aTown({ name: 'Hazard', countyFips: '21193' });
const due = aTown({ name: 'Paducah', countyFips: '21145' });
const network = together(
  { ...stale, requirements: stale.requirements.map((row) => ({ ...row, reviewBy: dayOf('2026-06-30') })) },
  { ...due, requirements: due.requirements.map((row) => ({ ...row, reviewBy: dayOf('2026-07-31') })) },
  aTown({ name: 'Pikeville', countyFips: '21195' }),
);

test('however many processes tick, a night has one whole run and notes each requirement once', async () => {
  const yesterday = await aProcess('2026-06-30');
  await database.asOwner.run(async (em) => {
    const main = { slug: 'main', name: 'Main', sample: false };
    const { networkId } = await yesterday.get(ProgramsService).ensureNetwork(em, main);
    await yesterday.get(NetworkIntake).saveAndAlign(em, networkId, network, 'import');
  });
  const processes = [await aProcess('2026-07-01'), await aProcess('2026-07-01')];
  for (const process of processes) await process.get(AlignmentJobs).start();
  await Promise.all(processes.flatMap((process) => [1, 2, 3].map(() => process.get(AlignmentJobs).tick())));
  await settled();
  for (const process of processes) await process.get(AlignmentJobs).tick();
  await settled();

  const { cookie } = await aKeeper(database.source, 'main');
  const answer = await request(yesterday.getHttpServer()).get('/api/runs').set('Cookie', cookie).expect(200);
  const { runs } = answer.body as { runs: Run[] };
  expect(runs.map(({ cause, asOf }) => [cause, asOf])).toEqual([
    ['nightly', '2026-07-01'],
    ['import', '2026-06-30'],
  ]);
  const reviews = await database.source.query<unknown[]>(
    'SELECT requirement_id AS id, state, noticed_on::text AS on FROM requirement_review ORDER BY requirement_id',
  );
  expect(reviews).toEqual([
    { id: 'Hazard-welder', state: 'stale', on: '2026-07-01' },
    { id: 'Paducah-welder', state: 'due', on: '2026-07-01' },
  ]);
});

/** Waits until no job waits or runs. */
async function settled(): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 100) {
    const [row] = await database.source.query<{ open: number }[]>(
      `SELECT count(*)::integer AS open FROM pgboss.job WHERE state IN ('created', 'retry', 'active')`,
    );
    if (row?.open === 0) return;
    await delay(100);
  }
  throw new Error('jobs did not end');
}

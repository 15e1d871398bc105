import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Board, BoardCounties } from '@throughway/contracts/board';
import request from 'supertest';
import { aTown, together } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import type { SignedIn } from '../identity/people.builder.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aKeeper } from '../programs/networks.builder.js';
import { ProgramsService } from '../programs/programs.service.js';

let database: TestDatabase;
let app: NestExpressApplication;
let keeper: SignedIn;

const network = together(
  aTown({ name: 'Hazard', countyFips: '21193' }),
  aTown({ name: 'Paducah', countyFips: '21145', completers: 40 }),
  {
    ...aTown({ name: 'Pikeville', countyFips: '21195', taught: 1 }),
    areas: [
      { areaId: 'east', countyFips: '21193' },
      { areaId: 'east', countyFips: '21195' },
    ],
    projections: [
      {
        areaId: 'east',
        soc: '51-4121',
        annualOpenings: 12,
        medianWageHourlyCents: 2100,
        source: 'Sample source',
        vintage: '2024',
      },
    ],
  },
);

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  await database.asOwner.run(async (em) => {
    const { networkId } = await app
      .get(ProgramsService)
      .ensureNetwork(em, { slug: 'main', name: 'Main', sample: false });
    await app.get(NetworkIntake).saveAndAlign(em, networkId, network, 'import');
  });
  keeper = await aKeeper(database.source, 'main');
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const get = (path: string) => request(app.getHttpServer()).get(path).set('Cookie', keeper.cookie);

async function board(query: Record<string, string> = {}): Promise<Board> {
  const answer = await get('/api/board').query(query).expect(200);
  return answer.body as Board;
}

describe('the board', () => {
  test('lists graduates without a seat first and counts each seat once', async () => {
    const { rows, totals, rowCount } = await board();
    expect(rows.map(({ cohortId, seated, withoutSeat }) => [cohortId, seated, withoutSeat])).toEqual([
      ['Paducah-2026', 3, 37],
      ['Pikeville-2026', 0, 10],
      ['Hazard-2026', 3, 7],
    ]);
    expect(rowCount).toBe(3);
    expect(totals).toEqual({
      cohorts: 3,
      completers: 60,
      seated: 6,
      withoutSeat: 54,
      promisedSeats: 6,
      postedHeadcount: 9,
      projectedOpenings: 12,
      projectedSources: [{ source: 'Sample source', vintage: '2024', overdue: null }],
    });
  });

  test('a region shows its own cohorts and totals', async () => {
    const { rows, totals, regions } = await board({ region: 'east' });
    expect(regions).toEqual([{ areaId: 'east', name: 'east' }]);
    expect(rows.map((row) => row.cohortId)).toEqual(['Pikeville-2026', 'Hazard-2026']);
    expect(totals).toMatchObject({ cohorts: 2, completers: 20, seated: 3, projectedOpenings: 12 });
  });

  test('pages neither repeat nor skip a row, in every order', async () => {
    for (const sort of ['without-seat', 'seat-share', 'coverage', 'pathway', 'completes']) {
      const pages = await Promise.all(['1', '2', '3'].map((page) => board({ sort, page, size: '1' })));
      const ids = pages.flatMap(({ rows }) => rows.map((row) => row.cohortId));
      expect([...ids].sort()).toEqual(['Hazard-2026', 'Paducah-2026', 'Pikeville-2026']);
    }
  });

  test('a flag and a part of a name narrow the rows and their count', async () => {
    const flagged = await board({ flag: 'skills-gap' });
    expect(flagged.rows.map((row) => row.cohortId)).toEqual(['Pikeville-2026']);
    expect(flagged.rowCount).toBe(1);
    const named = await board({ q: 'paducah' });
    expect(named.rows.map((row) => row.cohortId)).toEqual(['Paducah-2026']);
    expect(named.rowCount).toBe(1);
    expect((await board({ q: '%' })).rowCount).toBe(0);
  });

  test('the map sets demand beside seats county by county', async () => {
    const answer = await get('/api/board/counties').expect(200);
    const { counties } = answer.body as BoardCounties;
    expect(counties.find(({ fips }) => fips === '21145')).toMatchObject({
      promisedSeats: 2,
      postedHeadcount: 3,
      completers: 40,
      seated: 3,
      withoutSeat: 37,
    });
  });

  test('an unknown network and an unknown region are not there', async () => {
    for (const query of [{ network: 'elsewhere' }, { region: 'west' }]) {
      const answer = await get('/api/board').query(query).expect(404);
      expect(answer.body).toMatchObject({ code: 'not-found' });
    }
  });

  test('an unchanged board is not sent again', async () => {
    const first = await get('/api/board').expect(200);
    await get('/api/board').set('If-None-Match', String(first.headers['etag'])).expect(304);
  });
});

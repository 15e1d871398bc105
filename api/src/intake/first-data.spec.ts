import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ROLES } from '@throughway/vocabulary/roles';
import { aTown } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { ProgramsService } from '../programs/programs.service.js';
import { FirstData } from './first-data.service.js';
import { NetworkIntake } from './network-intake.service.js';
import { SAMPLE_NETWORK } from './sample-tenant.service.js';

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

/** Organizations, people and memberships, as many as there are. */
async function counts(): Promise<Record<string, number>> {
  const rows = await database.source.query<Record<string, number>[]>(
    `SELECT (SELECT count(*)::int FROM organization) AS organizations, (SELECT count(*)::int FROM person) AS people,
       (SELECT count(*)::int FROM membership) AS memberships`,
  );
  return rows[0] ?? {};
}

test('a sample network from before there were people gets its organizations and people at the next start, once', async () => {
  const town = aTown({ name: 'Hazard', countyFips: '21193' });
  await database.asOwner.run(async (em) => {
    const { networkId } = await app.get(ProgramsService).ensureNetwork(em, { ...SAMPLE_NETWORK, source: 'sample' });
    await app.get(NetworkIntake).save(em, networkId, town);
  });
  await app.get(FirstData).prepare(database.asOwner, () => undefined);
  const schools = await database.source.query<{ name: string }[]>(
    `SELECT name FROM organization WHERE kind IN ('school', 'college') AND sample ORDER BY name`,
  );
  expect(schools.map(({ name }) => name)).toEqual(town.institutions.map(({ name }) => name).sort());
  const concerned: { name: string; school: string | null }[] = await database.source.query(
    `SELECT i.name, o.name AS school FROM institution i LEFT JOIN organization o USING (organization_id)`,
  );
  expect(concerned).toEqual(town.institutions.map(({ name }) => ({ name, school: name })));
  const roles = await database.source.query<{ role: string }[]>(
    'SELECT DISTINCT role FROM membership JOIN person USING (person_id) WHERE sample AND ended_at IS NULL ORDER BY role',
  );
  expect(roles.map(({ role }) => role)).toEqual([...ROLES].sort());
  const pairs: { first: string; second: string; state: string }[] = await database.source.query(
    `SELECT a.name AS first, b.name AS second, d.state FROM employer_duplicate d
       JOIN organization a ON a.organization_id = d.first_id JOIN organization b ON b.organization_id = d.second_id`,
  );
  expect(pairs.map(({ first, second, state }) => [...[first, second].sort(), state])).toEqual([
    ['Sample Hollow Regional Hospital', 'Sample Hollow Regional Hospital, Inc.', 'open'],
  ]);
  const before = await counts();
  await Promise.all([1, 2].map(() => app.get(FirstData).prepare(database.asOwner, () => undefined)));
  expect(await counts()).toEqual(before);
});

test('real networks alone bring no sample people', async () => {
  const other = await testDatabase();
  const real = await createApp(other.config);
  try {
    await other.asOwner.run(async (em) => {
      const { networkId } = await real
        .get(ProgramsService)
        .ensureNetwork(em, { ...SAMPLE_NETWORK, slug: 'main', name: 'Our network', sample: false, source: 'folder' });
      await real.get(NetworkIntake).save(em, networkId, aTown({ name: 'Hazard', countyFips: '21193' }));
    });
    await real.get(FirstData).prepare(other.asOwner, () => undefined);
    expect(await other.source.query('SELECT 1 FROM person')).toEqual([]);
  } finally {
    await real.close();
    await other.drop();
  }
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OrganizationKind } from '@throughway/vocabulary/roles';
import { anOrganization } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { ProgramsService } from './programs.service.js';

let database: TestDatabase;
const programs = new ProgramsService();

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

/** A network of that tenant with institutions of those names, and which organization each of them is. */
async function identify(
  organizationId: string | null,
  names: string[],
): Promise<{ networkId: number; ids: () => Promise<(string | null)[]> }> {
  const networkId = await database.asOwner.run(async (em) => {
    const { networkId } = await programs.foundNetwork(em, { slug: 'n', name: 'n', sample: false, organizationId });
    const institutions = names.map((name, at) => ({ institutionId: `${at}`, name, countyFips: '21193', reach: null }));
    await programs.save(em, networkId, { institutions }, new Map(), {});
    return networkId;
  });
  const ids = async (): Promise<(string | null)[]> => {
    const rows: { id: string | null }[] = await database.source.query(
      'SELECT organization_id AS id FROM institution WHERE network_id = $1 ORDER BY institution_id',
      [networkId],
    );
    return rows.map(({ id }) => id);
  };
  return { networkId, ids };
}

test('an institution is the organization of its name at or below the tenant, whatever its case and spaces', async () => {
  const region = await anOrganization(database.source, { kind: 'region' });
  const district = await anOrganization(database.source, {
    kind: 'district',
    name: 'Sample County Schools',
    parentId: region,
  });
  const school = await anOrganization(database.source, { name: 'Sample  Valley High', parentId: district });
  await anOrganization(database.source, { name: 'Sample Elsewhere High' });
  await anOrganization(database.source, { kind: 'employer', name: 'Sample Works' });
  const { ids } = await identify(region, [
    ' SAMPLE valley high',
    'Sample County Schools',
    'Sample Elsewhere High',
    'Sample Works',
    'Sample Valley High School',
  ]);
  expect(await ids()).toEqual([school, district, null, null, null]);
});

test.each<OrganizationKind>(['school', 'college'])('every institution of a %s’s network is that one', async (kind) => {
  const tenant = await anOrganization(database.source, { kind });
  const { ids } = await identify(tenant, ['Sample Welding Lab', 'Sample Campus']);
  expect(await ids()).toEqual([tenant, tenant]);
});

test('of two organizations of one name, and in a network of nobody, nothing is said', async () => {
  const region = await anOrganization(database.source, { kind: 'region' });
  const name = 'Sample Twin High';
  await anOrganization(database.source, { name, parentId: region });
  await anOrganization(database.source, { name: 'sample twin HIGH', parentId: region });
  expect(await (await identify(region, [name])).ids()).toEqual([null]);
  expect(await (await identify(null, [name])).ids()).toEqual([null]);
});

test('is said anew: a school that left the tenant’s tree, or has another name, is no longer the one concerned', async () => {
  const region = await anOrganization(database.source, { kind: 'region' });
  const school = await anOrganization(database.source, { name: 'Sample Moved High', parentId: region });
  const { networkId, ids } = await identify(region, ['Sample Moved High']);
  expect(await ids()).toEqual([school]);
  await database.source.query('UPDATE organization SET parent_id = NULL WHERE organization_id = $1', [school]);
  await database.asOwner.run((em) => programs.identifyInstitutions(em, networkId));
  expect(await ids()).toEqual([null]);
});

test('stays what it was when another takes its name, and is nobody new as long as two have it', async () => {
  const region = await anOrganization(database.source, { kind: 'region' });
  const name = 'Sample First High';
  const school = await anOrganization(database.source, { name, parentId: region });
  const { networkId, ids } = await identify(region, [name]);
  await anOrganization(database.source, { name, parentId: region });
  const again = () => database.asOwner.run((em) => programs.identifyInstitutions(em, networkId));
  await again();
  expect(await ids()).toEqual([school]);
  await anOrganization(database.source, { name, parentId: region });
  await database.source.query(`UPDATE organization SET name = 'Sample Renamed High' WHERE organization_id = $1`, [
    school,
  ]);
  await again();
  expect(await ids()).toEqual([null]);
});

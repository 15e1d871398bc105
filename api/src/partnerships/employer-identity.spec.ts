import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Employer, Network, Site } from '@throughway/vocabulary/network';
import { Logger } from '@nestjs/common';
import { anOrganization, aPerson } from '../identity/people.builder.js';
import { createApp } from '../bootstrap.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { FirstData } from '../intake/first-data.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { ProgramsService } from '../programs/programs.service.js';

let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await testDatabase();
  app = await createApp(database.config);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

let networkCount = 0;
function aNetwork({ sample = false } = {}): Promise<number> {
  const slug = `network-${++networkCount}`;
  return database.asOwner.run(async (em) => {
    const { networkId } = await app.get(ProgramsService).ensureNetwork(em, { slug, name: slug, sample });
    return networkId;
  });
}

const anEmployer = (given: Partial<Employer>): Employer => ({
  employerId: 'E1',
  name: 'Sample Mill',
  naics: null,
  contactEmail: null,
  ein: null,
  website: null,
  ...given,
});

const aSite = (given: Partial<Site>): Site => ({
  siteId: 'S1',
  employerId: 'E1',
  name: 'Plant',
  countyFips: '21193',
  timeZone: null,
  ...given,
});

async function save(networkId: number, rows: Pick<Network, 'employers'> & Partial<Network>): Promise<void> {
  await database.asOwner.run((em) => app.get(NetworkIntake).save(em, networkId, rows));
}

interface Identity {
  id: string;
  name: string;
  webDomain: string | null;
  ein: string | null;
  sample: boolean;
}

async function identities(networkId: number): Promise<Record<string, Identity>> {
  const rows: (Identity & { employerId: string })[] = await database.source.query(
    `SELECT employer_id AS "employerId", organization_id AS id, name, web_domain AS "webDomain", ein, sample
     FROM employer_identity JOIN organization USING (organization_id) WHERE network_id = $1 ORDER BY employer_id`,
    [networkId],
  );
  return Object.fromEntries(rows.map(({ employerId, ...identity }) => [employerId, identity]));
}

async function onlyIdentity(networkId: number): Promise<Identity> {
  const [identity, ...more] = Object.values(await identities(networkId));
  if (!identity || more.length > 0) throw new Error('expected one identity');
  return identity;
}

/** Reasons and state of the pairs in which an employer of the networks stands. */
async function pairs(...networkIds: number[]): Promise<{ reasons: string[]; state: string }[]> {
  return database.source.query(
    `SELECT reasons, state FROM employer_duplicate WHERE EXISTS (
       SELECT FROM employer_identity WHERE organization_id IN (first_id, second_id) AND network_id = ANY($1))
     ORDER BY reasons`,
    [networkIds],
  );
}

describe('An imported employer', () => {
  test('becomes an organization of its own with name, domain, EIN and sites; importing again makes no other', async () => {
    const network = await aNetwork();
    const rows = {
      employers: [
        anEmployer({ name: 'Sample First Mill', ein: '61-0000001', website: 'https://www.first-mill.example/jobs' }),
        anEmployer({ employerId: 'E2', name: 'Sample Other Shop', contactEmail: 'other@gmail.com' }),
      ],
      sites: [aSite({}), aSite({ siteId: 'S2', name: 'Office' })],
    };
    await save(network, rows);
    const before = await identities(network);
    expect(before).toMatchObject({
      E1: { name: 'Sample First Mill', webDomain: 'first-mill.example', ein: '610000001', sample: false },
      E2: { name: 'Sample Other Shop', webDomain: null, ein: null },
    });
    await save(network, rows);
    expect(await identities(network)).toEqual(before);
    const sites: unknown[] = await database.source.query(
      'SELECT name, county_fips FROM organization_site WHERE organization_id = $1 AND closed_at IS NULL ORDER BY name',
      [before['E1']?.id],
    );
    expect(sites).toEqual([
      { name: 'Office', county_fips: '21193' },
      { name: 'Plant', county_fips: '21193' },
    ]);
  });

  test('of a sample network is a sample', async () => {
    const network = await aNetwork({ sample: true });
    await save(network, { employers: [anEmployer({ name: 'Sample Samplework' })] });
    expect((await onlyIdentity(network)).sample).toBe(true);
  });

  test('follows later imports until people have taken it over; after they left, again', async () => {
    const network = await aNetwork();
    const given = (name: string, countyFips: string) => ({
      employers: [anEmployer({ name })],
      sites: [aSite({ countyFips })],
    });
    const seen = async (): Promise<unknown> => {
      const { id, name } = await onlyIdentity(network);
      const sites: { at: string }[] = await database.source.query(
        'SELECT county_fips AS at FROM organization_site WHERE organization_id = $1 AND closed_at IS NULL',
        [id],
      );
      return [name, sites.map(({ at }) => at)];
    };
    await save(network, given('Sample Quarry', '21193'));
    await save(network, given('Sample Quarry Works', '21195'));
    expect(await seen()).toEqual(['Sample Quarry Works', ['21195']]);

    const { id } = await onlyIdentity(network);
    const owner = await aPerson(database.source, { roles: [{ organizationId: id, role: 'employer-admin' }] });
    await save(network, given('Sample Renamed By Import', '21001'));
    expect(await seen()).toEqual(['Sample Quarry Works', ['21195']]);

    await database.source.query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [owner.personId]);
    await save(network, given('Sample Renamed By Import', '21001'));
    expect(await seen()).toEqual(['Sample Renamed By Import', ['21001']]);
  });

  test('is left alone too when people have taken over the one that it was merged with', async () => {
    const network = await aNetwork();
    await save(network, { employers: [anEmployer({ name: 'Sample Pottery' })] });
    const { id } = await onlyIdentity(network);
    const other = await anOrganization(database.source, { kind: 'employer', name: 'Sample Kiln' });
    await aPerson(database.source, { roles: [{ organizationId: other, role: 'employer-admin' }] });
    await database.source.query('UPDATE organization SET merged_into_id = $1 WHERE organization_id = $2', [id, other]);
    await save(network, { employers: [anEmployer({ name: 'Sample Pottery Renamed' })] });
    expect((await onlyIdentity(network)).name).toBe('Sample Pottery');
  });

  test('that came in before there were identities gets one at the next start, and only once', async () => {
    const network = await aNetwork();
    await save(network, { employers: [anEmployer({ name: 'Sample Earlier Works' })] });
    const { id } = await onlyIdentity(network);
    await database.source.query('DELETE FROM employer_identity WHERE organization_id = $1', [id]);
    await app.get(FirstData).prepare(database.asOwner, () => undefined);
    const made = await onlyIdentity(network);
    expect(made).toMatchObject({ name: 'Sample Earlier Works' });
    await app.get(FirstData).prepare(database.asOwner, () => undefined);
    expect(await onlyIdentity(network)).toEqual(made);
  });
});

describe('Two schools that bring in employers', () => {
  test.each([
    ['equal EINs', ['ein'], { name: 'Sample A', ein: '61-1000001' }, { name: 'Sample Zeta', ein: '611000001' }],
    [
      'one domain',
      ['web-domain'],
      { name: 'Sample B', website: 'www.one-b.example' },
      { name: 'Sample Eta', contactEmail: 'x@one-b.example' },
    ],
    [
      'equal names but for the legal form',
      ['name'],
      { name: 'The Sample C Mill, Inc.' },
      { name: 'SAMPLE C MILL LLC' },
    ],
    [
      'alike names in one county',
      ['name'],
      { name: 'Sample Delta Manufacturing' },
      { name: 'Sample Delta Manufacturng' },
    ],
    [
      'all of that',
      ['ein', 'name', 'web-domain'],
      { name: 'Sample F Works', ein: '61-1000006', website: 'f-works.example' },
      { name: 'Sample F Works', ein: '61-1000006', website: 'f-works.example' },
    ],
  ])('with %s: two organizations, and one pair that says %j', async (_, reasons, here, there) => {
    const [one, other] = [await aNetwork(), await aNetwork()];
    await save(one, { employers: [anEmployer(here)], sites: [aSite({})] });
    await save(other, { employers: [anEmployer(there)], sites: [aSite({})] });
    expect((await onlyIdentity(one)).id).not.toBe((await onlyIdentity(other)).id);
    expect(await pairs(one, other)).toEqual([{ reasons, state: 'open' }]);
    await save(other, { employers: [anEmployer(there)], sites: [aSite({})] });
    expect(await pairs(one, other)).toHaveLength(1);
  });

  test.each([
    ['alike names in two counties', { name: 'Sample Gamma Fabrication' }, { name: 'Sample Gamma Fabricaton' }, '21195'],
    [
      'alike names with other numbers',
      { name: 'Sample Plant of Gears 12' },
      { name: 'Sample Plant of Gears 13' },
      '21193',
    ],
    [
      'a mail service in common',
      { name: 'Sample H', contactEmail: 'h@gmail.com' },
      { name: 'Sample Iota', contactEmail: 'i@gmail.com' },
      '21193',
    ],
    [
      'a placeholder for an EIN',
      { name: 'Sample K', ein: '00-0000000' },
      { name: 'Sample Lambda', ein: '00-0000000' },
      '21193',
    ],
  ])('with %s: no pair', async (_, here, there, countyFips) => {
    const [one, other] = [await aNetwork(), await aNetwork()];
    await save(one, { employers: [anEmployer(here)], sites: [aSite({})] });
    await save(other, { employers: [anEmployer(there)], sites: [aSite({ countyFips })] });
    expect(await pairs(one, other)).toEqual([]);
  });

  test('a real one beside a synthetic one is no pair', async () => {
    const [real, sample] = [await aNetwork(), await aNetwork({ sample: true })];
    await save(real, { employers: [anEmployer({ ein: '61-2000001', name: 'Sample M' })] });
    await save(sample, { employers: [anEmployer({ ein: '61-2000001', name: 'Sample M' })] });
    expect(await pairs(real, sample)).toEqual([]);
  });

  test('a decided pair is not proposed again, whatever a later import changes', async () => {
    const [one, other] = [await aNetwork(), await aNetwork()];
    const rows = { employers: [anEmployer({ name: 'Sample N Works', ein: '61-2000002' })] };
    await save(one, rows);
    await save(other, rows);
    const { id } = await onlyIdentity(one);
    await database.source.query(`UPDATE employer_duplicate SET state = 'distinct' WHERE $1 IN (first_id, second_id)`, [
      id,
    ]);
    await save(other, {
      employers: [anEmployer({ name: 'Sample N Works Inc', ein: '61-2000002', website: 'n.example' })],
    });
    expect(await pairs(one, other)).toEqual([{ reasons: ['ein', 'name'], state: 'distinct' }]);
  });

  test('at the same time find each other', async () => {
    const [one, other] = [await aNetwork(), await aNetwork()];
    const rows = { employers: [anEmployer({ name: 'Sample O Works', ein: '61-2000003' })] };
    await Promise.all([save(one, rows), save(other, rows)]);
    expect(await pairs(one, other)).toHaveLength(1);
  });
});

describe('Twenty thousand employers', () => {
  const count = 20_000;
  const trades = ['Bakery', 'Clinic', 'Foundry', 'Nursery', 'Orchard', 'Printing', 'Quarry', 'Roofing'];
  const many = (prefix: string, size: number): Pick<Network, 'employers' | 'sites'> => ({
    employers: Array.from({ length: size }, (_, index) =>
      anEmployer({
        employerId: `E${index}`,
        name: `Sample ${word(index)} ${trades[index % trades.length]}`,
        ein: `${prefix}${String(index).padStart(7, '0')}`,
      }),
    ),
    sites: Array.from({ length: size }, (_, index) =>
      aSite({ siteId: `S${index}`, employerId: `E${index}`, countyFips: String(21_001 + 2 * (index % 120)) }),
    ),
  });

  /** Pronounceable, and unlike its neighbors: a different one for each index below 100,000. */
  function word(index: number): string {
    const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'je', 'ki', 'lo', 'mu'];
    return [...String((index * 7919) % 100_003).padStart(6, '0')].map((digit) => syllables[Number(digit)]).join('');
  }

  async function statementsOf(work: () => Promise<void>): Promise<number> {
    let count = 0;
    const { logger } = database.source;
    const counting = Object.create(logger) as typeof logger;
    counting.logQuery = () => void count++;
    database.source.logger = counting;
    try {
      await work();
    } finally {
      database.source.logger = logger;
    }
    return count;
  }

  test('are identified and proposed in as many statements as one', async () => {
    const [few, first, second] = [await aNetwork(), await aNetwork(), await aNetwork()];
    const forOne = await statementsOf(() => save(few, many('70', 1)));
    const batches = 2 * (Math.ceil(count / 4000) - 1);
    const analyzed = 3;
    const forMany = await statementsOf(() => save(first, many('71', count)));
    expect(forOne).toBeGreaterThan(5);
    expect(forMany).toBeLessThanOrEqual(forOne + batches + analyzed);
    expect(Object.keys(await identities(first))).toHaveLength(count);

    await save(second, many('71', count));
    const [found] = await database.source.query<{ ein: number }[]>(
      `SELECT count(*) FILTER (WHERE 'ein' = ANY(reasons))::int AS ein FROM employer_duplicate
       WHERE first_id IN (SELECT organization_id FROM employer_identity WHERE network_id IN ($1, $2))`,
      [first, second],
    );
    expect(found?.ein).toBe(count);
  }, 300_000);
});

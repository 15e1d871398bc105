import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { PartnershipLadder } from '@throughway/contracts/partnerships';
import type { PathwayPage } from '@throughway/contracts/pathways';
import type { Role } from '@throughway/vocabulary/roles';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { EntityManager } from 'typeorm';
import { aTown, together } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { Transactions, WorkTransactions } from '../platform/database/transactions.js';
import { ProgramsService } from '../programs/programs.service.js';
import { NetworkIntake } from './network-intake.service.js';
import { recordImport } from './record-import.js';

/** PostgreSQL's insufficient_privilege. */
const NOT_GRANTED = '42501';
let database: TestDatabase;
let app: NestExpressApplication;
const cookies = new Map<string, string>([['stranger', '']]);
const importId = randomUUID();

const CANARIES = { contactEmail: 'canary-mail@example.test', ein: '987654321', website: 'https://canary-site.example' };
const hazard = aTown({ name: 'Hazard', countyFips: '21193' });
const network = together(
  {
    ...hazard,
    employers: hazard.employers.map((row) => ({ ...row, ...CANARIES })),
    activations: hazard.activations.map((row) => ({ ...row, reason: 'canary-reason' })),
  },
  aTown({ name: 'Paducah', countyFips: '21145' }),
);

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  const { source } = database;
  const state = await anOrganization(source, { kind: 'state' });
  const region = await anOrganization(source, { kind: 'region', parentId: state });
  const district = await anOrganization(source, { kind: 'district', parentId: region });
  const college = await anOrganization(source, { kind: 'college', name: 'Sample Hazard College', parentId: region });
  const otherRegion = await anOrganization(source, { kind: 'region', parentId: state });
  await database.asOwner.run(async (em) => {
    const programs = app.get(ProgramsService);
    const tenancies = [
      { slug: 'main', sample: false, organizationId: region, rows: network },
      {
        slug: 'foreign',
        sample: false,
        organizationId: otherRegion,
        rows: aTown({ name: 'Louisa', countyFips: '21127' }),
      },
      { slug: 'sample', sample: true, rows: aTown({ name: 'Murray', countyFips: '21035' }) },
    ];
    for (const { rows, ...wanted } of tenancies) {
      const { networkId } = await programs.foundNetwork(em, { ...wanted, name: wanted.slug });
      await app.get(NetworkIntake).saveAndAlign(em, networkId, rows, 'import');
      if (wanted.slug !== 'main') continue;
      const outcome = { state: 'done' as const, files: [], notices: [], errors: [], runId: null };
      await recordImport(em, { importId, networkId, partial: false, bytesTotal: 1 }, outcome);
    }
  });
  const [employer]: { id: string }[] = await source.query(
    `SELECT organization_id AS id FROM employer_identity WHERE employer_id = 'Hazard-employer'`,
  );
  const people: [name: string, role: Role, organizationId: string][] = [
    ['other tenant', 'coordinator', otherRegion],
    ['tenant', 'coordinator', region],
    ['tenant above', 'coordinator', state],
    ['school concerned', 'educator', college],
    ['tenant below', 'leader', district],
    ['employer', 'employer-member', employer?.id ?? ''],
    ['student', 'student', college],
  ];
  for (const [name, role, organizationId] of people) {
    const subject = role === 'student' ? { subjectId: randomUUID() } : {};
    cookies.set(name, (await aPerson(source, { roles: [{ organizationId, role, ...subject }] })).cookie);
  }
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

/** From anywhere, so that nobody is the server's operator. */
function ask(who: string, path: string): request.Test {
  const asked = request(app.getHttpServer()).get(path).set('X-Forwarded-For', '192.0.2.1');
  return asked.set('Cookie', cookies.get(who) ?? '');
}

const PAGES = {
  board: '/api/board?network=main',
  counties: '/api/board/counties?network=main',
  pathway: '/api/pathways/Hazard-welding?network=main',
  runs: '/api/runs?network=main',
  ladder: '/api/partnerships?network=main',
  own: '/api/partnerships/Hazard-employer/Hazard-welding?network=main',
  other: '/api/partnerships/Paducah-employer/Paducah-welding?network=main',
  import: `/api/imports/${importId}`,
};

/** Who gets which of {@link PAGES}; everyone else finds nothing there. */
const SEEN: [who: string, pages: (keyof typeof PAGES)[]][] = [
  ['stranger', []],
  ['other tenant', []],
  ['tenant', ['board', 'counties', 'pathway', 'runs', 'ladder', 'own', 'other', 'import']],
  ['tenant above', ['board', 'counties', 'pathway', 'runs', 'ladder', 'import']],
  ['school concerned', ['board', 'counties', 'pathway', 'runs', 'ladder', 'own']],
  ['tenant below', ['board', 'counties', 'pathway', 'runs', 'ladder']],
  ['employer', ['ladder', 'own']],
  ['student', ['board', 'counties', 'pathway', 'runs']],
];

describe('Of a tenant’s network', () => {
  test.each(SEEN)('the %s sees %j', async (who, pages) => {
    for (const [page, path] of Object.entries(PAGES)) {
      const hidden = who === 'stranger' && page === 'import' ? 401 : 404;
      const { status } = await ask(who, path);
      expect([page, status]).toEqual([page, pages.includes(page as keyof typeof PAGES) ? 200 : hidden]);
    }
  });

  test.each(SEEN)('what the %s may not see answers as what is not there, to the byte', async (who, pages) => {
    const nowhere: [page: keyof typeof PAGES, path: string][] = [
      ['own', '/api/partnerships/nobody/nothing?network=main'],
      ['other', '/api/partnerships/nobody/nothing?network=main'],
      ['import', `/api/imports/${randomUUID()}`],
    ];
    for (const page of ['board', 'counties', 'pathway', 'runs', 'ladder', 'own', 'other'] as const) {
      const inNetwork = page === 'own' || page === 'other' ? 'ladder' : page;
      if (!pages.includes(inNetwork)) nowhere.push([page, PAGES[page].replace('network=main', 'network=nowhere')]);
    }
    for (const [page, path] of nowhere) {
      if (pages.includes(page)) continue;
      expect(anonymous(await ask(who, PAGES[page]))).toBe(anonymous(await ask(who, path)));
    }
  });

  test.each(SEEN)('the %s is told of it, and of its imports, if they may see them', async (who, pages) => {
    const { networks } = (await ask(who, '/api/networks').expect(200)).body as { networks: { slug: string }[] };
    const reads = pages.includes('board');
    const expected = [
      ...(reads ? ['main'] : []),
      ...(who === 'other tenant' || who === 'tenant above' ? ['foreign'] : []),
    ];
    expect(networks.map(({ slug }) => slug).sort()).toEqual([...expected, 'sample'].sort());
    if (who === 'stranger') return void (await ask(who, '/api/imports').expect(401));
    const { imports } = (await ask(who, '/api/imports').expect(200)).body as { imports: unknown[] };
    expect(imports).toHaveLength(pages.includes('import') ? 1 : 0);
  });
});

/** An answer without what names its request. */
function anonymous({ status, text }: request.Response): string {
  return `${status} ${text.replace(/"requestId":"[^"]*"/, '')}`;
}

async function ladderOf(who: string, query = ''): Promise<PartnershipLadder> {
  return (await ask(who, `${PAGES.ladder}${query}`).expect(200)).body as PartnershipLadder;
}

describe('The ladder', () => {
  test.each([
    ['tenant', 'all', 'network', 2, ['Hazard-employer', 'Paducah-employer']],
    ['school concerned', 'own', 'network', 2, ['Hazard-employer']],
    ['employer', 'own', 'own', 1, ['Hazard-employer']],
    ['tenant below', 'none', 'network', 2, []],
    ['tenant above', 'none', 'network', 2, []],
  ])('shows the %s %s of the rows, and counts of %s', async (who, rowsVisible, countsCover, counted, employers) => {
    const ladder = await ladderOf(who);
    expect(ladder).toMatchObject({ rowsVisible, countsCover, rowCount: employers.length });
    expect(ladder.rungCounts.reduce((sum, { count }) => sum + count, 0)).toBe(counted);
    expect(ladder.rows.map(({ employerId }) => employerId).sort()).toEqual(employers);
  });

  test.each(['tenant above', 'tenant below', 'school concerned', 'employer'])(
    'finds by no search what the %s does not see',
    async (who) => {
      expect(await ladderOf(who, '&q=Paducah')).toMatchObject({ rowCount: 0, rows: [] });
      const rungs = (await ladderOf('tenant')).rows.map(({ rung }) => rung);
      for (const rung of new Set(rungs)) {
        const { rowCount, rows } = await ladderOf(who, `&rung=${rung}`);
        expect(rowCount).toBe(rows.length);
      }
    },
  );

  test('of a region is told to nobody who only counts their own', async () => {
    await database.source.query(
      `INSERT INTO alignment_total (network_id, run_id, region_id, region_name, county_fips, totals)
       SELECT network_id, run_id, 'east', 'East', '{21193}', totals FROM alignment_total t
       JOIN network n USING (network_id) WHERE n.slug = 'main'`,
    );
    expect((await ladderOf('tenant above')).regions).toEqual([{ areaId: 'east', name: 'East' }]);
    expect((await ladderOf('employer')).regions).toEqual([]);
    await ask('employer', `${PAGES.ladder}&region=east`).expect(404);
  });

  test('that an employer sees first is that of the network which names it, before the sample', async () => {
    const ladder = (await ask('employer', '/api/partnerships').expect(200)).body as PartnershipLadder;
    expect(ladder.network.slug).toBe('main');
    const board = await ask('employer', '/api/board').expect(200);
    expect((board.body as { network: unknown }).network).toMatchObject({ slug: 'sample' });
  });

  test('of a merged employer is its people’s as before', async () => {
    const { source } = database;
    const kept = await anOrganization(source, { kind: 'employer' });
    const { cookie } = await aPerson(source, { roles: [{ organizationId: kept, role: 'employer-admin' }] });
    cookies.set('kept employer', cookie);
    await ask('kept employer', PAGES.own).expect(404);
    await source.query(
      `UPDATE organization SET merged_into_id = $1 WHERE organization_id =
         (SELECT organization_id FROM employer_identity WHERE employer_id = 'Hazard-employer')`,
      [kept],
    );
    try {
      await ask('kept employer', PAGES.own).expect(200);
      await ask('kept employer', PAGES.other).expect(404);
    } finally {
      await source.query('UPDATE organization SET merged_into_id = NULL');
    }
  });
});

describe('Single employers’', () => {
  test('wage floors and votes are the staff’s to see, and withheld from all others', async () => {
    const page = async (who: string) => (await ask(who, PAGES.pathway).expect(200)).body as PathwayPage;
    const terms = ({ demand, matches }: PathwayPage) => [
      ...demand.promised.map((row) => row.wageFloorHourlyCents),
      ...matches.flatMap((match) => [match.wageFloorHourlyCents, ...match.skills.map(({ vote }) => vote)]),
    ];
    expect(terms(await page('school concerned'))).toEqual([2200, 2150, 'essential']);
    expect(terms(await page('student'))).toEqual([null, null, null]);
  });

  test('contacts, identifiers and reasons stand in no answer', async () => {
    const stored: unknown[] = await database.source.query(
      `SELECT FROM employer e, activation a WHERE e.contact_email = $1 AND a.reason = 'canary-reason'`,
      [CANARIES.contactEmail],
    );
    expect(stored).toHaveLength(1);
    for (const [who] of SEEN) {
      for (const path of [...Object.values(PAGES), '/api/imports', '/api/networks']) {
        expect((await ask(who, path)).text).not.toMatch(/canary|987654321/);
      }
    }
  });
});

test('A session that lost its role sees nothing at the next request', async () => {
  const { source } = database;
  const [region]: { id: string }[] = await source.query(
    `SELECT organization_id AS id FROM network WHERE slug = 'main'`,
  );
  const { cookie, personId } = await aPerson(source, {
    roles: [{ organizationId: region?.id ?? '', role: 'coordinator' }],
  });
  cookies.set('leaving', cookie);
  await ask('leaving', PAGES.own).expect(200);
  await source.query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [personId]);
  await ask('leaving', PAGES.own).expect(404);
});

test.each([
  ['requests', Transactions],
  ['jobs', WorkTransactions],
])('Unset, a transaction of %s sees no row, whatever its connection was set to see before', async (_, Gate) => {
  const transactions = app.get<{ run<T>(work: (em: EntityManager) => Promise<T>): Promise<T> }>(Gate);
  const walled: { name: string }[] = await database.source.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity`,
  );
  const every = `SELECT set_config('throughway.networks', networks_of('{}', '{}', true, true)::text, true)`;
  await transactions.run((em) => em.query(every));
  let stored = 0;
  for (const { name } of walled) {
    const count = `SELECT count(*)::integer AS count FROM ${name}`;
    const [there]: { count: number }[] = await database.source.query(count);
    stored += there?.count ?? 0;
    const seen = await transactions
      .run((em) => em.query<{ count: number }[]>(count))
      .catch((error: { code?: string }) => {
        // Not every table is the worker's to read at all.
        if (error.code !== NOT_GRANTED) throw error;
        return [{ count: 0 }];
      });
    expect([name, seen]).toEqual([name, [{ count: 0 }]]);
  }
  expect(stored).toBeGreaterThan(50);
});

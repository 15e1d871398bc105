import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ImportRun } from '@throughway/contracts/imports';
import { serializeNetwork } from '@throughway/formats/serialize-network';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { aTown } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { FirstData } from './first-data.service.js';

const TOKEN = 'a-token-of-forty-characters-for-the-spec';
const spool = mkdtempSync(join(tmpdir(), 'throughway-spool-'));
let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase({ NODE_ENV: 'development', DATA_DIR: spool, IMPORT_TOKEN: TOKEN });
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(spool, { recursive: true, force: true });
});

const files = serializeNetwork(aTown({ name: 'Hazard', countyFips: '21193' }));

interface Upload {
  network: string;
  organizationId?: string;
  source?: string;
}

/** An upload through a proxy, as from anywhere; `headers` may say otherwise. */
function upload(
  who: SignedIn | null,
  query: Upload,
  headers: Record<string, string> = { 'X-Forwarded-For': '192.0.2.1' },
) {
  const post = request(app.getHttpServer())
    .post('/api/imports')
    .query({ ...query })
    .set(headers);
  if (who) post.set('Cookie', who.cookie);
  for (const { name, text } of files) post.attach('files', Buffer.from(text), name);
  return post;
}

async function tenancyOf(slug: string): Promise<{ organizationId: string | null; source: string } | null> {
  const rows: { organizationId: string | null; source: string }[] = await database.source.query(
    'SELECT organization_id AS "organizationId", source FROM network WHERE slug = $1',
    [slug],
  );
  return rows[0] ?? null;
}

const slugOf = ({ body }: request.Response): string => (body as ImportRun).network.slug;
const aSlug = (): string => `network-${randomUUID().slice(0, 8)}`;
const administratorOf = (...organizationIds: string[]): Promise<SignedIn> =>
  aPerson(database.source, {
    roles: organizationIds.map((organizationId) => ({ organizationId, role: 'administrator' as const })),
  });

describe('The first import by an administrator', () => {
  test('makes their organization the tenant of a new network, and of one that has none', async () => {
    const region = await anOrganization(database.source, { kind: 'region' });
    const administrator = await administratorOf(region);
    const [fresh, earlier] = [aSlug(), aSlug()];
    await upload(administrator, { network: fresh }).expect(202);
    expect(await tenancyOf(fresh)).toEqual({ organizationId: region, source: 'folder' });

    await upload(null, { network: earlier }, {}).expect(202);
    expect(await tenancyOf(earlier)).toEqual({ organizationId: null, source: 'folder' });
    await upload(administrator, { network: earlier, source: 'earlier' }).expect(202);
    expect(await tenancyOf(earlier)).toEqual({ organizationId: region, source: 'earlier' });
  });

  test('takes no network that was there before, unless they are of a region or state', async () => {
    const region = await anOrganization(database.source, { kind: 'region' });
    const school = await anOrganization(database.source, { parentId: region });
    const earlier = aSlug();
    await upload(null, { network: earlier }, {}).expect(202);
    for (const [source, headers] of [['first'], ['second', {}]] as const) {
      const made = await upload(await administratorOf(school), { network: earlier, source }, headers).expect(202);
      expect(await tenancyOf(slugOf(made))).toEqual({ organizationId: school, source });
    }
    expect(await tenancyOf(earlier)).toMatchObject({ organizationId: null });
    await upload(await administratorOf(region), { network: earlier, organizationId: school }).expect(202);
    expect(await tenancyOf(earlier)).toMatchObject({ organizationId: school });
  });

  test('into a name that another tenant has makes a numbered one, and says so', async () => {
    const [one, other] = [await anOrganization(database.source), await anOrganization(database.source)];
    const network = aSlug();
    await upload(await administratorOf(one), { network }).expect(202);
    const administrator = await administratorOf(other);
    const made = await upload(administrator, { network }).expect(202);
    expect(made.body).toMatchObject({
      network: { slug: `${network}-2` },
      notices: [`network: found the name "${network}" taken, used "${network}-2"`],
    });
    expect(await tenancyOf(network)).toMatchObject({ organizationId: one });
    expect(await tenancyOf(`${network}-2`)).toMatchObject({ organizationId: other });
    const again = await upload(administrator, { network }).expect(409);
    expect(again.body).toMatchObject({
      code: 'source-taken',
      detail: expect.stringContaining(`${network}-2`) as unknown,
    });
    await upload(administrator, { network: `${network}-2` }).expect(202);
  });

  test('of several organizations has to say whose it is, one of theirs or below', async () => {
    const region = await anOrganization(database.source, { kind: 'region' });
    const school = await anOrganization(database.source, { parentId: region });
    const other = await anOrganization(database.source);
    const administrator = await administratorOf(region, other);
    const network = aSlug();
    const unclear = await upload(administrator, { network }).expect(409);
    expect(unclear.body).toMatchObject({ code: 'which-organization' });
    const foreign = await anOrganization(database.source);
    await upload(administrator, { network, organizationId: foreign }).expect(404);
    expect(await tenancyOf(network)).toBeNull();
    await upload(administrator, { network, organizationId: school }).expect(202);
    expect(await tenancyOf(network)).toMatchObject({ organizationId: school });
  });

  test('gives one source one network', async () => {
    const administrator = await administratorOf(await anOrganization(database.source, { kind: 'region' }));
    const [first, second] = [aSlug(), aSlug()];
    await upload(administrator, { network: first }).expect(202);
    const taken = await upload(administrator, { network: second }).expect(409);
    expect(taken.body).toMatchObject({ code: 'source-taken', detail: expect.stringContaining(first) as unknown });
    expect(await tenancyOf(second)).toBeNull();
    await upload(administrator, { network: second, source: 'second-folder' }).expect(202);
  });

  test('by two at the same time makes one for each; a network that belongs to nobody goes to one of them', async () => {
    const administrators = [
      await administratorOf(await anOrganization(database.source, { kind: 'region' })),
      await administratorOf(await anOrganization(database.source, { kind: 'region' })),
    ];
    const network = aSlug();
    const made = await Promise.all(administrators.map((who) => upload(who, { network }).expect(202)));
    expect(made.map(slugOf).sort()).toEqual([network, `${network}-2`]);

    const earlier = aSlug();
    await upload(null, { network: earlier }, {}).expect(202);
    const asked = { network: earlier, source: 'earlier' };
    const answers = await Promise.all(administrators.map((who) => upload(who, asked)));
    expect(answers.filter((answer) => answer.status === 202 && slugOf(answer) === earlier)).toHaveLength(1);
  });

  test('by one twice at the same time makes one', async () => {
    const administrator = await administratorOf(await anOrganization(database.source));
    const network = aSlug();
    const made = await Promise.all([1, 2].map(() => upload(administrator, { network }).expect(202)));
    expect(made.map(slugOf)).toEqual([network, network]);
  });
});

describe('A network with a tenant', () => {
  test('takes imports of its administrators and coordinators, and of those above; to others it is not there', async () => {
    const region = await anOrganization(database.source, { kind: 'region' });
    const school = await anOrganization(database.source, { parentId: region });
    const network = aSlug();
    await upload(await administratorOf(school), { network }).expect(202);
    const of = (organizationId: string, role: 'coordinator' | 'educator'): Promise<SignedIn> =>
      aPerson(database.source, { roles: [{ organizationId, role }] });
    await upload(await of(school, 'coordinator'), { network }).expect(202);
    await upload(await administratorOf(region), { network }).expect(202);

    const foreign = await of(await anOrganization(database.source), 'coordinator');
    for (const headers of [undefined, {}]) {
      const [there, nowhere] = [
        await upload(foreign, { network }, headers),
        await upload(foreign, { network: aSlug() }, headers),
      ];
      expect(there.status).toBe(403);
      expect({ ...(there.body as object), requestId: '' }).toEqual({ ...(nowhere.body as object), requestId: '' });
    }
    expect((await upload(await of(school, 'educator'), { network }).expect(403)).body).toMatchObject({
      code: 'may-not-import',
    });
    expect(await tenancyOf(network)).toMatchObject({ organizationId: school });
  });

  test('still takes imports by the token and from this machine', async () => {
    const school = await anOrganization(database.source);
    const network = aSlug();
    await upload(await administratorOf(school), { network }).expect(202);
    const token = { 'X-Forwarded-For': '192.0.2.1', Authorization: `Bearer ${TOKEN}` };
    await upload(null, { network }, token).expect(202);
    await upload(null, { network }, {}).expect(202);
    await upload(null, { network }).expect(403);
    expect(await tenancyOf(network)).toMatchObject({ organizationId: school });
  });
});

describe('The server’s operator', () => {
  const token = { 'X-Forwarded-For': '192.0.2.1', Authorization: `Bearer ${TOKEN}` };

  test.each([
    ['by the token', token],
    ['from this machine', {}],
  ])('says %s whose a network is, new or not, but takes it from nobody', async (_, headers) => {
    const [school, other] = [await anOrganization(database.source), await anOrganization(database.source)];
    const [fresh, earlier] = [aSlug(), aSlug()];
    await upload(null, { network: fresh, organizationId: school }, headers).expect(202);
    expect(await tenancyOf(fresh)).toMatchObject({ organizationId: school });
    await upload(null, { network: earlier }, headers).expect(202);
    await upload(null, { network: earlier, organizationId: other }, headers).expect(202);
    expect(await tenancyOf(earlier)).toMatchObject({ organizationId: other });
    await upload(null, { network: fresh, organizationId: other, source: 'second' }, headers).expect(404);
    expect(await tenancyOf(fresh)).toMatchObject({ organizationId: school });
    await upload(null, { network: aSlug(), organizationId: randomUUID() }, headers).expect(404);
  });
});

describe('Nobody claims a network', () => {
  test('who is a coordinator, has a code still to give, or is of a sample organization', async () => {
    const region = await anOrganization(database.source, { kind: 'region' });
    const coordinator = await aPerson(database.source, { roles: [{ organizationId: region, role: 'coordinator' }] });
    const unproved = await aPerson(database.source, {
      roles: [{ organizationId: region, role: 'administrator' }],
      proved: false,
    });
    const sampleRegion = await anOrganization(database.source, { kind: 'region' });
    await database.source.query('UPDATE organization SET sample = true WHERE organization_id = $1', [sampleRegion]);
    const sampler = await administratorOf(sampleRegion);
    const network = aSlug();
    for (const [who, code] of [
      [coordinator, 'may-not-import'],
      [unproved, 'second-factor-needed'],
      [sampler, 'may-not-import'],
    ] as const) {
      expect((await upload(who, { network }).expect(403)).body).toMatchObject({ code });
    }
    expect(await tenancyOf(network)).toBeNull();
    await upload(sampler, { network }, {}).expect(202);
    expect(await tenancyOf(network)).toMatchObject({ organizationId: null });
  });
});

test('The sample network is the sample region’s', async () => {
  await database.source.query('TRUNCATE network CASCADE');
  await app.get(FirstData).prepare(database.asOwner, () => undefined);
  const rows: unknown[] = await database.source.query(
    `SELECT o.name, o.sample, n.source FROM network n JOIN organization o USING (organization_id) WHERE n.slug = 'sample'`,
  );
  expect(rows).toEqual([{ name: 'Sample Region', sample: true, source: 'sample' }]);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { EmployerDuplicate } from '@throughway/contracts/employer-duplicates';
import type { Problem } from '@throughway/contracts/problem';
import type { Session } from '@throughway/contracts/session';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { ProgramsService } from '../programs/programs.service.js';

let database: TestDatabase;
let app: NestExpressApplication;
let decider: SignedIn;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
  const region = await anOrganization(database.source, { kind: 'region' });
  decider = await aPerson(database.source, {
    name: 'Sample Decider',
    roles: [{ organizationId: region, role: 'administrator' }],
  });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const http = () => request(app.getHttpServer());

/** What `who` decides about a pair. */
function decide(who: SignedIn, duplicateId: string, decision: string, body: object = {}): request.Test {
  return http()
    .post(`/api/employer-duplicates/${duplicateId}/${decision}`)
    .set(asCommand())
    .set('Cookie', who.cookie)
    .send(body);
}

async function decided(duplicateId: string, decision: string, body: object = {}): Promise<EmployerDuplicate> {
  return (await decide(decider, duplicateId, decision, body).expect(200)).body as EmployerDuplicate;
}

async function list(state?: string): Promise<{ duplicates: EmployerDuplicate[]; openCount: number }> {
  const answer = await http()
    .get('/api/employer-duplicates')
    .query(state ? { state } : {})
    .set('Cookie', decider.cookie)
    .expect(200);
  return answer.body as { duplicates: EmployerDuplicate[]; openCount: number };
}

/** A problem but for the id of its request. */
const withoutId = (body: unknown): object => ({ ...(body as Problem), requestId: '' });

const anEmployer = (name: string): Promise<string> => anOrganization(database.source, { kind: 'employer', name });

async function aPair(one: string, other: string, reasons = ['name']): Promise<string> {
  const rows: { id: string }[] = await database.source.query(
    `INSERT INTO employer_duplicate (first_id, second_id, reasons)
     VALUES (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), $3) RETURNING duplicate_id AS id`,
    [one, other, reasons],
  );
  return rows[0]?.id ?? '';
}

/** The two of an open pair that names one of the employers, by name; none when it is not shown. */
async function openNames(duplicateId: string): Promise<string[]> {
  const { duplicates } = await list('open');
  const found = duplicates.find((pair) => pair.duplicateId === duplicateId);
  return found ? [found.first.name, found.second.name].sort() : [];
}

async function memberships(who: SignedIn): Promise<string[]> {
  const answer = await http().get('/api/session').set('Cookie', who.cookie).expect(200);
  return (answer.body as Session).memberships.map(({ organization }) => organization.name);
}

async function standing(organizationId: string): Promise<string> {
  const rows: { id: string }[] = await database.source.query('SELECT standing_organization($1) AS id', [
    organizationId,
  ]);
  return rows[0]?.id ?? '';
}

/** Every decision on a pair, oldest first. */
async function history(duplicateId: string): Promise<string[]> {
  const rows: { decision: string }[] = await database.source.query(
    'SELECT decision FROM employer_duplicate_decision WHERE duplicate_id = $1 ORDER BY decision_id',
    [duplicateId],
  );
  return rows.map(({ decision }) => decision);
}

describe('Two employers that may be one', () => {
  test('of two schools with the same employer become one across both networks, by one decision', async () => {
    const networkIds: number[] = [];
    for (const name of ['Sample North Network', 'Sample South Network']) {
      await database.asOwner.run(async (em) => {
        const slug = name.toLowerCase().replaceAll(' ', '-');
        const { networkId } = await app.get(ProgramsService).ensureNetwork(em, { slug, name, sample: false });
        const employer = { employerId: 'E1', name, ein: '61-7654321', naics: null, contactEmail: null, website: null };
        await app.get(NetworkIntake).save(em, networkId, { employers: [employer] });
        networkIds.push(networkId);
      });
    }
    const found = (await list('open')).duplicates.filter(({ reasons }) => reasons.includes('ein'));
    expect(found).toHaveLength(1);
    const [pair] = found;
    if (!pair) throw new Error('no pair');
    expect([pair.first, pair.second].map(({ networks }) => networks).sort()).toEqual([
      ['Sample North Network'],
      ['Sample South Network'],
    ]);
    await decided(pair.duplicateId, 'merge', { keepId: pair.first.organizationId });
    const stand: { id: string }[] = await database.source.query(
      'SELECT DISTINCT standing_organization(organization_id) AS id FROM employer_identity WHERE network_id = ANY($1)',
      [networkIds],
    );
    expect(stand).toEqual([{ id: pair.first.organizationId }]);
    const rows: unknown[] = await database.source.query(
      'SELECT DISTINCT organization_id FROM employer_identity WHERE network_id = ANY($1)',
      [networkIds],
    );
    expect(rows).toHaveLength(2);
  });

  test('are merged: who works for one acts in the other, until it is undone', async () => {
    const [away, kept] = [await anEmployer('Sample Away'), await anEmployer('Sample Kept')];
    const member = await aPerson(database.source, { roles: [{ organizationId: away, role: 'employer-admin' }] });
    const pair = await aPair(away, kept);
    const merged = await decided(pair, 'merge', { keepId: kept });
    expect(merged).toMatchObject({
      state: 'merged',
      decidedBy: 'Sample Decider',
      first: { name: 'Sample Kept' },
      second: { name: 'Sample Away' },
    });
    expect(await memberships(member)).toEqual(['Sample Kept']);
    const seen = await http().get(`/api/organizations/${kept}`).set('Cookie', member.cookie);
    expect(seen.status).toBe(200);

    expect(await decided(pair, 'undo')).toMatchObject({ state: 'open', decidedBy: null, decidedAt: null });
    expect(await memberships(member)).toEqual(['Sample Away']);
    const gone = await http().get(`/api/organizations/${kept}`).set('Cookie', member.cookie);
    expect(gone.status).toBe(404);
    expect(await history(pair)).toEqual(['merged', 'undone']);
  });

  test('are kept apart, and that can be taken back', async () => {
    const pair = await aPair(await anEmployer('Sample One'), await anEmployer('Sample Two'));
    const before = (await list()).openCount;
    expect(await decided(pair, 'distinct')).toMatchObject({ state: 'distinct', decidedBy: 'Sample Decider' });
    expect((await list()).openCount).toBe(before - 1);
    await decided(pair, 'undo');
    expect((await list()).openCount).toBe(before);
    expect(await history(pair)).toEqual(['distinct', 'undone']);
  });

  test('come with the one that has people first, and with what stands behind each', async () => {
    const [empty, staffed] = [await anEmployer('Sample Empty'), await anEmployer('Sample Staffed')];
    await aPerson(database.source, { roles: [{ organizationId: staffed, role: 'employer-admin' }] });
    await database.source.query(
      `INSERT INTO organization_site (organization_id, name, county_fips) VALUES ($1, 'Plant', '21193')`,
      [empty],
    );
    const pair = await aPair(empty, staffed);
    const { duplicates } = await list('open');
    expect(duplicates.find(({ duplicateId }) => duplicateId === pair)).toMatchObject({
      first: { name: 'Sample Staffed', peopleCount: 1, siteCount: 0 },
      second: { name: 'Sample Empty', peopleCount: 0, siteCount: 1 },
    });
  });
});

describe('After a merge', () => {
  test('open pairs of the one that went are shown against the one that stays, each two once', async () => {
    const [a, b, c] = [await anEmployer('Sample A'), await anEmployer('Sample B'), await anEmployer('Sample C')];
    const [ab, bc, ac] = [await aPair(a, b), await aPair(b, c), await aPair(a, c)];
    await decided(ab, 'merge', { keepId: b });
    expect([await openNames(bc), await openNames(ac)].sort()).toEqual([[], ['Sample B', 'Sample C']]);
    const shown = (await openNames(ac)).length > 0 ? ac : bc;
    await decided(shown, 'distinct');
    expect([await openNames(bc), await openNames(ac)]).toEqual([[], []]);
    await decided(ab, 'undo');
    expect([await openNames(bc), await openNames(ac)].filter((names) => names.length > 0)).toHaveLength(1);
  });

  test('the pair itself may lead to others, and each merge is undone alone in any order', async () => {
    const [a, b, c] = [await anEmployer('Sample D'), await anEmployer('Sample E'), await anEmployer('Sample F')];
    const [ab, ac] = [await aPair(a, b), await aPair(a, c)];
    await decided(ab, 'merge', { keepId: b });
    await decide(decider, ac, 'merge', { keepId: a })
      .expect(409)
      .expect(({ body }) => expect(body).toMatchObject({ code: 'not-one-of-them' }));
    await decided(ac, 'merge', { keepId: c });
    expect([await standing(a), await standing(b), await standing(c)]).toEqual([c, c, c]);
    await decided(ab, 'undo');
    expect([await standing(a), await standing(b), await standing(c)]).toEqual([a, c, c]);
    await decided(ac, 'undo');
    expect([await standing(a), await standing(b), await standing(c)]).toEqual([a, b, c]);
  });

  test('two that are one already are not merged again', async () => {
    const [a, b, c] = [await anEmployer('Sample G'), await anEmployer('Sample H'), await anEmployer('Sample I')];
    const [ab, bc, ac] = [await aPair(a, b), await aPair(b, c), await aPair(a, c)];
    await decided(ab, 'merge', { keepId: b });
    await decided(bc, 'merge', { keepId: c });
    expect(await openNames(ac)).toEqual([]);
    const answer = await decide(decider, ac, 'merge', { keepId: c }).expect(409);
    expect(answer.body).toMatchObject({ code: 'merge-circle' });
  });
});

describe('A decision', () => {
  test('is made once: of two at the same time one is told that it is decided', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await anEmployer('Sample J'), await anEmployer('Sample K')];
      const pair = await aPair(a, b);
      const answers = await Promise.all([
        decide(decider, pair, 'merge', { keepId: a }),
        decide(decider, pair, 'merge', { keepId: b }),
        decide(decider, pair, 'distinct'),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      for (const { body, status } of answers)
        if (status === 409) expect(body).toMatchObject({ code: 'already-decided' });
      expect(await history(pair)).toHaveLength(1);
    }
  });

  test('on two pairs at the same time never makes a circle', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b, c] = [await anEmployer('Sample L'), await anEmployer('Sample M'), await anEmployer('Sample N')];
      const [ab, bc, ac] = [await aPair(a, b), await aPair(b, c), await aPair(a, c)];
      await Promise.all([
        decide(decider, ab, 'merge', { keepId: b }),
        decide(decider, bc, 'merge', { keepId: c }),
        decide(decider, ac, 'merge', { keepId: a }),
      ]);
      const roots = await Promise.all([a, b, c].map(standing));
      expect(roots.every((root) => root !== '')).toBe(true);
    }
  });

  test('that is not there cannot be undone, and one that is cannot be made again', async () => {
    const [a, b] = [await anEmployer('Sample O'), await anEmployer('Sample P')];
    const pair = await aPair(a, b);
    expect((await decide(decider, pair, 'undo').expect(409)).body).toMatchObject({ code: 'not-decided' });
    await decided(pair, 'merge', { keepId: a });
    for (const decision of ['merge', 'distinct']) {
      const answer = await decide(decider, pair, decision, { keepId: a }).expect(409);
      expect(answer.body).toMatchObject({ code: 'already-decided' });
    }
  });

  test('never makes a real employer and a synthetic one one', async () => {
    const [a, b] = [await anEmployer('Sample Q'), await anEmployer('Sample R')];
    const pair = await aPair(a, b);
    const [first] = [a, b].sort();
    await database.source.query('UPDATE organization SET sample = true WHERE organization_id = $1', [
      first === a ? b : a,
    ]);
    expect((await decide(decider, pair, 'merge', { keepId: a }).expect(409)).body).toMatchObject({
      code: 'sample-and-real',
    });
  });
});

describe('Others than administrators of a region or state', () => {
  test.each([
    ['administrator', 'school'],
    ['administrator', 'district'],
    ['coordinator', 'region'],
    ['leader', 'state'],
    ['employer-admin', 'employer'],
  ] as const)('(%s of a %s) see no pair and decide none', async (role, kind) => {
    const organizationId = await anOrganization(database.source, { kind });
    const other = await aPerson(database.source, { roles: [{ organizationId, role }] });
    const mine = kind === 'employer' ? organizationId : await anEmployer('Sample S');
    const pair = await aPair(mine, await anEmployer('Sample T'));
    const answer = await http().get('/api/employer-duplicates').set('Cookie', other.cookie).expect(403);
    expect(answer.body).toMatchObject({ code: 'not-allowed' });
    const unknown = await decide(other, '00000000-0000-4000-8000-000000000000', 'distinct').expect(404);
    for (const decision of ['merge', 'distinct', 'undo']) {
      const foreign = await decide(other, pair, decision, { keepId: mine }).expect(404);
      expect(withoutId(foreign.body)).toEqual(withoutId(unknown.body));
    }
    expect(await history(pair)).toEqual([]);
  });

  test('(a stranger; someone with a code still to give) are asked to sign in first', async () => {
    const pair = await aPair(await anEmployer('Sample U'), await anEmployer('Sample V'));
    await http().get('/api/employer-duplicates').expect(401);
    await http().post(`/api/employer-duplicates/${pair}/distinct`).set(asCommand()).send({}).expect(401);
    const region = await anOrganization(database.source, { kind: 'region' });
    const unproved = await aPerson(database.source, {
      roles: [{ organizationId: region, role: 'administrator' }],
      proved: false,
    });
    const answer = await decide(unproved, pair, 'distinct').expect(403);
    expect(answer.body).toMatchObject({ code: 'second-factor-needed' });
  });

  test('(an administrator of a sample region) see sample pairs alone', async () => {
    const region = await anOrganization(database.source, { kind: 'region' });
    await database.source.query('UPDATE organization SET sample = true WHERE organization_id = $1', [region]);
    const sampler = await aPerson(database.source, { roles: [{ organizationId: region, role: 'administrator' }] });
    const [a, b] = [await anEmployer('Sample W'), await anEmployer('Sample X')];
    const pair = await aPair(a, b);
    await decide(sampler, pair, 'distinct').expect(404);
    await database.source.query('UPDATE organization SET sample = true WHERE organization_id IN ($1, $2)', [a, b]);
    await decide(sampler, pair, 'distinct').expect(200);
    expect((await list()).duplicates.map(({ duplicateId }) => duplicateId)).not.toContain(pair);
  });
});

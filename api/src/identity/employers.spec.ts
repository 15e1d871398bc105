import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OrganizationRef } from '@throughway/contracts/people';
import type { Problem } from '@throughway/contracts/problem';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { lockAddingEmployers } from './employers.repository.js';
import { insertOrganization } from './organizations.repository.js';
import { anOrganization, aPerson, type SignedIn } from './people.builder.js';

let database: TestDatabase;
let app: NestExpressApplication;
let coordinator: SignedIn;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  const school = await anOrganization(database.source);
  coordinator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'coordinator' }] });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const add = (employer: object, who = coordinator) =>
  request(app.getHttpServer()).post('/api/employers').set(asCommand()).set('Cookie', who.cookie).send(employer);
const find = async (q: string, who = coordinator): Promise<string[]> => {
  const answer = await request(app.getHttpServer()).get('/api/employers').query({ q }).set('Cookie', who.cookie);
  return (answer.body as { employers: OrganizationRef[] }).employers.map(({ name }) => name);
};

/** A coordinator of a synthetic school. */
async function aSampleCoordinator(): Promise<SignedIn> {
  const school = await anOrganization(database.source);
  await database.source.query('UPDATE organization SET sample = true WHERE organization_id = $1', [school]);
  return aPerson(database.source, { roles: [{ organizationId: school, role: 'coordinator' }] });
}

describe('An employer that is alike', () => {
  test.each<[string, object, object, string]>([
    [
      'in name, but for case, punctuation and legal form',
      { name: 'Sample Ridge Mining, Inc.' },
      { name: 'SAMPLE RIDGE MINING L.L.C.' },
      'body.name',
    ],
    [
      'in EIN, written another way',
      { name: 'Sample Brook Foods', ein: '61-2345678' },
      { name: 'Sample Creek Bakery', ein: '612345678' },
      'body.ein',
    ],
    [
      'in web domain',
      { name: 'Sample Dale Health', webDomain: 'dale.example' },
      { name: 'Sample Dale Clinic', webDomain: 'WWW.dale.example' },
      'body.webDomain',
    ],
  ])('%s is refused and named, unless it is said to be another', async (_, there, alike, path) => {
    await add(there).expect(200);
    const refused = await add(alike).expect(409);
    const problem = refused.body as Problem;
    expect(problem.code).toBe('employer-exists');
    expect(problem.detail).toContain((there as { name: string }).name);
    expect(problem.fields?.map((field) => field.path)).toEqual([path]);
    await add({ ...alike, another: true }).expect(200);
  });

  test('that another one is adding at this moment is waited for, and then refused', async () => {
    const name = 'Sample Hurry Logistics';
    const second = await database.source.transaction(async (em) => {
      await lockAddingEmployers(em);
      await insertOrganization(em, { kind: 'employer', name, parentId: null, sample: false });
      let answered = false;
      const asking = add({ name }).then(({ status }) => {
        answered = true;
        return status;
      });
      const waits = async (): Promise<boolean> => {
        const rows: unknown[] = await em.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
        return rows.length > 0;
      };
      while (!answered && !(await waits())) await new Promise((done) => setTimeout(done, 20));
      return { asking };
    });
    expect(await second.asking).toBe(409);
  });

  test('to one merged into another is named by the one that stands', async () => {
    const kept = await anOrganization(database.source, { kind: 'employer', name: 'Sample Standing Steel' });
    const gone = await anOrganization(database.source, { kind: 'employer', name: 'Sample Former Steel' });
    await database.source.query('UPDATE organization SET merged_into_id = $1 WHERE organization_id = $2', [kept, gone]);
    const refused = await add({ name: 'Sample Former Steel Co' }).expect(409);
    expect((refused.body as Problem).detail).toContain('"Sample Standing Steel"');
    expect(await find('Former Steel')).toEqual(['Sample Standing Steel']);
  });
});

describe('An employer', () => {
  test('keeps its EIN as nine digits, and one that nobody has is refused', async () => {
    const added = await add({ name: 'Sample Digits', ein: '27-0000001' }).expect(200);
    const rows = await database.source.query<unknown[]>('SELECT ein FROM organization WHERE organization_id = $1', [
      (added.body as OrganizationRef).organizationId,
    ]);
    expect(rows).toEqual([{ ein: '270000001' }]);
    expect((await add({ name: 'Sample Nines', ein: '99-9999999' })).status).toBe(400);
  });

  test('is found by a piece of its name, a name that resembles it, its domain and its EIN', async () => {
    await add({ name: 'Sample Overlook Turbines', webDomain: 'overlook.example', ein: '30-1234567' }).expect(200);
    for (const q of ['verlook', 'sampel overlook turbine', 'www.overlook.example', '301234567', '30-1234567']) {
      expect(await find(q)).toContain('Sample Overlook Turbines');
    }
    expect(await find('30-7654321')).toEqual([]);
    expect(await find('%%')).toEqual([]);
  });

  test('that is synthetic is for synthetic schools, and a real one for real ones', async () => {
    const sample = await aSampleCoordinator();
    expect((await add({ name: 'Sample Mirror Works' }).expect(200)).body).toMatchObject({ sample: false });
    const mirrored = (await add({ name: 'Sample Mirror Works' }, sample).expect(200)).body as OrganizationRef;
    expect(mirrored.sample).toBe(true);
    expect(await find('Mirror Works')).toHaveLength(1);
    expect(await find('Mirror Works', sample)).toHaveLength(1);
    const seen = await request(app.getHttpServer())
      .get(`/api/organizations/${mirrored.organizationId}`)
      .set('Cookie', coordinator.cookie);
    expect(seen.status).toBe(404);
  });

  test('is neither found nor added by who may not bring employers in', async () => {
    const school = await anOrganization(database.source);
    const educator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'educator' }] });
    const employer = await anOrganization(database.source, { kind: 'employer' });
    const owner = await aPerson(database.source, { roles: [{ organizationId: employer, role: 'employer-admin' }] });
    for (const who of [educator, owner]) {
      expect((await add({ name: 'Sample Own Addition' }, who).expect(403)).body).toMatchObject({ code: 'not-allowed' });
      await request(app.getHttpServer()).get('/api/employers?q=Sample').set('Cookie', who.cookie).expect(403);
    }
    await request(app.getHttpServer()).get('/api/employers?q=Sample').expect(401);
  });
});

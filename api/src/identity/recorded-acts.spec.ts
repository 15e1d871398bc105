import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AuditRecord } from '@throughway/contracts/audit';
import type { Role } from '@throughway/vocabulary/roles';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { verifyRecord } from '../platform/audit/verify-record.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { foundOrganization } from './found-organization.js';
import { anOrganization, aPerson, type SignedIn } from './people.builder.js';
import { suspendPerson } from './person-access.js';

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

const at = (organizationId: string, role: Role, name = 'Sample Person') =>
  aPerson(database.source, { name, roles: [{ organizationId, role }] });

async function send(who: SignedIn, method: 'post' | 'delete', path: string, body: object = {}): Promise<unknown> {
  const answer = await request(app.getHttpServer())[method](path).set(asCommand()).set('Cookie', who.cookie).send(body);
  expect([path, answer.status]).toEqual([path, expect.any(Number)]);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function search(who: SignedIn, query: Record<string, string> = {}): Promise<AuditRecord> {
  const answer = await request(app.getHttpServer())
    .get('/api/audit')
    .query(query)
    .set('Cookie', who.cookie)
    .expect(200);
  return answer.body as AuditRecord;
}

const actionsOf = ({ entries }: AuditRecord): string[] => entries.map(({ action }) => action).reverse();

/** A school below a region, with an administrator each. */
async function aRegion(): Promise<{ region: string; school: string; overseer: SignedIn; administrator: SignedIn }> {
  const region = await anOrganization(database.source, { kind: 'region' });
  const school = await anOrganization(database.source, { parentId: region });
  return {
    ...{ region, school },
    overseer: await at(region, 'administrator', 'Sample Overseer'),
    administrator: await at(school, 'administrator', 'Sample Administrator'),
  };
}

describe('What people do with their organization', () => {
  test('stands in its record, with who did it, when, and to whom', async () => {
    const { school, administrator } = await aRegion();
    const educator = await at(school, 'educator', 'Sample Educator');
    const path = `/api/organizations/${school}`;
    await send(administrator, 'post', `${path}/memberships`, { personId: educator.personId, role: 'coordinator' });
    await send(administrator, 'post', `${path}/memberships`, { personId: educator.personId, role: 'coordinator' });
    await send(administrator, 'post', `${path}/invitations`, {
      ...{ email: 'next@example.test', role: 'educator', language: 'en' },
    });
    const sites = { name: 'Sample Annex', countyFips: '21193' };
    await send(administrator, 'post', `${path}/sites`, sites);
    const page = await search(administrator);
    expect(actionsOf(page)).toEqual(['membership-given', 'invitation-sent', 'site-added']);
    const given = page.entries.at(-1);
    expect(given).toMatchObject({
      sequence: 1,
      actor: { kind: 'person', personId: administrator.personId, name: 'Sample Administrator' },
      subject: { kind: 'person', id: educator.personId, name: 'Sample Educator' },
      detail: { role: 'coordinator' },
      erased: false,
      organization: { organizationId: school },
    });
    expect(page.entries[1]?.detail).toEqual({ role: 'educator', email: 'next@example.test' });
  });

  test('an act that is refused leaves no entry', async () => {
    const { school, administrator } = await aRegion();
    const own = { personId: administrator.personId, role: 'coordinator' };
    await expect(send(administrator, 'post', `/api/organizations/${school}/memberships`, own)).rejects.toThrow();
    expect((await search(administrator)).total).toBe(0);
  });

  test('an operator’s acts are theirs, and an account’s are in no organization’s record', async () => {
    const { administrator, overseer } = await aRegion();
    const founded = await database.asOwner.run((em) =>
      foundOrganization(em, new Date(), { kind: 'region', name: 'Sample Founded Region', parentId: null }),
    );
    const first = await at(founded.organizationId, 'administrator');
    await database.asOwner.run((em) => suspendPerson(em, administrator.email, new Date()));
    await send(overseer, 'delete', '/api/sessions');
    expect((await search(first)).entries).toMatchObject([
      { action: 'organization-added', actor: { kind: 'operator', personId: null, name: null }, sequence: 1 },
    ]);
    const platform: { action: string }[] = await database.source.query(
      `SELECT action FROM audit_entry WHERE subject_id = ANY($1)`,
      [[administrator.personId, overseer.personId]],
    );
    expect(platform.map(({ action }) => action).sort()).toEqual(['person-suspended', 'signed-out-everywhere']);
  });

  test('two employers said to be one stand in the records of both and of who decided', async () => {
    const { overseer } = await aRegion();
    const [one, other] = [
      await anOrganization(database.source, { kind: 'employer', name: 'Sample Alike Works' }),
      await anOrganization(database.source, { kind: 'employer', name: 'Sample Alike Works Inc' }),
    ];
    const [pair]: { id: string }[] = await database.source.query(
      `INSERT INTO employer_duplicate (first_id, second_id, reasons)
       VALUES (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), '{name}') RETURNING duplicate_id AS id`,
      [one, other],
    );
    const owner = await at(other, 'employer-admin');
    await send(overseer, 'post', `/api/employer-duplicates/${pair?.id}/merge`, { keepId: one });
    for (const reader of [overseer, await at(one, 'employer-admin'), owner]) {
      expect(actionsOf(await search(reader))).toContain('employers-merged');
    }
  });
});

describe('The record', () => {
  test('is searched by organization, action, name, subject and day, each narrowing the others', async () => {
    const { region, school, overseer } = await aRegion();
    const person = await at(school, 'educator', 'Sample Quillwright');
    const act = (organizationId: string, day: string, subject: string, actor = overseer.personId) =>
      database.asOwner.run((em) =>
        recordActs(em, new Date(`${day}T03:59:00Z`), {
          ...{ organizationId, actor: { personId: actor }, action: 'membership-ended' },
          subject: { kind: 'person', id: subject },
        }),
      );
    await act(region, '2026-03-01', person.personId);
    // A minute before midnight in New York on the 1st.
    await act(school, '2026-04-02', randomUUID(), person.personId);
    await act(school, '2026-04-03', randomUUID());
    const total = async (query: Record<string, string>) => (await search(overseer, query)).total;
    expect(await total({})).toBe(3);
    expect(await total({ organizationId: school })).toBe(2);
    expect(await total({ person: 'quillWRIGHT' })).toBe(2);
    expect(await total({ subject: person.personId })).toBe(1);
    expect(await total({ action: 'membership-given' })).toBe(0);
    expect(await total({ from: '2026-04-01' })).toBe(2);
    expect(await total({ from: '2026-04-01', to: '2026-04-01' })).toBe(1);
    expect(await total({ person: 'Quillwright', organizationId: school })).toBe(1);
    const second = await search(overseer, { page: '2', size: '2' });
    expect([second.entries.length, second.total, second.entries[0]?.at]).toEqual([1, 3, '2026-03-01T03:59:00.000Z']);
    expect(second.organizations.map(({ organizationId }) => organizationId).sort()).toEqual([region, school].sort());
  });

  test('is shown to those who manage the people there or above, and to nobody else', async () => {
    const { school, overseer, administrator } = await aRegion();
    const educator = await at(school, 'educator');
    const stranger = (await aRegion()).administrator;
    await send(administrator, 'post', `/api/organizations/${school}/sites`, { name: 'Sample', countyFips: '21193' });
    expect((await search(overseer)).total).toBe(1);
    for (const who of [educator, stranger]) {
      expect(await search(who, { organizationId: school })).toMatchObject({ total: 0, entries: [] });
      expect((await search(who)).organizations).toEqual([]);
    }
    await request(app.getHttpServer()).get('/api/audit').expect(401);
    await database.source.query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [overseer.personId]);
    expect((await search(overseer)).total).toBe(0);
  });

  test('says that a detail was erased, and is whole all the while', async () => {
    const { school, administrator } = await aRegion();
    await send(administrator, 'post', `/api/organizations/${school}/sites`, { name: 'Sample', countyFips: '21193' });
    await database.source.query('DELETE FROM audit_detail WHERE organization_id = $1', [school]);
    expect((await search(administrator)).entries).toMatchObject([{ detail: null, erased: true }]);
    expect((await database.asOwner.read(verifyRecord)).break).toBeNull();
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { tracesOf } from '../platform/database/traces.builder.js';
import { anOrganization, aPerson, type SignedIn } from './people.builder.js';
import { giveWaysIn } from './ways-in.builder.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-removal-'));
let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase({ DATA_DIR: folder });
  app = await createApp(database.config);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const remove = ({ cookie }: Pick<SignedIn, 'cookie'>): request.Test =>
  request(app.getHttpServer()).delete('/api/profile').set('Cookie', cookie);
const rows = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => database.source.query(sql, values);

/** Somebody of whom everything that an account holds says the canary. */
async function someone(role: 'educator' | 'coordinator' = 'educator'): Promise<SignedIn & { canary: string }> {
  const canary = `canary${randomUUID().replaceAll('-', '')}`;
  const organizationId = await anOrganization(database.source);
  const person = await aPerson(database.source, { name: canary, roles: [{ organizationId, role }] });
  const email = `${canary}@example.test`;
  await rows('UPDATE person SET email = $2 WHERE person_id = $1', person.personId, email);
  await giveWaysIn(database.source, email, canary);
  await rows(
    `INSERT INTO invitation (organization_id, role, email, language, open_until, accepted_at, accepted_by_id)
     VALUES ($1, 'educator', $2, 'en', now(), now(), $3), ($1, 'leader', $2, 'en', now(), NULL, NULL)`,
    organizationId,
    email,
    person.personId,
  );
  await rows(
    `INSERT INTO mail_outbox (recipient, language, template, detail, sent_at)
     VALUES ($1, 'en', 'sign-in-link', jsonb_build_object('name', $2::text), NULL), ($1, 'en', 'sign-in-link', NULL, now())`,
    email,
    canary,
  );
  return { ...person, email, canary };
}

describe('deleting my account', () => {
  test('leaves of me an id without a name, and signs me out everywhere', async () => {
    const me = await someone();
    const found = await tracesOf(database.source, me.canary, folder);
    expect(found).toEqual(expect.arrayContaining(['public.invitation', 'public.mail_outbox', 'public.person']));
    expect((await remove(me).expect(200)).body).toEqual({ erased: true });
    expect(await tracesOf(database.source, me.canary, folder)).toEqual([]);
    await remove(me).expect(401);
    expect(await rows('SELECT name, email FROM person WHERE person_id = $1', me.personId)).toEqual([
      { name: null, email: null },
    ]);
    expect(await rows('SELECT kind, organization_id, reason FROM tombstone WHERE id = $1', me.personId)).toEqual([
      { kind: 'person', organization_id: null, reason: 'request' },
    ]);
  });

  /** The control. */
  test.each(['person', 'passkey', 'session', 'invitation', 'mail_outbox', 'external_identity'])(
    'that forgets %s is found out',
    async (table) => {
      const me = await someone();
      await database.source.query(`
        CREATE FUNCTION forget_to_erase() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER forgotten BEFORE DELETE OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION forget_to_erase();
      `);
      try {
        await remove(me);
        expect(await tracesOf(database.source, me.canary, folder)).toContain(`public.${table}`);
      } finally {
        await database.source.query('DROP FUNCTION forget_to_erase() CASCADE');
      }
    },
  );

  test('what I held and decided still says that somebody did', async () => {
    const me = await someone('coordinator');
    const [first, second] = [
      await anOrganization(database.source, { kind: 'employer' }),
      await anOrganization(database.source, { kind: 'employer' }),
    ].sort();
    await rows(
      `WITH pair AS (
         INSERT INTO employer_duplicate (first_id, second_id, reasons, state) VALUES ($1, $2, '{name}', 'distinct')
         RETURNING duplicate_id)
       INSERT INTO employer_duplicate_decision (duplicate_id, decision, decided_by_id)
       SELECT duplicate_id, 'distinct', $3 FROM pair`,
      first,
      second,
      me.personId,
    );
    await remove(me).expect(200);
    const held = await rows(
      'SELECT role, ended_at IS NOT NULL AS ended FROM membership WHERE person_id = $1',
      me.personId,
    );
    expect(held).toEqual([{ role: 'coordinator', ended: true }]);
    const state = await anOrganization(database.source, { kind: 'state' });
    const decider = await aPerson(database.source, { roles: [{ organizationId: state, role: 'administrator' }] });
    const answer = await request(app.getHttpServer())
      .get('/api/employer-duplicates')
      .query({ state: 'distinct' })
      .set('Cookie', decider.cookie)
      .expect(200);
    expect(JSON.stringify(answer.body)).toContain('"decidedBy":null');
  });

  test('is refused to the last one who manages the people of an organization, until somebody else does', async () => {
    const organizationId = await anOrganization(database.source);
    const roles = [{ organizationId, role: 'administrator' as const }];
    const me = await aPerson(database.source, { roles });
    expect((await remove(me).expect(409)).body).toMatchObject({ code: 'last-administrator' });
    expect(await rows('SELECT FROM session WHERE person_id = $1 AND ended_at IS NULL', me.personId)).toHaveLength(1);
    await aPerson(database.source, { roles });
    await remove(me).expect(200);
  });

  test('of two last ones who leave at once, one stays', async () => {
    const organizationId = await anOrganization(database.source);
    const roles = [{ organizationId, role: 'administrator' as const }];
    const both = [await aPerson(database.source, { roles }), await aPerson(database.source, { roles })];
    const answers = await Promise.all(both.map((person) => remove(person)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('asks for the second factor that I have', async () => {
    const organizationId = await anOrganization(database.source);
    const me = await aPerson(database.source, { roles: [{ organizationId, role: 'educator' }], proved: false });
    await giveWaysIn(database.source, me.email, 'sample');
    expect((await remove(me).expect(403)).body).toMatchObject({ code: 'second-factor-needed' });
  });

  test('leaves what the school has recorded, and the school may invite me again', async () => {
    const organizationId = await anOrganization(database.source);
    const students = await rows<{ studentId: string }>(
      `INSERT INTO student (organization_id, school_student_id, given_name, family_name, email, born_on)
       VALUES ($1, 'S1', 'Sample', 'Student', 'student@sample.example', '2010-01-01') RETURNING student_id AS "studentId"`,
      organizationId,
    );
    const subjectId = students[0]?.studentId ?? '';
    const me = await aPerson(database.source, { roles: [{ organizationId, role: 'student', subjectId }] });
    await remove(me).expect(200);
    const keeper = await aPerson(database.source, { roles: [{ organizationId, role: 'coordinator' }] });
    const seen = () => request(app.getHttpServer()).get(`/api/students/${subjectId}`).set('Cookie', keeper.cookie);
    expect((await seen().expect(200)).body).toMatchObject({ account: 'none' });
    await request(app.getHttpServer())
      .post(`/api/students/${subjectId}/invitation`)
      .set(asCommand())
      .set('Cookie', keeper.cookie)
      .expect(200);
  });
});

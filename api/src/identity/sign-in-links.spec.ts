import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aPasswordSession } from './credentials.builder.js';
import { aPerson } from './people.builder.js';
import { SignInLinks } from './sign-in-links.service.js';

let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase({ PUBLIC_URL: 'http://pathways.example.test' });
  app = await createApp(database.config);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});
beforeEach(() => database.source.query('DELETE FROM rate_limit'));

const http = () => request(app.getHttpServer());
const ask = (email: string) => http().post('/api/session/link').send({ email });
const open = (token: string) => http().post('/api/session/link/open').send({ token });

/** The links mailed to an address so far, latest first. */
async function mailedTo(email: string): Promise<string[]> {
  await app.get(SignInLinks).settle();
  const rows: { url: string }[] = await database.source.query(
    `SELECT detail->>'url' AS url FROM mail_outbox WHERE recipient = $1 ORDER BY created_at DESC`,
    [email],
  );
  return rows.map(({ url }) => url);
}

async function aLink(): Promise<{ token: string; personId: string; email: string }> {
  const { email, personId } = await aPerson(database.source);
  await ask(email).expect(202);
  const [url = ''] = await mailedTo(email);
  return { token: url.split('#link=')[1] ?? '', personId, email };
}

describe('A sign-in link', () => {
  test('signs in once; what is stored of it opens nothing', async () => {
    const { token, personId, email } = await aLink();
    expect((await mailedTo(email))[0]).toBe(`http://pathways.example.test/sign-in#link=${token}`);
    expect(token).toHaveLength(43);
    const rows: { digest: Buffer }[] = await database.source.query(
      'SELECT digest FROM sign_in_link WHERE person_id = $1',
      [personId],
    );
    await open(rows[0]?.digest.toString('base64url') ?? '').expect(404);

    const answer = await open(token).expect(200);
    expect(answer.body).toMatchObject({ person: { personId } });
    const cookie =
      answer
        .get('Set-Cookie')
        ?.map((line) => line.split(';')[0])
        .join('; ') ?? '';
    const session = await http().get('/api/session').set('Cookie', cookie).expect(200);
    expect(session.body).toMatchObject({ person: { personId } });

    const again = await open(token).expect(409);
    expect(again.body).toMatchObject({ code: 'link-used' });
    expect(again.get('Set-Cookie')).toBeUndefined();
  });

  test('used twenty times at once signs in exactly once', async () => {
    const { token, personId } = await aLink();
    const before = await sessionsOf(personId);
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => (body as { code?: string }).code === 'link-used')).toHaveLength(19);
    expect((await sessionsOf(personId)) - before).toBe(1);
  });

  test('is over after half an hour, and unknown when a letter of it is changed', async () => {
    const { token, personId } = await aLink();
    const other = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
    expect((await open(other).expect(404)).body).toMatchObject({ code: 'link-unknown' });
    expect((await open('cut short').expect(400)).body).toMatchObject({ code: 'bad-input' });

    const rows: { minutes: number }[] = await database.source.query(
      `SELECT extract(epoch FROM expires_at - now()) / 60 AS minutes FROM sign_in_link WHERE person_id = $1`,
      [personId],
    );
    expect(Number(rows[0]?.minutes)).toBeLessThanOrEqual(30);
    await database.source.query(
      `UPDATE sign_in_link SET expires_at = now() - interval '1 second' WHERE person_id = $1`,
      [personId],
    );
    expect((await open(token).expect(409)).body).toMatchObject({ code: 'link-expired' });
  });

  test('is over once its owner signs out everywhere', async () => {
    const { token, personId } = await aLink();
    const cookie = await aPasswordSession(database.source, personId);
    await http().delete('/api/sessions').set('Cookie', cookie).expect(200);
    expect((await open(token).expect(409)).body).toMatchObject({ code: 'link-expired' });
  });

  test('stays unused when its owner is suspended meanwhile', async () => {
    const { token, personId } = await aLink();
    await database.source.query('UPDATE person SET suspended_at = now() WHERE person_id = $1', [personId]);
    expect((await open(token).expect(403)).body).toMatchObject({ code: 'suspended' });
    await database.source.query('UPDATE person SET suspended_at = NULL WHERE person_id = $1', [personId]);
    await open(token).expect(200);
  });
});

describe('Asking for a link', () => {
  test('answers the same for a known, an unknown and a suspended address, and mails only the first', async () => {
    const known = await aPerson(database.source);
    const suspended = await aPerson(database.source);
    await database.source.query('UPDATE person SET suspended_at = now() WHERE person_id = $1', [suspended.personId]);
    const answers = [];
    for (const email of [known.email, 'sample-nobody@example.test', suspended.email]) {
      const answer = await ask(email);
      answers.push([answer.status, answer.body, Object.keys(answer.headers)]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await mailedTo(known.email)).toHaveLength(1);
    expect(await mailedTo(suspended.email)).toHaveLength(0);
  });

  test('mails one address at most five times an hour, and leaves its owner a link that works', async () => {
    const { email } = await aPerson(database.source);
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(email)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ body }) => (body as { code: string }).code)).toEqual(Array(6).fill('too-many-attempts'));
    // An hour touches three windows of half an hour, of which the first is nearly over: 1 + 2 + 2.
    const urls = await mailedTo(email);
    expect(urls).toHaveLength(2);
    await open(urls[0]?.split('#link=')[1] ?? '').expect(200);
  });
});

async function sessionsOf(personId: string): Promise<number> {
  const rows: { count: number }[] = await database.source.query(
    'SELECT count(*)::integer AS count FROM session WHERE person_id = $1',
    [personId],
  );
  return rows[0]?.count ?? 0;
}

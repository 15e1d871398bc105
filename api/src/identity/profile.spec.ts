import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Profile } from '@throughway/contracts/profile';
import request from 'supertest';
import type { SignInMethod } from '../platform/auth/actor.js';
import { digestOf, newToken } from '../platform/auth/tokens.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { verifications } from './counted-verifications.builder.js';
import { anOrganization, aPerson } from './people.builder.js';

// After the counting begins.
const { createApp } = await import('../bootstrap.js');
const { aPassword, aPasswordSession, SAMPLE_PASSWORD } = await import('./credentials.builder.js');

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
beforeEach(() => database.source.query('DELETE FROM rate_limit'));

const http = () => request(app.getHttpServer());
const NEW = 'seven other words of mine';

async function profileOf(cookie: string): Promise<Profile> {
  return (await http().get('/api/profile').set('Cookie', cookie).expect(200)).body as Profile;
}
const setPassword = (cookie: string, body: { current?: string; password: string }) =>
  http().put('/api/profile/password').set('Cookie', cookie).send(body);
const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code;

async function signIn(email: string, password: string): Promise<string | null> {
  const answer = await http().post('/api/session/password').send({ email, password });
  return answer.status === 200 ? (answer.get('Set-Cookie')?.[0]?.split(';')[0] ?? '') : null;
}
async function person() {
  const someone = await aPerson(database.source);
  await aPassword(database.source, someone.personId);
  return someone;
}
async function aPasskey(personId: string): Promise<void> {
  await database.source.query(
    `INSERT INTO passkey (person_id, credential_id, public_key, signature_count, transports, name)
     VALUES ($1, $2, '', 0, '{}', 'Sample key')`,
    [personId, personId],
  );
}

async function aLink(personId: string): Promise<string> {
  const token = newToken();
  await database.source.query(
    `INSERT INTO sign_in_link (digest, person_id, expires_at) VALUES ($1, $2, now() + interval '30 minutes')`,
    [digestOf(token), personId],
  );
  return token;
}

describe('My account', () => {
  test('shows what is mine, and nothing to a stranger', async () => {
    const school = await anOrganization(database.source, { name: 'Sample High School' });
    const someone = await aPerson(database.source, { roles: [{ organizationId: school, role: 'educator' }] });
    await aPasskey(someone.personId);
    await database.source.query(
      `INSERT INTO external_identity (person_id, provider_id, issuer, subject) VALUES ($1, 'gone', 'https://i.example', $2)`,
      [someone.personId, someone.personId],
    );
    expect(await profileOf(someone.cookie)).toMatchObject({
      person: { personId: someone.personId, name: 'Sample Person', email: someone.email, language: 'en' },
      memberships: [{ role: 'educator', organization: { name: 'Sample High School' } }],
      secondFactorNeeded: true,
      passwordSetAt: null,
      authenticatorSince: null,
      recoveryCodesLeft: 0,
      passkeys: [{ name: 'Sample key', lastUsedAt: null }],
      identities: [{ provider: 'gone', lastUsedAt: null }],
      sessions: [{ device: 'Chrome, Linux', here: true }],
    });
    expect(codeOf(await http().get('/api/profile').expect(401))).toBe('not-signed-in');
  });

  test('takes a new name and language, each alone', async () => {
    const { cookie } = await person();
    const change = (body: object) => http().patch('/api/profile').set('Cookie', cookie).send(body).expect(200);
    expect((await change({ language: 'es' })).body).toMatchObject({
      person: { name: 'Sample Person', language: 'es' },
    });
    expect((await change({ name: ' Sample Renamed ' })).body).toMatchObject({
      person: { name: 'Sample Renamed', language: 'es' },
    });
  });

  test('takes which optional mails I can do without; a mail that is not optional is none of them', async () => {
    const { cookie } = await person();
    const change = (declinedMails: string[]) =>
      http().patch('/api/profile').set('Cookie', cookie).send({ declinedMails });
    expect((await profileOf(cookie)).declinedMails).toEqual([]);
    expect((await change(['consent-answered']).expect(200)).body).toMatchObject({
      declinedMails: ['consent-answered'],
    });
    for (const mail of ['sign-in-link', 'consent-asked', 'invitation']) {
      expect(codeOf(await change([mail]).expect(400))).toBe('bad-input');
    }
    expect((await change([]).expect(200)).body).toMatchObject({ declinedMails: [] });
  });

  test('ends a session of mine, and no one else’s', async () => {
    const mine = await person();
    const other = await person();
    const there = (await signIn(mine.email, SAMPLE_PASSWORD)) ?? '';
    const sessions = (await profileOf(mine.cookie)).sessions;
    expect(sessions).toHaveLength(2);
    const away = sessions.find(({ here }) => !here)?.sessionId ?? '';
    const end = (cookie: string) => http().delete(`/api/profile/sessions/${away}`).set('Cookie', cookie);
    expect(codeOf(await end(other.cookie).expect(404))).toBe('not-found');
    await profileOf(there);
    expect(((await end(mine.cookie).expect(200)).body as Profile).sessions).toHaveLength(1);
    await http().get('/api/profile').set('Cookie', there).expect(401);
    await end(mine.cookie).expect(404);
  });
});

describe('My password', () => {
  test('can be set without an old one when there is none', async () => {
    const { cookie, email } = await aPerson(database.source);
    const answer = await setPassword(cookie, { password: NEW }).expect(200);
    expect((answer.body as Profile).passwordSetAt).not.toBeNull();
    expect(await signIn(email, NEW)).not.toBeNull();
  });

  test('changes only with the current one, and then ends my other sessions', async () => {
    const { cookie, email } = await person();
    const there = (await signIn(email, SAMPLE_PASSWORD)) ?? '';
    expect(codeOf(await setPassword(cookie, { password: NEW }).expect(409))).toBe('password-wrong');
    expect(codeOf(await setPassword(cookie, { current: 'not mine at all', password: NEW }).expect(409))).toBe(
      'password-wrong',
    );
    await profileOf(there);
    const answer = await setPassword(cookie, { current: SAMPLE_PASSWORD, password: NEW }).expect(200);
    expect((answer.body as Profile).sessions).toMatchObject([{ here: true }]);
    await http().get('/api/profile').set('Cookie', there).expect(401);
    expect(await signIn(email, SAMPLE_PASSWORD)).toBeNull();
    expect(await signIn(email, NEW)).not.toBeNull();
  });

  test.each<[SignInMethod, number, boolean]>([
    ['link', 59, false],
    ['invitation', 59, false],
    ['passkey', 59, false],
    ['link', 61, true],
    ['password', 0, true],
    ['provider', 0, true],
  ])(
    'forgotten or stolen: a session by %s of %d minutes needs the current one: %s',
    async (method, minutesAgo, needs) => {
      const { email, personId } = await person();
      const thief = (await signIn(email, SAMPLE_PASSWORD)) ?? '';
      const owner = await aPasswordSession(database.source, personId, { method, minutesAgo });
      expect((await profileOf(owner)).passwordNeedsCurrent).toBe(needs);
      const answer = await setPassword(owner, { password: NEW });
      expect([answer.status, codeOf(answer)]).toEqual(needs ? [409, 'password-wrong'] : [200, undefined]);
      await http()
        .get('/api/profile')
        .set('Cookie', thief)
        .expect(needs ? 200 : 401);
      expect((await signIn(email, NEW)) !== null).toBe(!needs);
    },
  );

  test('forgotten does not open an account whose app or passkey was not shown', async () => {
    const { personId } = await person();
    await aPasskey(personId);
    const cookie = await aPasswordSession(database.source, personId, { method: 'link' });
    expect(codeOf(await setPassword(cookie, { password: NEW }).expect(403))).toBe('passkey-needed');
  });

  test('once set ends the links that were mailed before', async () => {
    const { cookie, personId } = await aPerson(database.source);
    const token = await aLink(personId);
    await setPassword(cookie, { password: NEW }).expect(200);
    expect(codeOf(await http().post('/api/session/link/open').send({ token }).expect(409))).toBe('link-expired');
  });

  test('cannot be guessed from an open session without end', async () => {
    const { cookie } = await person();
    const before = verifications();
    const codes: (string | undefined)[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      codes.push(codeOf(await setPassword(cookie, { current: `guess number ${guess}`, password: NEW })));
    }
    expect(codes.slice(-2)).toEqual(['too-many-attempts', 'too-many-attempts']);
    expect(verifications() - before).toBe(4);
  });

  test('changed twice at once changes once', async () => {
    const { cookie, email } = await person();
    const words = ['first of two new ones', 'second of two new ones'];
    const answers = await Promise.all(
      words.map((password) => setPassword(cookie, { current: SAMPLE_PASSWORD, password })),
    );
    const accepted = words.filter((_, index) => answers[index]?.status === 200);
    expect(accepted).toHaveLength(1);
    expect(await signIn(email, accepted[0] ?? '')).not.toBeNull();
  });

  test('may be short only beside a second factor', async () => {
    const { cookie, personId } = await aPerson(database.source);
    expect(codeOf(await setPassword(cookie, { password: 'grau tul' }).expect(409))).toBe('password-too-short');
    await aPasskey(personId);
    await setPassword(cookie, { password: 'grau tul' }).expect(200);
  });

  test('is compared as the person means it, whatever the keyboard composes', async () => {
    const { cookie, email } = await aPerson(database.source);
    await setPassword(cookie, { password: 'canción de la montaña'.normalize('NFD') }).expect(200);
    expect(await signIn(email, 'canción de la montaña'.normalize('NFC'))).not.toBeNull();
  });

  test('is stored as argon2id', async () => {
    const { personId } = await person();
    const rows: { hash: string }[] = await database.source.query('SELECT hash FROM password WHERE person_id = $1', [
      personId,
    ]);
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('A passkey', () => {
  test('protects also who is no staff: nothing of the account is seen or changed by a session that did not show it', async () => {
    const employer = await anOrganization(database.source, { kind: 'employer' });
    const roles = [{ organizationId: employer, role: 'employer-admin' as const }];
    const owner = await aPerson(database.source, { roles });
    await aPasskey(owner.personId);
    const passkeyId = (await profileOf(owner.cookie)).passkeys[0]?.passkeyId ?? '';
    for (const method of ['password', 'link', 'provider'] as const) {
      const cookie = await aPasswordSession(database.source, owner.personId, { method });
      for (const answer of [
        await http().get('/api/profile').set('Cookie', cookie),
        await http().patch('/api/profile').set('Cookie', cookie).send({ name: 'Sample Thief' }),
        await setPassword(cookie, { password: NEW }),
        await http().post('/api/profile/authenticator').set('Cookie', cookie),
        await http().post('/api/profile/passkeys/options').set('Cookie', cookie),
        await http().delete(`/api/profile/passkeys/${passkeyId}`).set('Cookie', cookie),
      ]) {
        expect([answer.status, codeOf(answer)]).toEqual([403, 'passkey-needed']);
      }
      // Everything else stays open, so that a lost phone locks nobody out.
      const session = await http().get('/api/session').set('Cookie', cookie).expect(200);
      expect(session.body).toMatchObject({ secondFactor: 'settled', memberships: [{ role: 'employer-admin' }] });
    }
    await http().delete(`/api/profile/passkeys/${passkeyId}`).set('Cookie', owner.cookie).expect(200);
  });
});

describe('A session that ends while its change waits', () => {
  test.each<[string, (cookie: string, identityId: string) => PromiseLike<{ status: number }>]>([
    ['sets no password', (cookie) => setPassword(cookie, { password: NEW })],
    ['removes no app', (cookie) => http().delete('/api/profile/authenticator').set('Cookie', cookie)],
    ['unlinks no service', (cookie, id) => http().delete(`/api/profile/identities/${id}`).set('Cookie', cookie)],
  ])('%s', async (_, change) => {
    const { personId, cookie } = await aPerson(database.source);
    await database.source.query(
      `INSERT INTO authenticator (person_id, sealed_secret, confirmed_at) VALUES ($1, '\\x00', now())`,
      [personId],
    );
    const identities: { id: string }[] = await database.source.query(
      `INSERT INTO external_identity (person_id, provider_id, issuer, subject) VALUES ($1, 'gone', 'https://i.example', $2)
       RETURNING identity_id AS id`,
      [personId, personId],
    );
    const { waiting } = await database.source.transaction(async (em) => {
      await em.query('SELECT FROM person WHERE person_id = $1 FOR NO KEY UPDATE', [personId]);
      const begun = Promise.resolve(change(cookie, identities[0]?.id ?? ''));
      for (let tries = 0; tries < 100 && !(await someoneWaits()); tries += 1) {
        await new Promise((next) => setTimeout(next, 20));
      }
      await em.query('UPDATE session SET ended_at = now() WHERE person_id = $1', [personId]);
      return { waiting: begun };
    });
    expect((await waiting).status).toBe(401);
  });

  async function someoneWaits(): Promise<boolean> {
    const rows: unknown[] = await database.source.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows.length > 0;
  }
});

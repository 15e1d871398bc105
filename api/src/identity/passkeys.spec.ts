import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Role } from '@throughway/vocabulary/roles';
import { createApp } from '../bootstrap.js';
import { Clock } from '../platform/clock/clock.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { type Answer, Browser } from './browser.builder.js';
import { anOrganization, aPerson, type SignedIn } from './people.builder.js';
import { SoftwareAuthenticator } from './software-authenticator.builder.js';

const ORIGIN = 'http://localhost:3000';
const PASSKEYS = '/api/profile/passkeys';
const SIGN_IN = '/api/session/passkey';

let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase({ PUBLIC_URL: ORIGIN });
  app = await createApp(database.config);
  app.get(Clock).now = () => new Date(Date.now() + aheadMs);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

/** How far the application's clock is ahead of ours. */
let aheadMs = 0;
afterEach(() => {
  aheadMs = 0;
});

async function someone({ role, proved = true }: { role?: Role; proved?: boolean } = {}): Promise<SignedIn> {
  const school = role ? await anOrganization(database.source) : '';
  return aPerson(database.source, { roles: role ? [{ organizationId: school, role }] : [], proved });
}

type Lie = Parameters<SoftwareAuthenticator['get']>[1];

async function add(browser: Browser, passkey: SoftwareAuthenticator, lie?: Lie): Promise<Answer> {
  const options = await browser.send('post', `${PASSKEYS}/options`);
  if (options.status !== 200) return options;
  return browser.send('post', PASSKEYS, { name: 'Phone', response: passkey.create(options.body, lie) });
}

async function signIn(browser: Browser, passkey: SoftwareAuthenticator, lie?: Lie): Promise<Answer> {
  const options = await browser.send('post', `${SIGN_IN}/options`);
  return browser.send('post', SIGN_IN, { response: passkey.get(options.body, lie) });
}

/** Somebody with one passkey, and the passkey. */
async function withPasskey(given: Parameters<typeof someone>[0] = {}) {
  const person = await someone(given);
  const passkey = new SoftwareAuthenticator(ORIGIN);
  const browser = new Browser(app, person.cookie);
  expect(await add(browser, passkey)).toMatchObject({ status: 200 });
  return { person, passkey, browser };
}

async function countOf(person: SignedIn): Promise<number> {
  const rows: { count: string }[] = await database.source.query('SELECT count(*) FROM passkey WHERE person_id = $1', [
    person.personId,
  ]);
  return Number(rows[0]?.count);
}

async function passkeyIdOf(person: SignedIn): Promise<string> {
  const rows: { id: string }[] = await database.source.query(
    'SELECT passkey_id AS id FROM passkey WHERE person_id = $1',
    [person.personId],
  );
  return rows[0]?.id ?? '';
}

/** Whether a transaction in this database waits for another. */
async function someoneWaits(): Promise<boolean> {
  const rows: unknown[] = await database.source.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}

describe('Signing in with a passkey', () => {
  test('needs no mail address, and settles the second factor of staff', async () => {
    const { person, passkey } = await withPasskey({ role: 'coordinator' });
    const stranger = new Browser(app);
    const options = await stranger.send('post', `${SIGN_IN}/options`);
    expect(options.body).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(options.body['allowCredentials'] ?? []).toEqual([]);

    const answer = await signIn(stranger, passkey);
    expect(answer).toMatchObject({
      status: 200,
      body: { person: { personId: person.personId }, secondFactor: 'settled', memberships: [{ role: 'coordinator' }] },
    });
    expect((await stranger.send('get', '/api/session')).body).toMatchObject({ person: { personId: person.personId } });
  });

  test('works again and again while the count grows, and with passkeys that keep no count', async () => {
    const { passkey } = await withPasskey();
    expect((await signIn(new Browser(app), passkey)).status).toBe(200);
    expect((await signIn(new Browser(app), passkey)).status).toBe(200);

    const shared = new SoftwareAuthenticator(ORIGIN, 0, false);
    expect((await add(new Browser(app, (await someone()).cookie), shared)).status).toBe(200);
    expect((await signIn(new Browser(app), shared)).status).toBe(200);
    expect((await signIn(new Browser(app), shared)).status).toBe(200);
  });

  test.each<[string, Lie]>([
    ['a page of another site', { origin: 'https://elsewhere.example' }],
    ['our site at another port', { origin: 'http://localhost:3001' }],
    ['a frame in another site', { crossOrigin: true }],
    ['a passkey bound to another host', { rpId: 'elsewhere.example' }],
  ])('is refused from %s', async (_, lie) => {
    const { passkey } = await withPasskey();
    const stranger = new Browser(app);
    expect(await signIn(stranger, passkey, lie)).toMatchObject({ status: 409, body: { code: 'passkey-other-origin' } });
    expect((await stranger.send('get', '/api/session')).body).toMatchObject({ person: null });
    expect((await signIn(stranger, passkey)).status).toBe(200);
  });

  test('is refused when nobody unlocked the passkey', async () => {
    const { passkey } = await withPasskey();
    expect(await signIn(new Browser(app), passkey, { verified: false })).toMatchObject({
      status: 409,
      body: { code: 'passkey-refused' },
    });
  });

  test('is refused with a passkey that nobody here has', async () => {
    expect(await signIn(new Browser(app), new SoftwareAuthenticator(ORIGIN))).toMatchObject({
      status: 409,
      body: { code: 'passkey-unknown' },
    });
  });

  test('is refused under the name of another person’s passkey', async () => {
    const { passkey: victims } = await withPasskey();
    const { passkey: own } = await withPasskey();
    const forged = new Browser(app);
    const options = await forged.send('post', `${SIGN_IN}/options`);
    const id = victims.credentialId.toString('base64url');
    const response = { ...own.get(options.body, { userHandle: null }), id, rawId: id };
    expect(await forged.send('post', SIGN_IN, { response })).toMatchObject({
      status: 409,
      body: { code: 'passkey-refused' },
    });
  });

  test('is refused when the passkey says that it is somebody else’s', async () => {
    const { passkey } = await withPasskey();
    expect(
      await signIn(new Browser(app), passkey, { userHandle: Buffer.alloc(16, 1).toString('base64url') }),
    ).toMatchObject({
      body: { code: 'passkey-unknown' },
    });
  });

  test('is refused when the passkey counts fewer uses than we saw, as a copy does', async () => {
    const { passkey } = await withPasskey();
    expect((await signIn(new Browser(app), passkey)).status).toBe(200);
    passkey.signatureCount -= 1;
    const copy = new Browser(app);
    expect(await signIn(copy, passkey)).toMatchObject({ status: 409, body: { code: 'passkey-cloned' } });
    expect((await copy.send('get', '/api/session')).body).toMatchObject({ person: null });
  });

  test('is refused for someone suspended, and nothing is written', async () => {
    const { person, passkey } = await withPasskey();
    await database.source.query('UPDATE person SET suspended_at = now() WHERE person_id = $1', [person.personId]);
    expect(await signIn(new Browser(app), passkey)).toMatchObject({ status: 403, body: { code: 'suspended' } });
    const rows: unknown[] = await database.source.query(
      'SELECT 1 FROM passkey WHERE person_id = $1 AND last_used_at IS NOT NULL',
      [person.personId],
    );
    expect(rows).toEqual([]);
  });

  test('begins anew after five minutes, elsewhere, or once the answer was used', async () => {
    const { passkey } = await withPasskey();
    const over = { status: 409, body: { code: 'ceremony-over' } };

    const slow = new Browser(app);
    const options = await slow.send('post', `${SIGN_IN}/options`);
    aheadMs = 5 * 60_000 + 1000;
    expect(await slow.send('post', SIGN_IN, { response: passkey.get(options.body) })).toMatchObject(over);
    aheadMs = 0;

    const here = new Browser(app);
    const begun = await here.send('post', `${SIGN_IN}/options`);
    const again = here.copy();
    const response = passkey.get(begun.body);
    expect(await new Browser(app).send('post', SIGN_IN, { response })).toMatchObject(over);
    expect((await here.send('post', SIGN_IN, { response })).status).toBe(200);
    expect(await again.send('post', SIGN_IN, { response })).toMatchObject(over);
  });

  test('is refused for a challenge of another ceremony, and that ceremony is used up', async () => {
    const { passkey } = await withPasskey();
    const browser = new Browser(app);
    const old = await browser.send('post', `${SIGN_IN}/options`);
    const current = await browser.send('post', `${SIGN_IN}/options`);
    const over = { body: { code: 'ceremony-over' } };
    expect(await browser.copy().send('post', SIGN_IN, { response: passkey.get(old.body) })).toMatchObject(over);
    expect(await browser.send('post', SIGN_IN, { response: passkey.get(current.body) })).toMatchObject(over);
  });

  test('succeeds once when the same answer comes twenty times at once', async () => {
    const { passkey } = await withPasskey();
    const browser = new Browser(app);
    const options = await browser.send('post', `${SIGN_IN}/options`);
    const response = passkey.get(options.body);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser.copy().send('post', SIGN_IN, { response })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body['code'] === 'ceremony-over')).toHaveLength(19);
  });

  test.each([
    {},
    { id: 'x' },
    { id: '§', rawId: '§', type: 'public-key', response: {} },
    {
      id: 'eA',
      rawId: 'eA',
      type: 'public-key',
      response: { clientDataJSON: 'x', authenticatorData: 'x', signature: '§' },
    },
  ])('with %j is bad input', async (response) => {
    const browser = new Browser(app);
    await browser.send('post', `${SIGN_IN}/options`);
    expect(await browser.send('post', SIGN_IN, { response })).toMatchObject({
      status: 400,
      body: { code: 'bad-input' },
    });
  });

  test('with an answer that cannot be read is refused', async () => {
    const { passkey } = await withPasskey();
    for (const broken of [{ clientDataJSON: 'bnVsbA' }, { clientDataJSON: 'AAAA' }, { authenticatorData: 'AAAA' }]) {
      const browser = new Browser(app);
      const options = await browser.send('post', `${SIGN_IN}/options`);
      const given = passkey.get(options.body);
      const response = { ...given, response: { ...(given['response'] as object), ...broken } };
      const answer = await browser.send('post', SIGN_IN, { response });
      expect(answer.status).toBe(409);
      expect(['passkey-refused', 'passkey-other-origin']).toContain(answer.body['code']);
    }
  });

  test('keeps its ceremony in a cookie that scripts and plain http never see', async () => {
    const overHttps = await createApp({ ...database.config, PUBLIC_URL: 'https://pathways.example.test' });
    try {
      const { setCookies, body } = await new Browser(overHttps).send('post', `${SIGN_IN}/options`);
      expect(setCookies).toHaveLength(1);
      expect(setCookies[0]).toMatch(/^__Host-throughway-passkey-sign-in=[\w-]{43};/);
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=300']) {
        expect(setCookies[0]).toContain(attribute);
      }
      expect(body).toMatchObject({ rpId: 'pathways.example.test' });
    } finally {
      await overHttps.close();
    }
  });
});

describe('Adding a passkey', () => {
  test('asks for one that is discoverable and unlocked, and not one that the person has', async () => {
    const { passkey, browser, person } = await withPasskey();
    const options = await browser.send('post', `${PASSKEYS}/options`);
    expect(options.body).toMatchObject({
      rp: { id: 'localhost' },
      user: { id: Buffer.from(person.personId.replaceAll('-', ''), 'hex').toString('base64url') },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: passkey.credentialId.toString('base64url') }],
    });
  });

  test('settles the first second factor of staff', async () => {
    const educator = await someone({ role: 'educator', proved: false });
    const browser = new Browser(app, educator.cookie);
    expect((await browser.send('get', '/api/session')).body).toMatchObject({ secondFactor: 'enrollment-needed' });
    expect(await add(browser, new SoftwareAuthenticator(ORIGIN))).toMatchObject({
      status: 200,
      body: { secondFactorNeeded: true, passkeys: [{ name: 'Phone', lastUsedAt: null }] },
    });
    expect((await browser.send('get', '/api/session')).body).toMatchObject({
      secondFactor: 'settled',
      memberships: [{ role: 'educator' }],
    });
  });

  test('is refused to a stranger, and to who has a second factor that was not shown', async () => {
    const passkey = new SoftwareAuthenticator(ORIGIN);
    expect(await add(new Browser(app), passkey)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });

    const { person } = await withPasskey({ role: 'leader' });
    await database.source.query('UPDATE session SET second_factor_at = NULL WHERE person_id = $1', [person.personId]);
    const halfway = new Browser(app, person.cookie);
    expect((await halfway.send('get', '/api/session')).body).toMatchObject({ secondFactor: 'code-needed' });
    expect(await add(halfway, passkey)).toMatchObject({ status: 403, body: { code: 'second-factor-needed' } });
    expect(await countOf(person)).toBe(1);
  });

  test('is refused when a second factor came between its two steps', async () => {
    const educator = await someone({ role: 'educator', proved: false });
    const browser = new Browser(app, educator.cookie);
    const options = await browser.send('post', `${PASSKEYS}/options`);
    await database.source.query(
      `INSERT INTO authenticator (person_id, sealed_secret, confirmed_at) VALUES ($1, '\\x00', now())`,
      [educator.personId],
    );
    const response = new SoftwareAuthenticator(ORIGIN).create(options.body);
    expect(await browser.send('post', PASSKEYS, { name: 'Phone', response })).toMatchObject({
      body: { code: 'second-factor-needed' },
    });
    expect(await countOf(educator)).toBe(0);
  });

  test('is refused when a second factor comes while it waits to be saved', async () => {
    const educator = await someone({ role: 'educator', proved: false });
    const browser = new Browser(app, educator.cookie);
    const options = await browser.send('post', `${PASSKEYS}/options`);
    const response = new SoftwareAuthenticator(ORIGIN).create(options.body);
    const answer = await database.source.transaction(async (em) => {
      await em.query('SELECT FROM person WHERE person_id = $1 FOR NO KEY UPDATE', [educator.personId]);
      const waiting = browser.send('post', PASSKEYS, { name: 'Phone', response });
      while (!(await someoneWaits())) await new Promise((next) => setTimeout(next, 20));
      await em.query(`INSERT INTO authenticator (person_id, sealed_secret, confirmed_at) VALUES ($1, '\\x00', now())`, [
        educator.personId,
      ]);
      return { waiting };
    });
    expect(await answer.waiting).toMatchObject({ status: 403, body: { code: 'second-factor-needed' } });
    expect(await countOf(educator)).toBe(0);
  });

  test.each<[string, Lie, string]>([
    ['from a page of another site', { origin: 'https://elsewhere.example' }, 'passkey-other-origin'],
    ['that is bound to another host', { rpId: 'elsewhere.example' }, 'passkey-other-origin'],
    ['that nobody unlocked', { verified: false }, 'passkey-refused'],
  ])('is refused for one %s', async (_, lie, code) => {
    const person = await someone();
    expect(await add(new Browser(app, person.cookie), new SoftwareAuthenticator(ORIGIN), lie)).toMatchObject({
      status: 409,
      body: { code },
    });
    expect(await countOf(person)).toBe(0);
  });

  test('is refused for one that another person has', async () => {
    const { passkey } = await withPasskey();
    const other = await someone();
    expect(await add(new Browser(app, other.cookie), passkey)).toMatchObject({
      status: 409,
      body: { code: 'passkey-taken' },
    });
    expect(await countOf(other)).toBe(0);
  });

  test('is refused when it was begun by the one who was signed in before, and when replayed', async () => {
    const first = await someone();
    const second = await someone();
    const browser = new Browser(app, first.cookie);
    const options = await browser.send('post', `${PASSKEYS}/options`);
    const shared = browser.copy();
    shared.take(second.cookie);
    const body = { name: 'Phone', response: new SoftwareAuthenticator(ORIGIN).create(options.body) };
    const over = { status: 409, body: { code: 'ceremony-over' } };
    expect(await shared.send('post', PASSKEYS, body)).toMatchObject(over);
    expect(await browser.send('post', PASSKEYS, body)).toMatchObject(over);
    expect([await countOf(first), await countOf(second)]).toEqual([0, 0]);
  });

  test('stops at twenty a person, also when many come at once', async () => {
    const person = await someone();
    await database.source.query(
      `INSERT INTO passkey (person_id, credential_id, public_key, signature_count, transports, name)
       SELECT $1, gen_random_uuid(), '\\x00', 0, '{}', 'Key' FROM generate_series(1, 19) i`,
      [person.personId],
    );
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => add(new Browser(app, person.cookie), new SoftwareAuthenticator(ORIGIN))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await countOf(person)).toBe(20);
    expect(await add(new Browser(app, person.cookie), new SoftwareAuthenticator(ORIGIN))).toMatchObject({
      body: { code: 'passkeys-full' },
    });
  });
});

describe('Removing a passkey', () => {
  const remove = async (person: SignedIn, passkeyId: string) =>
    new Browser(app, person.cookie).send('delete', `${PASSKEYS}/${passkeyId}`);

  test('ends signing in with it', async () => {
    const { person, passkey } = await withPasskey();
    expect(await remove(person, await passkeyIdOf(person))).toMatchObject({ status: 200, body: { passkeys: [] } });
    expect(await signIn(new Browser(app), passkey)).toMatchObject({ body: { code: 'passkey-unknown' } });
  });

  test('of another person is like one that does not exist', async () => {
    const { person: owner } = await withPasskey();
    const other = await someone();
    const foreign = await remove(other, await passkeyIdOf(owner));
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const missing = await remove(other, '00000000-0000-4000-8000-000000000000');
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
    expect(await countOf(owner)).toBe(1);
  });

  test('is refused for the last second factor of staff, and allowed beside an authenticator app', async () => {
    const { person } = await withPasskey({ role: 'administrator' });
    const passkeyId = await passkeyIdOf(person);
    expect(await remove(person, passkeyId)).toMatchObject({ status: 409, body: { code: 'second-factor-required' } });
    await database.source.query(`INSERT INTO authenticator (person_id, pending_secret) VALUES ($1, '\\x00')`, [
      person.personId,
    ]);
    expect((await remove(person, passkeyId)).status).toBe(409);
    expect(await countOf(person)).toBe(1);
    await database.source.query(
      'UPDATE authenticator SET sealed_secret = pending_secret, confirmed_at = now() WHERE person_id = $1',
      [person.personId],
    );
    expect((await remove(person, passkeyId)).status).toBe(200);
  });

  test('of staff leaves at least one when two go at once', async () => {
    const { person, browser } = await withPasskey({ role: 'coordinator' });
    expect((await add(browser, new SoftwareAuthenticator(ORIGIN))).status).toBe(200);
    const rows: { id: string }[] = await database.source.query(
      'SELECT passkey_id AS id FROM passkey WHERE person_id = $1',
      [person.personId],
    );
    const answers = await Promise.all(rows.map(({ id }) => remove(person, id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await countOf(person)).toBe(1);
  });

  test('is refused while it protects a short password', async () => {
    const { person } = await withPasskey();
    await database.source.query(`INSERT INTO password (person_id, hash, length_count) VALUES ($1, 'x', 14)`, [
      person.personId,
    ]);
    const passkeyId = await passkeyIdOf(person);
    expect(await remove(person, passkeyId)).toMatchObject({
      status: 409,
      body: { code: 'second-factor-protects-password' },
    });
    await database.source.query('UPDATE password SET length_count = 15 WHERE person_id = $1', [person.personId]);
    expect((await remove(person, passkeyId)).status).toBe(200);
  });
});

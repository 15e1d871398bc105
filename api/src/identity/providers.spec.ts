import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Role } from '@throughway/vocabulary/roles';
import { randomUUID } from 'node:crypto';
import { createApp } from '../bootstrap.js';
import { Clock } from '../platform/clock/clock.js';
import { parseConfig } from '../platform/config/config.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { type Answer, Browser } from './browser.builder.js';
import { anOrganization, aPerson, type SignedIn } from './people.builder.js';
import { type Account, aKey, type SentBack, SignInService } from './sign-in-provider.builder.js';

const ORIGIN = 'http://localhost:3000';
const SERVICES = '/api/session/providers';
const OVER = { status: 409, body: { code: 'ceremony-over' } };

const district = new SignInService();
const asksSeparately = new SignInService();
let database: TestDatabase;
let app: NestExpressApplication;
/** How far the application's clock is ahead of ours. */
let aheadMs = 0;

beforeAll(async () => {
  await district.start(`${ORIGIN}/sign-in/services/district`);
  await asksSeparately.start(`${ORIGIN}/sign-in/services/separate`, { inUserInfo: true });
  const common = { clientId: 'throughway', districtClaim: 'district' };
  database = await testDatabase({
    PUBLIC_URL: ORIGIN,
    SIGN_IN_PROVIDERS: JSON.stringify([
      {
        ...common,
        providerId: 'district',
        name: 'Sample District',
        issuer: district.issuer,
        clientSecret: district.clientSecret,
      },
      {
        ...common,
        providerId: 'separate',
        name: 'Sample Two',
        issuer: asksSeparately.issuer,
        clientSecret: asksSeparately.clientSecret,
      },
      {
        ...common,
        providerId: 'mistyped',
        name: 'Sample Three',
        issuer: district.issuer,
        clientSecret: 'another secret',
      },
      { ...common, providerId: 'away', name: 'Sample Away', issuer: 'http://localhost:1', clientSecret: 'x' },
    ]),
  });
  app = await createApp(database.config);
  app.get(Clock).now = () => new Date(Date.now() + aheadMs);
});
afterEach(() => {
  aheadMs = 0;
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  await district.stop();
  await asksSeparately.stop();
});

const anAccount = (given: Partial<Account> = {}): Account => ({ subject: randomUUID(), district: 'north', ...given });

async function start(browser: Browser, providerId = 'district'): Promise<string> {
  const { body } = await browser.send('post', `${SERVICES}/${providerId}/start`);
  return body['url'] as string;
}

/** Through the service and back. */
async function signIn(
  browser: Browser,
  account: Account,
  service = district,
  providerId = 'district',
): Promise<Answer> {
  const back = await service.visit(await start(browser, providerId), account);
  return browser.send('post', `${SERVICES}/${providerId}`, back);
}

async function someone({ role, proved = true }: { role?: Role; proved?: boolean } = {}): Promise<SignedIn> {
  const school = role ? await anOrganization(database.source) : '';
  return aPerson(database.source, { roles: role ? [{ organizationId: school, role }] : [], proved });
}

async function linked(account: Account): Promise<SignedIn> {
  const person = await someone();
  expect(await signIn(new Browser(app, person.cookie), account)).toMatchObject({ status: 200 });
  return person;
}

async function identitiesOf({ personId }: SignedIn): Promise<{ id: string; subject: string; district: string }[]> {
  return database.source.query(
    'SELECT identity_id AS id, subject, district FROM external_identity WHERE person_id = $1 ORDER BY linked_at',
    [personId],
  );
}

describe('A sign-in service', () => {
  test('is offered by name, without its secrets', async () => {
    const { body } = await new Browser(app).send('get', SERVICES);
    expect(body['providers']).toContainEqual({ providerId: 'district', name: 'Sample District' });
    expect(JSON.stringify(body)).not.toContain(district.clientSecret);
  });

  test('is asked for a code, with state, nonce and PKCE', async () => {
    const url = new URL(await start(new Browser(app)));
    expect(url.origin).toBe(district.issuer);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'throughway',
      scope: 'openid',
      redirect_uri: `${ORIGIN}/sign-in/services/district`,
      code_challenge_method: 'S256',
    });
    for (const secret of ['state', 'nonce', 'code_challenge']) {
      expect(url.searchParams.get(secret)).toMatch(/^[\w-]{43}$/);
    }
  });

  test('is asked once in ten minutes what it says of itself', async () => {
    const discoveries = (): number => district.asked.filter((path) => path.startsWith('/.well-known/')).length;
    await start(new Browser(app));
    const before = discoveries();
    await Promise.all([start(new Browser(app)), start(new Browser(app))]);
    expect(discoveries()).toBe(before);
    aheadMs = 10 * 60_000 + 1000;
    await Promise.all([start(new Browser(app)), start(new Browser(app))]);
    expect(discoveries()).toBe(before + 1);
  });

  test('that is not configured does not exist; one that does not answer is not available', async () => {
    const browser = new Browser(app);
    expect(await browser.send('post', `${SERVICES}/other/start`)).toMatchObject({ status: 404 });
    expect(await browser.send('post', `${SERVICES}/away/start`)).toMatchObject({
      status: 503,
      body: { code: 'provider-unavailable' },
    });
  });

  test('needs https, unless it is on this machine, and an id of its own', () => {
    const parse = (...issuers: string[]) =>
      parseConfig({
        SIGN_IN_PROVIDERS: JSON.stringify(
          issuers.map((issuer) => ({ providerId: 'one', name: 'One', issuer, clientId: 'a', clientSecret: 'secret' })),
        ),
      });
    expect(() => parse('http://id.example.test')).toThrow(/SIGN_IN_PROVIDERS: found \(hidden\), expected https/);
    expect(() => parse('http://localhost.example.test')).toThrow(/https/);
    expect(() => parse('https://id.example.test', 'https://other.example.test')).toThrow(/each providerId once/);
    expect(parse('http://127.0.0.1:4000').SIGN_IN_PROVIDERS).toHaveLength(1);
    expect(parse('https://id.example.test').SIGN_IN_PROVIDERS[0]).toMatchObject({ scope: 'openid' });
  });
});

describe('An account of a sign-in service', () => {
  test('is linked to the person who is signed in, and signs them in from then on', async () => {
    const account = anAccount();
    const person = await linked(account);
    const stranger = new Browser(app);
    expect(await signIn(stranger, account)).toMatchObject({
      status: 200,
      body: { person: { personId: person.personId } },
    });
    expect((await stranger.send('get', '/api/session')).body).toMatchObject({ person: { personId: person.personId } });
    expect((await stranger.send('get', '/api/profile')).body).toMatchObject({
      identities: [{ provider: 'Sample District', lastUsedAt: expect.any(String) }],
    });
  });

  test('linked again to the same person stays one link, and their session goes on', async () => {
    const account = anAccount();
    const person = await linked(account);
    const browser = new Browser(app, person.cookie);
    expect((await signIn(browser, account)).status).toBe(200);
    expect(await identitiesOf(person)).toHaveLength(1);
    expect((await new Browser(app, person.cookie).send('get', '/api/session')).body['person']).not.toBeNull();
  });

  test('that nobody here has opens nothing, also when its mail address is somebody’s', async () => {
    const person = await someone();
    const stranger = new Browser(app);
    expect(await signIn(stranger, anAccount({ email: person.email }))).toMatchObject({
      status: 409,
      body: { code: 'identity-unknown' },
    });
    expect((await stranger.send('get', '/api/session')).body).toMatchObject({ person: null });
    expect(await identitiesOf(person)).toEqual([]);
  });

  test('is another one in another district', async () => {
    const account = anAccount({ district: 'north' });
    const north = await linked(account);
    expect(await signIn(new Browser(app), { ...account, district: 'south' })).toMatchObject({
      body: { code: 'identity-unknown' },
    });
    const south = await linked({ ...account, district: 'south' });
    expect((await signIn(new Browser(app), { ...account, district: 'south' })).body).toMatchObject({
      person: { personId: south.personId },
    });
    expect((await signIn(new Browser(app), account)).body).toMatchObject({ person: { personId: north.personId } });
  });

  test('is refused while the service does not say the district', async () => {
    const { subject } = anAccount();
    expect(await signIn(new Browser(app), { subject })).toMatchObject({
      status: 409,
      body: { code: 'provider-refused' },
    });
  });

  test('may have its district where the service is asked separately', async () => {
    const account = anAccount({ district: 'west' });
    const person = await someone();
    const browser = new Browser(app, person.cookie);
    expect((await signIn(browser, account, asksSeparately, 'separate')).status).toBe(200);
    expect(await identitiesOf(person)).toMatchObject([{ subject: account.subject, district: 'west' }]);
  });

  test('is not linked to a second person, also when two want it at once', async () => {
    const account = anAccount();
    await linked(account);
    const other = await someone();
    expect(await signIn(new Browser(app, other.cookie), account)).toMatchObject({
      status: 409,
      body: { code: 'identity-taken' },
    });
    expect(await identitiesOf(other)).toEqual([]);

    const wanted = anAccount();
    const two = [await someone(), await someone()];
    const browsers = two.map(({ cookie }) => new Browser(app, cookie));
    const back: SentBack[] = [];
    for (const browser of browsers) back.push(await district.visit(await start(browser), wanted));
    const answers = await Promise.all(
      browsers.map((browser, place) => browser.send('post', `${SERVICES}/district`, back[place])),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await Promise.all(two.map(identitiesOf))).flat()).toHaveLength(1);
  });

  test('does not settle the second factor of staff, and may be linked before there is one', async () => {
    const educator = await someone({ role: 'educator', proved: false });
    const account = anAccount();
    expect((await signIn(new Browser(app, educator.cookie), account)).status).toBe(200);
    expect((await signIn(new Browser(app), account)).body).toMatchObject({
      person: { personId: educator.personId },
      secondFactor: 'enrollment-needed',
      memberships: [],
    });
  });

  test('is not linked while a second factor is still to be shown', async () => {
    const leader = await someone({ role: 'leader', proved: false });
    await database.source.query(
      `INSERT INTO passkey (person_id, credential_id, public_key, signature_count, transports, name)
       VALUES ($1, gen_random_uuid(), '\\x00', 0, '{}', 'Key')`,
      [leader.personId],
    );
    expect(await signIn(new Browser(app, leader.cookie), anAccount())).toMatchObject({
      status: 403,
      body: { code: 'second-factor-needed' },
    });
    expect(await identitiesOf(leader)).toEqual([]);
  });

  test('of someone suspended signs nobody in', async () => {
    const account = anAccount();
    const person = await linked(account);
    await database.source.query('UPDATE person SET suspended_at = now() WHERE person_id = $1', [person.personId]);
    expect(await signIn(new Browser(app), account)).toMatchObject({ status: 403, body: { code: 'suspended' } });
  });

  test('is unlinked by its owner alone, even as the last way that they set up', async () => {
    const account = anAccount();
    const person = await linked(account);
    const [identity] = await identitiesOf(person);
    const path = `/api/profile/identities/${identity?.id}`;
    const other = new Browser(app, (await someone()).cookie);
    expect(await other.send('delete', path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await new Browser(app, person.cookie).send('delete', path)).toMatchObject({
      status: 200,
      body: { identities: [] },
    });
    expect(await signIn(new Browser(app), account)).toMatchObject({ body: { code: 'identity-unknown' } });
  });
});

describe('What a sign-in service sends back', () => {
  test('is refused with another state, and cannot be tried again', async () => {
    const account = anAccount();
    await linked(account);
    const browser = new Browser(app);
    const back = await district.visit(await start(browser), account);
    const before = browser.copy();
    expect(await browser.send('post', `${SERVICES}/district`, { ...back, state: `${back.state}x` })).toMatchObject(
      OVER,
    );
    expect(await before.send('post', `${SERVICES}/district`, back)).toMatchObject(OVER);
  });

  test('counts in the browser that began, and there once', async () => {
    const account = anAccount();
    await linked(account);
    const browser = new Browser(app);
    const back = await district.visit(await start(browser), account);
    const again = browser.copy();
    expect(await new Browser(app).send('post', `${SERVICES}/district`, back)).toMatchObject(OVER);
    const elsewhere = new Browser(app);
    await start(elsewhere);
    expect(await elsewhere.send('post', `${SERVICES}/district`, back)).toMatchObject(OVER);
    expect((await browser.send('post', `${SERVICES}/district`, back)).status).toBe(200);
    expect(await again.send('post', `${SERVICES}/district`, back)).toMatchObject(OVER);
  });

  test('signs in once when it comes twenty times at once', async () => {
    const account = anAccount();
    await linked(account);
    const browser = new Browser(app);
    const back = await district.visit(await start(browser), account);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser.copy().send('post', `${SERVICES}/district`, back)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body['code'] === 'ceremony-over')).toHaveLength(19);
  });

  test('is refused after five minutes', async () => {
    const browser = new Browser(app);
    const back = await district.visit(await start(browser), anAccount());
    aheadMs = 5 * 60_000 + 1000;
    expect(await browser.send('post', `${SERVICES}/district`, back)).toMatchObject(OVER);
  });

  test('links nobody but who began', async () => {
    const first = await someone();
    const second = await someone();
    for (const now of [second.cookie, 'throughway=none']) {
      const browser = new Browser(app, first.cookie);
      const back = await district.visit(await start(browser), anAccount());
      browser.take(now);
      expect(await browser.send('post', `${SERVICES}/district`, back)).toMatchObject(OVER);
    }
    const stranger = new Browser(app);
    const back = await district.visit(await start(stranger), anAccount());
    stranger.take(second.cookie);
    expect(await stranger.send('post', `${SERVICES}/district`, back)).toMatchObject(OVER);
    expect([await identitiesOf(first), await identitiesOf(second)]).toEqual([[], []]);
  });

  test('does not count at another service', async () => {
    const browser = new Browser(app);
    const back = await district.visit(await start(browser), anAccount());
    expect(await browser.send('post', `${SERVICES}/separate`, back)).toMatchObject(OVER);
  });

  test.each<[string, (back: { code: string; iss: string }) => object]>([
    ['a code that the service did not give', () => ({ code: 'made-up' })],
    ['a code of another sign-in, as an attacker injects', () => ({ code: '' })],
    ['the name of another service', () => ({ iss: 'https://elsewhere.example' })],
    ['no name of the service, which always says it', () => ({ iss: undefined })],
  ])('is refused with %s', async (_, change) => {
    const account = anAccount();
    await linked(account);
    const others = await district.visit(await start(new Browser(app)), account);
    const browser = new Browser(app);
    const back = await district.visit(await start(browser), account);
    const changed = { ...back, ...change(back) };
    if (changed.code === '') changed.code = others.code;
    expect(await browser.send('post', `${SERVICES}/district`, changed)).toMatchObject({
      status: 409,
      body: { code: 'provider-refused' },
    });
    expect((await browser.send('get', '/api/session')).body).toMatchObject({ person: null });
  });

  test('is refused when the service does not take our secret', async () => {
    const browser = new Browser(app);
    const url = new URL(await start(browser, 'mistyped'));
    const answer = await browser.send('post', `${SERVICES}/mistyped`, {
      code: 'x',
      state: url.searchParams.get('state'),
      iss: district.issuer,
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'provider-refused' } });
  });

  test('waits for a service that stopped answering meanwhile', async () => {
    const service = await another('short');
    const browser = new Browser(app);
    const back = await service.visit(await start(browser, 'short'), anAccount());
    await service.stop();
    expect(await browser.send('post', `${SERVICES}/short`, back)).toMatchObject({
      status: 503,
      body: { code: 'provider-unavailable' },
    });
  });

  test('is refused when it is not signed with a key of the service', async () => {
    const service = await another('forged');
    const { kty, n, e, kid, use, alg } = aKey();
    service.publishes = { keys: [{ kty, n, e, kid, use, alg }] };
    expect(await signIn(new Browser(app), anAccount(), service, 'forged')).toMatchObject({
      status: 409,
      body: { code: 'provider-refused' },
    });
    await service.stop();
  });

  /** One more service in the configuration, which the test stops. */
  async function another(providerId: string): Promise<SignInService> {
    const service = new SignInService();
    await service.start(`${ORIGIN}/sign-in/services/${providerId}`);
    const { issuer, clientSecret } = service;
    const provider = { providerId, name: 'Sample More', issuer, clientId: 'throughway', clientSecret, scope: 'openid' };
    database.config.SIGN_IN_PROVIDERS.push(provider);
    return service;
  }
});

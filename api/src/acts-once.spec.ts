import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Organization } from '@throughway/contracts/organizations';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createApp } from './bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from './identity/people.builder.js';
import { testDatabase, type TestDatabase } from './platform/database/test-database.js';
import { mountedEndpoints } from './platform/http/openapi.js';
import { isFull, reportTrust } from './trust-report.builder.js';

/** TRUST R3: 1,000, and in `npm test` a slice of them. */
const KEYS = isFull ? 1_000 : 40;
const COPIES = 10;
/** Keys under way at a time. */
const AT_ONCE = 6;

let database: TestDatabase;
/** Two processes' worth of the application, on one database. */
let apps: NestExpressApplication[];
let school: string;
let coordinator: SignedIn;
/** For the row of `npm run trust`; what was not measured is no number. */
const measured = { effects: NaN, unlike: NaN, reused: NaN, running: 0, doubled: 0 };

beforeAll(async () => {
  database = await testDatabase();
  apps = await twoApps(database);
  school = await anOrganization(database.source);
  coordinator = await someone('coordinator');
});
afterAll(async () => {
  for (const app of apps ?? []) await app.close();
  await database?.drop();
  const { effects, unlike, reused, running, doubled } = measured;
  reportTrust({
    id: 'R3',
    promise: 'a repeated command acts once',
    figure:
      `${KEYS} keys × ${COPIES} copies at once to two processes = ${effects} effects, ${unlike} answers unlike the first; ` +
      `${reused} of ${KEYS} changed bodies refused, ${running} copies told that it is running`,
    goal: `${KEYS} effects, 0 unlike, ${KEYS} refused`,
    holds: effects === KEYS && unlike === 0 && reused === KEYS && running > 0,
    control: { what: `without lock and unique index ${doubled} effects too many`, failed: doubled > 0 },
  });
});

async function twoApps({ config }: TestDatabase): Promise<NestExpressApplication[]> {
  const made = [await createApp(config), await createApp(config)];
  for (const app of made) await app.listen(0, '127.0.0.1');
  return made;
}

function someone(role: 'coordinator' | 'administrator', organizationId = school): Promise<SignedIn> {
  return aPerson(database.source, { roles: [{ organizationId, role }] });
}

interface Told {
  status: number;
  text: string;
  code: string;
  retryAfter: string | null;
}

interface Sent {
  path?: string;
  method?: string;
  body?: object;
  key?: string | null;
  who?: SignedIn | null;
  to?: number;
}

const ADD = '/api/employers';
const anEmployer = (name: string): object => ({ name, another: true });

async function send({
  path = ADD,
  method = 'POST',
  body,
  key = randomUUID(),
  who = coordinator,
  to = 0,
}: Sent): Promise<Told> {
  const { port } = apps[to % apps.length]?.getHttpServer().address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      'If-Match': '*',
      ...(key === null ? {} : { 'Idempotency-Key': key }),
      ...(who === null ? {} : { Cookie: who.cookie }),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  const { code = '' } = JSON.parse(text) as { code?: string };
  return { status: answer.status, text, code, retryAfter: answer.headers.get('Retry-After') };
}

/** Copies of a command, all at once; those that are told that it is running ask again when another has its answer. */
async function copies(sent: Sent): Promise<Told[]> {
  let isAnswered = (): void => undefined;
  const answered = new Promise<void>((resolve) => (isAnswered = resolve));
  const copy = async (to: number): Promise<Told> => {
    const told = await send({ ...sent, to });
    if (told.code !== 'request-running') {
      isAnswered();
      return told;
    }
    measured.running++;
    await answered;
    return send({ ...sent, to });
  };
  return Promise.all(Array.from({ length: COPIES }, (_, to) => copy(to)));
}

async function each(count: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) await work(at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  (await database.source.query<[{ count: number }]>(`SELECT count(*)::int AS count ${sql}`, values))[0].count;
const employers = (name: string): Promise<number> => count('FROM organization WHERE name LIKE $1', [name]);

describe('A command sent again under its key', () => {
  test(`acts once: ${KEYS} keys, ${COPIES} copies each at once to two processes`, async () => {
    const keys = Array.from({ length: KEYS }, () => randomUUID());
    const refused: Told[] = [];
    measured.unlike = 0;
    await each(KEYS, async (at) => {
      const [first, ...others] = await copies({ key: keys[at] ?? '', body: anEmployer(`Sample Once ${at}`) });
      expect(first?.status).toBe(200);
      measured.unlike += others.filter(({ status, text }) => status !== 200 || text !== first?.text).length;
      refused.push(await send({ key: keys[at] ?? '', body: anEmployer(`Sample Changed ${at}`), to: at }));
    });
    measured.effects = await employers('Sample Once %');
    measured.reused = refused.filter(({ status, code }) => status === 422 && code === 'key-reused').length;
    expect(measured).toMatchObject({ effects: KEYS, unlike: 0, reused: KEYS });
    expect(await count(`FROM audit_entry WHERE action = 'employer-added'`)).toBe(KEYS);
    expect(await employers('Sample Changed %')).toBe(0);
    expect(measured.running).toBeGreaterThan(0);
  }, 600_000);

  test('that is still running is told so, and to ask again', async () => {
    const [key, body] = [randomUUID(), anEmployer('Sample Slow')];
    const holding = database.source.createQueryRunner();
    await holding.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtext('employer'))`);
    const first = send({ key, body });
    const second = await waitFor(
      () => send({ key, body, to: 1 }),
      ({ code }) => code === 'request-running',
      holding,
    );
    expect(second).toMatchObject({ status: 409, retryAfter: '1' });
    await holding.query('COMMIT');
    await holding.release();
    const told = await first;
    expect(await send({ key, body })).toEqual(told);
    expect(await employers('Sample Slow')).toBe(1);
  });

  test('mails once', async () => {
    const administrator = await someone('administrator');
    const email = `sample-${randomUUID()}@example.test`;
    const body = { email, role: 'educator', language: 'en' };
    const told = await copies({
      path: `/api/organizations/${school}/invitations`,
      body,
      key: 'mails',
      who: administrator,
    });
    expect(new Set(told.map(({ text }) => text)).size).toBe(1);
    expect(await count('FROM mail_outbox WHERE recipient = $1', [email])).toBe(1);
  });

  test('by the holder of a link, who has no account, acts once too', async () => {
    const { email, token } = await anInvitation();
    const told = await copies({ path: '/api/invitation/renew', body: { token }, key: 'renews', who: null });
    expect(told.map(({ status }) => status)).toEqual(Array.from({ length: COPIES }, () => 202));
    expect(await count('FROM mail_outbox WHERE recipient = $1', [email])).toBe(2);
  });

  test('is another one when somebody else sends it', async () => {
    const [key, body] = [randomUUID(), anEmployer('Sample Shared Key')];
    const mine = await send({ key, body });
    const theirs = await send({ key, body, who: await someone('coordinator') });
    expect([mine.status, theirs.status]).toEqual([200, 200]);
    expect(theirs.text).not.toBe(mine.text);
    expect(await employers('Sample Shared Key')).toBe(2);
  });

  test('that was refused is decided anew', async () => {
    const key = randomUUID();
    const body = { name: 'Sample Refused' };
    await send({ body });
    expect(await send({ key, body })).toMatchObject({ status: 409, code: 'employer-exists' });
    await database.source.query(
      `UPDATE organization SET name = 'Sample Else', plain_name = 'else' WHERE name = 'Sample Refused'`,
    );
    expect(await send({ key, body })).toMatchObject({ status: 200 });
    expect(await send({ key, body: { name: 'Sample Changed' } })).toMatchObject({ code: 'key-reused' });
  });

  test('whose answer could not be kept did nothing, and may be tried again', async () => {
    const [key, body] = [randomUUID(), anEmployer('Sample Unkept')];
    await database.source.query(
      `ALTER TABLE answered_command ADD CONSTRAINT broken CHECK (answer NOT LIKE '%Sample Unkept%')`,
    );
    try {
      expect(await send({ key, body })).toMatchObject({ status: 500 });
      expect(await employers('Sample Unkept')).toBe(0);
    } finally {
      await database.source.query('ALTER TABLE answered_command DROP CONSTRAINT broken');
    }
    expect(await send({ key, body })).toMatchObject({ status: 200 });
  });

  test('without a key, or with one that is none, is bad input', async () => {
    for (const key of [null, '', 'k'.repeat(201), 'two words', 'é']) {
      const told = await send({ key, body: anEmployer('Sample Keyless') });
      expect(told).toMatchObject({ status: 400, code: 'bad-input' });
      expect(told.text).toContain('header.Idempotency-Key');
    }
    expect(await employers('Sample Keyless')).toBe(0);
  });

  test('is asked who they are before anything else', async () => {
    expect(await send({ key: null, who: null, body: anEmployer('Sample Stranger') })).toMatchObject({ status: 401 });
  });

  test('is not done again, nor told again, once what it answered named somebody whose account is gone', async () => {
    const administrator = await someone('administrator');
    const leaving = await aPerson(database.source, {
      name: 'Sample "Quoted" Leaver',
      roles: [{ organizationId: school, role: 'educator' }],
    });
    const email = `sample-${randomUUID()}@example.test`;
    const invite = (): Promise<Told> =>
      send({
        path: `/api/organizations/${school}/invitations`,
        body: { email, role: 'educator', language: 'en' },
        key: 'names',
        who: administrator,
      });
    const told = await invite();
    const { people } = JSON.parse(told.text) as Organization;
    expect(people.map(({ person }) => person.personId)).toContain(leaving.personId);
    await send({ path: '/api/profile', method: 'DELETE', who: leaving });
    expect(await invite()).toMatchObject({ status: 409, code: 'answer-erased' });
    expect(await count('FROM mail_outbox WHERE recipient = $1', [email])).toBe(1);
    for (const trace of [leaving.personId, leaving.email, 'Leaver']) {
      expect([trace, await count('FROM answered_command WHERE answer LIKE $1', [`%${trace}%`])]).toEqual([trace, 0]);
    }
  });

  test('doubles where neither a lock nor a unique index holds it back (the control)', async () => {
    const [kept, broken] = [{ database, apps }, await testDatabase()];
    try {
      const [{ name }] = await broken.source.query<[{ name: string }]>('SELECT current_database() AS name');
      await broken.source.query(`
        ALTER TABLE answered_command DROP CONSTRAINT answered_command_pkey;
        CREATE FUNCTION public.pg_try_advisory_xact_lock(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true';
        ALTER ROLE throughway_app IN DATABASE ${name} SET search_path = public, pg_catalog;
      `);
      database = broken;
      apps = await twoApps(broken);
      const there = await anOrganization(broken.source);
      const who = await someone('coordinator', there);
      await each(10, async (at) => {
        await copies({ key: `${at}`, body: anEmployer(`Sample Doubled ${at}`), who });
      });
      measured.doubled = (await employers('Sample Doubled %')) - 10;
      expect(measured.doubled).toBeGreaterThan(0);
    } finally {
      for (const app of apps) if (!kept.apps.includes(app)) await app.close();
      ({ database, apps } = kept);
      await broken.drop();
    }
  }, 120_000);
});

/** Asks until it is answered so; a statement of `pulse` is run in between. */
async function waitFor(
  ask: () => Promise<Told>,
  isIt: (told: Told) => boolean,
  pulse: { query(sql: string): Promise<unknown> },
): Promise<Told> {
  for (;;) {
    await pulse.query(`SELECT 1`);
    const running = await count(`FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
    if (running === 0) continue;
    const told = await ask();
    if (isIt(told)) return told;
    throw new Error(`found ${told.status} ${told.code}, expected that it is running`);
  }
}

async function anInvitation(): Promise<{ email: string; token: string }> {
  const email = `sample-${randomUUID()}@example.test`;
  const body = { email, role: 'educator', language: 'en' };
  await send({ path: `/api/organizations/${school}/invitations`, body, who: await someone('administrator') });
  const [{ url }] = await database.source.query<[{ url: string }]>(
    `SELECT detail->>'url' AS url FROM mail_outbox WHERE recipient = $1`,
    [email],
  );
  return { email, token: url.split('#token=')[1] ?? '' };
}

/** Operations that are no GET and need not act once, and why. */
const NEED_NOT: Readonly<Record<string, string>> = {
  'DELETE /api/session': 'signs out; nobody is signed in who could repeat it',
  'DELETE /api/sessions': 'signs out everywhere',
  'POST /api/session/link': 'mails a sign-in link; limited by address, and a second one harms nobody',
  'POST /api/session/link/open': 'a sign-in: its link works once',
  'POST /api/session/passkey': 'a sign-in: its ceremony works once',
  'POST /api/session/passkey/options': 'begins a ceremony, which ends by itself',
  'POST /api/session/password': 'a sign-in: a repeated one opens a session in place of the last',
  'POST /api/session/providers/:providerId': 'a sign-in: its ceremony works once',
  'POST /api/session/providers/:providerId/start': 'begins a ceremony, which ends by itself',
  'POST /api/session/second-factor': 'a sign-in: a code works once',
  'POST /api/development/session': 'a sign-in of a sample person',
  'POST /api/invitation/accept': 'a sign-in: its link works once, and its answer is a cookie that is kept nowhere',
  'POST /api/invitation/open': 'only shows',
  'POST /api/consent-by-link': 'only shows',
  'POST /api/supervisor-task': 'only shows',
  'POST /api/mails/stop': 'says what is not to come, however often; mail programs know no keys',
  'PATCH /api/profile': 'own account: says how it is to be, however often',
  'DELETE /api/profile': 'own account: gone is gone, and nobody is left to repeat it',
  'PUT /api/profile/password': 'own account: says how it is to be, however often',
  'POST /api/profile/passkeys/options': 'begins a ceremony, which ends by itself',
  'POST /api/profile/passkeys': 'own account: its ceremony works once',
  'DELETE /api/profile/passkeys/:passkeyId': 'own account: gone is gone',
  'POST /api/profile/authenticator':
    'begins a set-up, which replaces the last one; the secret is to be kept nowhere else',
  'POST /api/profile/authenticator/confirm':
    'own account: a code works once; recovery codes are to be kept nowhere else',
  'DELETE /api/profile/authenticator': 'own account: gone is gone',
  'DELETE /api/profile/identities/:identityId': 'own account: gone is gone',
  'DELETE /api/profile/sessions/:sessionId': 'own account: ended is ended',
  'POST /api/jobs/:jobId/retry': 'only what failed for good is given its tries again, which it then no longer is',
  'POST /api/imports': 'a folder says how rows are to be; the same rows again change nothing',
  'POST /api/students': 'a file says how records are to be; the same rows again change nothing',
};

test('Every operation that is no GET acts once, or stands here with the reason why it need not', () => {
  const unsafe = mountedEndpoints(apps[0] as NestExpressApplication)
    .map(({ endpoint }) => endpoint)
    .filter(({ method }) => method !== 'GET');
  const other = unsafe.filter(({ idempotent }) => !idempotent).map(({ method, path }) => `${method} ${path}`);
  expect(other.sort()).toEqual(Object.keys(NEED_NOT).sort());
});

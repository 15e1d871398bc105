import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Profile } from '@throughway/contracts/profile';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { Clock } from '../platform/clock/clock.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aPassword, aPasswordSession, codeAt, SAMPLE_PASSWORD } from './credentials.builder.js';
import { anOrganization, aPerson, type SignedIn } from './people.builder.js';

let database: TestDatabase;
let app: NestExpressApplication;
let now: Date;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  now = new Date();
  app.get(Clock).now = () => now;
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});
beforeEach(() => database.source.query('DELETE FROM rate_limit'));

const http = () => request(app.getHttpServer());
const begin = (cookie: string) => http().post('/api/profile/authenticator').set('Cookie', cookie);
const confirm = (cookie: string, code: string) =>
  http().post('/api/profile/authenticator/confirm').set('Cookie', cookie).send({ code });
const settle = (cookie: string, code: string) =>
  http().post('/api/session/second-factor').set('Cookie', cookie).send({ code });
const remove = (cookie: string) => http().delete('/api/profile/authenticator').set('Cookie', cookie);
const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code;
const nextStep = () => (now = new Date(now.getTime() + 30_000));

async function secondFactorOf(cookie: string): Promise<string> {
  const answer = await http().get('/api/session').set('Cookie', cookie).expect(200);
  return (answer.body as { secondFactor: string }).secondFactor;
}

async function staff(): Promise<SignedIn> {
  const school = await anOrganization(database.source);
  const roles = [{ organizationId: school, role: 'educator' as const }];
  const person = await aPerson(database.source, { roles, proved: false });
  await aPassword(database.source, person.personId);
  return person;
}

const signIn = (personId: string) => aPasswordSession(database.source, personId);

async function withApp(): Promise<SignedIn & { secret: string; recoveryCodes: string[] }> {
  const person = await staff();
  const { secret } = (await begin(person.cookie).expect(200)).body as { secret: string };
  const { recoveryCodes } = (await confirm(person.cookie, codeAt(secret, now)).expect(200)).body as {
    recoveryCodes: string[];
  };
  nextStep();
  return { ...person, secret, recoveryCodes };
}

describe('Setting up an authenticator app', () => {
  test('shows a secret and a picture; the first code settles the session and answers recovery codes', async () => {
    const { cookie, personId } = await staff();
    const answer = await begin(cookie).expect(200);
    const { secret, url, picture } = answer.body as { secret: string; url: string; picture: string };
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(url).toMatch(/^otpauth:\/\/totp\/Throughway/);
    expect(picture).toMatch(/^data:image\/png;base64,/);
    expect(await secondFactorOf(cookie)).toBe('enrollment-needed');

    expect(codeOf(await confirm(cookie, '000000'))).toBe('wrong-code');
    const { recoveryCodes } = (await confirm(cookie, codeAt(secret, now)).expect(200)).body as {
      recoveryCodes: string[];
    };
    expect(await secondFactorOf(cookie)).toBe('settled');
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);

    const rows: { sealed: Buffer }[] = await database.source.query(
      'SELECT sealed_secret AS sealed FROM authenticator WHERE person_id = $1',
      [personId],
    );
    expect(rows[0]?.sealed.toString('latin1')).not.toContain(secret);
    const profile = (await http().get('/api/profile').set('Cookie', cookie).expect(200)).body as Profile;
    expect(profile).toMatchObject({ authenticatorSince: now.toISOString(), recoveryCodesLeft: 10 });
  });

  test('is not open to who knows only the password, once a second factor is there', async () => {
    const { personId, cookie, secret } = await withApp();
    const thief = await signIn(personId);
    expect(codeOf(await begin(thief).expect(403))).toBe('second-factor-needed');
    expect(codeOf(await remove(thief).expect(403))).toBe('second-factor-needed');
    const password = { current: SAMPLE_PASSWORD, password: 'another sample password' };
    for (const answer of [
      await http().put('/api/profile/password').set('Cookie', thief).send(password),
      await http().patch('/api/profile').set('Cookie', thief).send({ name: 'Sample Thief' }),
      await http().get('/api/profile').set('Cookie', thief),
    ]) {
      expect([answer.status, codeOf(answer)]).toEqual([403, 'second-factor-needed']);
    }
    await begin(cookie).expect(200);
    expect(codeOf(await confirm(thief, codeAt(secret, now)).expect(403))).toBe('second-factor-needed');
  });

  test('begun before the owner had one cannot be finished after', async () => {
    const owner = await staff();
    const thief = await signIn(owner.personId);
    await begin(thief).expect(200);
    const { secret } = (await begin(owner.cookie).expect(200)).body as { secret: string };
    await confirm(owner.cookie, codeAt(secret, now)).expect(200);
    await confirm(thief, codeAt(secret, now)).expect(403);
  });

  test('anew keeps the old app until the first code of the new one', async () => {
    const { personId, cookie, secret } = await withApp();
    const { secret: newSecret } = (await begin(cookie).expect(200)).body as { secret: string };
    await settle(await signIn(personId), codeAt(secret, now)).expect(200);
    await confirm(cookie, codeAt(newSecret, now)).expect(200);
    nextStep();
    expect(codeOf(await settle(await signIn(personId), codeAt(secret, now)))).toBe('wrong-code');
    await settle(await signIn(personId), codeAt(newSecret, now)).expect(200);
  });

  test('confirmed twenty times at once is confirmed once', async () => {
    const { cookie } = await staff();
    const { secret } = (await begin(cookie).expect(200)).body as { secret: string };
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(cookie, codeAt(secret, now))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => codeOf(answer) === 'authenticator-not-started')).toHaveLength(19);
  });
});

describe('A code of the app', () => {
  test('settles the second factor, one step early or late, and never twice', async () => {
    const { personId, secret } = await withApp();
    const first = await signIn(personId);
    expect(await secondFactorOf(first)).toBe('code-needed');
    await settle(first, codeAt(secret, now)).expect(200);
    expect(await secondFactorOf(first)).toBe('settled');

    const again = await signIn(personId);
    expect(codeOf(await settle(again, codeAt(secret, now)).expect(409))).toBe('code-used');
    await settle(again, codeAt(secret, new Date(now.getTime() + 30_000))).expect(200);
    nextStep();
    nextStep();
    await settle(await signIn(personId), codeAt(secret, new Date(now.getTime() - 30_000))).expect(409);
    await settle(await signIn(personId), codeAt(secret, now)).expect(200);
    await settle(await signIn(personId), codeAt(secret, new Date(now.getTime() + 60_000))).expect(409);
  });

  test('that confirmed the app cannot be used again', async () => {
    const { personId, cookie } = await staff();
    const { secret } = (await begin(cookie).expect(200)).body as { secret: string };
    await confirm(cookie, codeAt(secret, now)).expect(200);
    expect(codeOf(await settle(await signIn(personId), codeAt(secret, now)).expect(409))).toBe('code-used');
  });

  test('used twenty times at once settles exactly one session', async () => {
    const { personId, secret } = await withApp();
    const cookies = await Promise.all(Array.from({ length: 20 }, () => signIn(personId)));
    const answers = await Promise.all(cookies.map((cookie) => settle(cookie, codeAt(secret, now))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const states = await Promise.all(cookies.map(secondFactorOf));
    expect(states.filter((state) => state === 'settled')).toHaveLength(1);
  });

  test('can be guessed at five times in half an hour, per person and not per session', async () => {
    const { personId, secret } = await withApp();
    const codes: (string | undefined)[] = [];
    for (let guess = 0; guess < 6; guess += 1) codes.push(codeOf(await settle(await signIn(personId), '000000')));
    expect(codes).toEqual([...Array<string>(5).fill('wrong-code'), 'too-many-attempts']);
    const right = await settle(await signIn(personId), codeAt(secret, now)).expect(429);
    expect(Number(right.get('Retry-After'))).toBeGreaterThan(1700);
  });

  test('is asked of nobody who has nothing to show', async () => {
    const { cookie } = await staff();
    expect(codeOf(await settle(cookie, '123456').expect(409))).toBe('enrollment-needed');
    expect(codeOf(await settle('', '123456').expect(401))).toBe('not-signed-in');
  });
});

describe('A recovery code', () => {
  test('settles the second factor once, however it is typed, and not for another person', async () => {
    const { personId, recoveryCodes } = await withApp();
    const other = await withApp();
    const [code = ''] = recoveryCodes;
    expect(codeOf(await settle(await signIn(other.personId), code).expect(409))).toBe('wrong-code');
    await settle(await signIn(personId), code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')).expect(200);
    expect(codeOf(await settle(await signIn(personId), code).expect(409))).toBe('wrong-code');
  });

  test('used twenty times at once settles exactly one session', async () => {
    const { personId, recoveryCodes } = await withApp();
    const cookies = await Promise.all(Array.from({ length: 20 }, () => signIn(personId)));
    const answers = await Promise.all(cookies.map((cookie) => settle(cookie, recoveryCodes[0] ?? '')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('of an app that was replaced works no more', async () => {
    const { personId, cookie, recoveryCodes } = await withApp();
    const { secret } = (await begin(cookie).expect(200)).body as { secret: string };
    await confirm(cookie, codeAt(secret, now)).expect(200);
    await settle(await signIn(personId), recoveryCodes[0] ?? '').expect(409);
  });
});

describe('Removing the app', () => {
  test('is refused while it is the last second factor and a role or a short password needs one', async () => {
    const { cookie, personId } = await withApp();
    expect(codeOf(await remove(cookie).expect(409))).toBe('second-factor-required');
    await database.source.query('UPDATE membership SET ended_at = now() WHERE person_id = $1', [personId]);
    await database.source.query('UPDATE password SET length_count = 14 WHERE person_id = $1', [personId]);
    expect(codeOf(await remove(cookie).expect(409))).toBe('second-factor-protects-password');
    const kept = (await http().get('/api/profile').set('Cookie', cookie).expect(200)).body as Profile;
    expect(kept).toMatchObject({ recoveryCodesLeft: 10 });
    expect(kept.authenticatorSince).not.toBeNull();
    await database.source.query('UPDATE password SET length_count = 15 WHERE person_id = $1', [personId]);
    const left = (await remove(cookie).expect(200)).body as Profile;
    expect(left).toMatchObject({ authenticatorSince: null, recoveryCodesLeft: 0 });
    await remove(cookie).expect(404);
  });

  test('is possible beside a passkey', async () => {
    const { cookie, personId } = await withApp();
    await database.source.query(
      `INSERT INTO passkey (person_id, credential_id, public_key, signature_count, transports, name)
       VALUES ($1, $2, '', 0, '{}', 'Sample key')`,
      [personId, personId],
    );
    await remove(cookie).expect(200);
  });
});

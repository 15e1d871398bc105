import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Session } from '@throughway/contracts/session';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { aPassword, SAMPLE_PASSWORD } from '../identity/credentials.builder.js';
import { aPerson } from '../identity/people.builder.js';
import { SignInLinks } from '../identity/sign-in-links.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { runCommandLine } from './run-command-line.js';

let database: TestDatabase;
let app: NestExpressApplication;
const before = { url: process.env['DATABASE_URL'], pages: process.env['PUBLIC_URL'] };

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  process.env['DATABASE_URL'] = database.config.DATABASE_OWNER_URL;
  process.env['PUBLIC_URL'] = 'https://pathways.example.org';
});
afterAll(async () => {
  for (const [name, value] of [
    ['DATABASE_URL', before.url],
    ['PUBLIC_URL', before.pages],
  ] as const) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await app?.close();
  await database?.drop();
});

/** What a person at a terminal would see. */
async function throughway(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const seen = { out: '', err: '' };
  const collect = (stream: NodeJS.WriteStream, key: 'out' | 'err') =>
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      seen[key] += String(text);
      return true;
    });
  const spies = [collect(process.stdout, 'out'), collect(process.stderr, 'err')];
  const status = await runCommandLine(args);
  for (const spy of spies) spy.mockRestore();
  return { status, ...seen };
}

const add = async (kind: string, name: string, ...more: string[]) =>
  (await throughway('organizations', 'add', '--kind', kind, '--name', name, ...more)).out.trim();
const invite = (organization: string, role: string, email: string, ...more: string[]) =>
  throughway('people', 'invite', '--organization', organization, '--role', role, '--email', email, ...more);
const mailCount = async () => (await database.source.query<unknown[]>('SELECT 1 FROM mail_outbox')).length;

describe('A new installation', () => {
  test('gets its first organization and administrator from the command line, without a mail server', async () => {
    const region = await add('region', 'Sample Region');
    const school = await add('school', 'Sample School', '--parent', region);
    expect(school).toMatch(/^[0-9a-f-]{36}$/);
    const { status, out, err } = await invite(region, 'administrator', 'first@example.test', '--language', 'es');
    expect(status).toBe(0);
    expect(err).toContain('works once, for one hour');
    const [, token] = /^https:\/\/pathways\.example\.org\/invitation#token=([\w-]{43})\n$/.exec(out) ?? [];
    const accepted = await request(app.getHttpServer())
      .post('/api/invitation/accept')
      .send({ token, name: 'Sample First' })
      .expect(200);
    expect((accepted.body as Session).person).toMatchObject({ email: 'first@example.test', language: 'es' });
    const rows = await database.source.query<unknown[]>(
      `SELECT m.role, o.name FROM membership m JOIN organization o USING (organization_id)`,
    );
    expect(rows).toEqual([{ role: 'administrator', name: 'Sample Region' }]);
    expect(await mailCount()).toBe(0);
  });

  test('a link that was lost is printed anew by the same command', async () => {
    const region = await add('region', 'Sample Other Region');
    const [first, second] = [
      await invite(region, 'coordinator', 'again@example.test'),
      await invite(region, 'coordinator', 'again@example.test'),
    ];
    expect(second.status).toBe(0);
    expect(second.out).not.toBe(first.out);
    const rows = await database.source.query<unknown[]>('SELECT 1 FROM invitation WHERE organization_id = $1', [
      region,
    ]);
    expect(rows).toHaveLength(1);
  });
});

describe('The operator', () => {
  const sessionOf = async ({ cookie }: { cookie: string }) =>
    ((await request(app.getHttpServer()).get('/api/session').set('Cookie', cookie).expect(200)).body as Session).person;
  const withPassword = (email: string) =>
    request(app.getHttpServer()).post('/api/session/password').send({ email, password: SAMPLE_PASSWORD });

  test('suspends someone, who cannot sign in nor accept an invitation until restored', async () => {
    const person = await aPerson(database.source);
    await aPassword(database.source, person.personId);
    const district = await add('district', 'Sample District');
    const { out: link } = await invite(district, 'leader', person.email);
    const accept = () =>
      request(app.getHttpServer())
        .post('/api/invitation/accept')
        .send({ token: link.trim().split('token=')[1] });

    const suspended = await throughway('people', 'suspend', '--email', person.email.toUpperCase());
    expect([suspended.status, suspended.err]).toEqual([0, '']);
    expect(suspended.out).toMatch(/^Suspended .*; sessions ended: 1\.\n$/);
    expect(await sessionOf(person)).toBeNull();
    const refused = await withPassword(person.email).expect(403);
    expect(refused.body).toMatchObject({ code: 'suspended' });
    expect((await accept().expect(403)).body).toMatchObject({ code: 'suspended' });
    await request(app.getHttpServer()).post('/api/session/link').send({ email: person.email }).expect(202);
    await app.get(SignInLinks).settle();
    expect(await mailCount()).toBe(0);
    const held: unknown[] = await database.source.query('SELECT FROM membership WHERE person_id = $1', [
      person.personId,
    ]);
    expect(held).toEqual([]);

    expect((await throughway('people', 'restore', '--email', person.email)).status).toBe(0);
    await withPassword(person.email).expect(200);
    await accept().expect(200);
  });

  test('resets a lost second factor: app, codes and passkeys are gone, and sessions end', async () => {
    const person = await aPerson(database.source);
    await database.source.query(
      `INSERT INTO passkey (person_id, credential_id, public_key, signature_count, transports, name)
       VALUES ($1, $2, '', 0, '{}', 'Sample key')`,
      [person.personId, person.personId],
    );
    await database.source.query(
      `INSERT INTO authenticator (person_id, sealed_secret, last_step, confirmed_at) VALUES ($1, '\\x00', 1, now())`,
      [person.personId],
    );
    await database.source.query(`INSERT INTO recovery_code (person_id, digest) VALUES ($1, '\\x00')`, [
      person.personId,
    ]);
    const { status, out } = await throughway('people', 'reset-second-factor', '--email', person.email);
    expect([status, out]).toEqual([0, expect.stringContaining('sessions ended: 1.')]);
    expect(await sessionOf(person)).toBeNull();
    const rows: unknown[] = await database.source.query(
      `SELECT 1 FROM passkey WHERE person_id = $1 UNION ALL SELECT 1 FROM authenticator WHERE person_id = $1
       UNION ALL SELECT 1 FROM recovery_code WHERE person_id = $1`,
      [person.personId],
    );
    expect(rows).toEqual([]);
  });

  test.each(['suspend', 'restore', 'reset-second-factor'])(
    'is told by %s when nobody has the address',
    async (verb) => {
      const seen = await throughway('people', verb, '--email', 'nobody-at-all@example.test');
      expect([seen.status, seen.out]).toEqual([1, '']);
      expect(seen.err).toBe(
        `throughway people ${verb}: Found nobody with this mail address, expected that of a person here.\n`,
      );
    },
  );
});

describe('The command refuses', () => {
  const somewhere = randomUUID();
  test.each<[string, string[], number, RegExp]>([
    ['no kind', ['organizations', 'add', '--name', 'Sample'], 2, /--kind: found "", expected school/],
    ['an unknown kind', ['organizations', 'add', '--kind', 'shop', '--name', 'Sample'], 2, /--kind: found "shop"/],
    ['no name', ['organizations', 'add', '--kind', 'state'], 2, /--name: expected a name/],
    ['another verb', ['organizations', 'remove', '--kind', 'state', '--name', 'Sample'], 2, /found "remove"/],
    [
      'a parent that is not there',
      ['organizations', 'add', '--kind', 'school', '--name', 'Sample', '--parent', somewhere],
      1,
      /^throughway organizations: There is no such organization\.\n$/,
    ],
    [
      'an organization that is not there',
      ['people', 'invite', '--organization', somewhere, '--role', 'administrator', '--email', 'a@example.test'],
      1,
      /^throughway people: There is no such organization\.\n$/,
    ],
    [
      'what is no address',
      ['people', 'invite', '--organization', somewhere, '--role', 'administrator', '--email', 'nobody'],
      2,
      /--email: found "nobody", expected a mail address/,
    ],
    [
      'an unknown role',
      ['people', 'invite', '--organization', somewhere, '--role', 'king', '--email', 'a@example.test'],
      2,
      /--role: found "king", expected administrator/,
    ],
  ])('%s', async (_, args, status, message) => {
    const seen = await throughway(...args);
    expect([seen.status, seen.out]).toEqual([status, '']);
    expect(seen.err).toMatch(message);
  });

  test('a district above a region, and a role that the kind does not have', async () => {
    const school = await add('school', 'Sample Lonely School');
    const child = await throughway('organizations', 'add', '--kind', 'region', '--name', 'Sample', '--parent', school);
    expect([child.status, child.out]).toEqual([1, '']);
    expect(child.err).toContain('Found a region below a school');
    for (const role of ['employer-admin', 'student']) {
      const seen = await invite(school, role, 'a@example.test');
      expect([seen.status, seen.out]).toEqual([1, '']);
    }
  });
});

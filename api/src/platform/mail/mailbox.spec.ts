import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Letter, LetterSummary } from '@throughway/contracts/letters';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import request from 'supertest';
import { createApp } from '../../bootstrap.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';
import { Transactions } from '../database/transactions.js';
import { LetterBox } from './letter-box.js';
import { Outbox } from './outbox.js';

interface Server {
  app: NestExpressApplication;
  database: TestDatabase;
  folder: string;
  close(): Promise<void>;
}

async function aServer(env: Record<string, string>): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'throughway-mailbox-'));
  const database = await testDatabase({ DATA_DIR: folder, ...env });
  const app = await createApp(database.config);
  await app.get(Outbox).start();
  await app.listen(0, '127.0.0.1');
  const close = async (): Promise<void> => {
    await app.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  };
  return { app, database, folder, close };
}

async function write(
  { app, database }: Server,
  recipient: string,
  organization = 'Sample School',
  until: 'sent' | 'failed' = 'sent',
): Promise<string> {
  const detail = {
    organization,
    role: 'educator',
    invitedBy: null,
    url: 'http://localhost:1/invitation#token=a-sample',
  } as const;
  await app
    .get(Transactions)
    .run((em) => app.get(Outbox).send(em, { recipient, language: 'en', template: 'invitation', detail }));
  for (let waited = 0; waited < 20_000; waited += 50, await delay(50)) {
    const [sent] = await database.source.query<{ id: string }[]>(
      `SELECT mail_id AS id FROM mail_outbox WHERE recipient = $1 AND ${until === 'sent' ? 'sent_at' : 'last_error'} IS NOT NULL`,
      [recipient],
    );
    if (sent) return sent.id;
  }
  throw new Error('the mail was not sent');
}

const LETTERS = '/api/development/letters';
const at = ({ app }: Server, path: string) => request(app.getHttpServer()).get(path);

describe('On a development machine', () => {
  let server: Server;
  beforeAll(async () => {
    server = await aServer({ NODE_ENV: 'development' });
  });
  afterAll(() => server?.close());

  test('each mail, also to a sample person, becomes a file that the server alone can read', async () => {
    const letterId = await write(server, 'coordinator@sample.example');
    expect(statSync(join(server.folder, 'mail', `${letterId}.eml`)).mode & 0o077).toBe(0);
  });

  test('whoever sits at it sees the letters, newest first, and each in both forms', async () => {
    const letterId = await write(server, 'latest@example.test', 'Sample <Latest> School');
    const { letters } = (await at(server, LETTERS).expect(200)).body as { letters: LetterSummary[] };
    expect(letters[0]).toMatchObject({
      letterId,
      subject: 'Invitation to Throughway: Sample <Latest> School',
      to: 'latest@example.test',
    });
    const letter = (await at(server, `${LETTERS}/${letterId}`).expect(200)).body as Letter;
    expect(letter.text).toContain('http://localhost:1/invitation#token=a-sample');
    expect(letter.htmlUrl).toBe(`${LETTERS}/${letterId}/html`);
  });

  test('its HTML runs no script, loads nothing, is of no origin, and our own page alone may frame it', async () => {
    const letterId = await write(server, 'framed@example.test');
    const answer = await at(server, `${LETTERS}/${letterId}/html`).expect(200);
    const policy = answer.get('Content-Security-Policy');
    expect(policy).toMatch(/^default-src 'none'; .*frame-ancestors 'self'; sandbox /);
    expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/);
    expect(answer.text).toContain('<base target="_blank">');
    expect(answer.text).toContain('href="http://localhost:1/invitation#token=a-sample"');
  });

  test('nobody who comes through a proxy sees any, nor is told that there are some', async () => {
    const letterId = await write(server, 'hidden@example.test');
    for (const path of [LETTERS, `${LETTERS}/${letterId}`, `${LETTERS}/${letterId}/html`]) {
      const answer = await at(server, path).set('X-Forwarded-For', '192.0.2.1').expect(404);
      expect(answer.body).toMatchObject({ code: 'not-found' });
    }
  });

  test('an id that is none of a letter leads to no file', async () => {
    await at(server, `${LETTERS}/00000000-0000-4000-8000-000000000000`).expect(404);
    await at(server, `${LETTERS}/..%2F..%2Fsecret.key/html`).expect(404);
    await at(server, `${LETTERS}/..%2Fsecret`).expect(400);
  });

  test('what another program posts to its mail server is refused', async () => {
    const stranger = createTransport({ host: '127.0.0.1', port: await server.app.get(LetterBox).port() });
    const before = readdirSync(join(server.folder, 'mail')).length;
    const message = { from: 'a@example.test', to: 'b@example.test', subject: 'x', text: 'x' };
    await expect(stranger.sendMail(message)).rejects.toMatchObject({ responseCode: 550 });
    await expect(
      stranger.sendMail({ ...message, messageId: '<../../../x@throughway>', headers: { 'X-Y': 'z' } }),
    ).rejects.toMatchObject({ responseCode: 550 });
    expect(readdirSync(join(server.folder, 'mail'))).toHaveLength(before);
  });

  test('a mail goes there by SMTP and no other way: with that server closed it waits', async () => {
    await server.app.get(LetterBox).onApplicationShutdown();
    await expect(write(server, 'waits@example.test', 'Sample School', 'failed')).resolves.toBeDefined();
  });
});

describe.each([
  ['in production', { NODE_ENV: 'production', SECRET_KEY: 'a-key-that-is-long-enough-for-specs' }],
  ['in development where others can reach it', { NODE_ENV: 'development', PUBLIC_URL: 'https://pathways.example.org' }],
  ['in tests', { NODE_ENV: 'test' }],
] as const)('A server %s', (_, env) => {
  let server: Server;
  beforeAll(async () => {
    server = await aServer(env);
  });
  afterAll(() => server?.close());

  test('has no mailbox, even for whoever sits at it', async () => {
    const letterId = await write(server, 'somebody@example.test');
    expect(readdirSync(join(server.folder, 'mail'))).toEqual([`${letterId}.eml`]);
    for (const path of [LETTERS, `${LETTERS}/${letterId}`, `${LETTERS}/${letterId}/html`]) {
      await at(server, path).expect(404);
    }
  });
});

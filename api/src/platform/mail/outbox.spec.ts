import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type ParsedMail, simpleParser } from 'mailparser';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { createApp } from '../../bootstrap.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';
import { Transactions } from '../database/transactions.js';
import { Outbox } from './outbox.js';

const URL = 'http://localhost:3000/invitation#token=sample-token';
const anAddress = () => `sample-${randomUUID()}@example.test`;

/** What waits or was sent, as the database has it. */
interface Row {
  detail: unknown;
  attempts: number;
  error: string | null;
  sent: boolean;
  givenUp: boolean;
}

async function rowOf({ source }: TestDatabase, recipient: string): Promise<Row | undefined> {
  const rows = await source.query<Row[]>(
    `SELECT detail, attempt_count AS attempts, last_error AS error, sent_at IS NOT NULL AS sent,
       given_up_at IS NOT NULL AS "givenUp"
     FROM mail_outbox WHERE recipient = $1`,
    [recipient],
  );
  return rows[0];
}

async function until(holds: () => Promise<boolean> | boolean, seconds = 40): Promise<void> {
  for (let waited = 0; !(await holds()); waited += 100) {
    if (waited > seconds * 1000) throw new Error('what was waited for did not come');
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function invite(
  app: NestExpressApplication,
  recipient: string,
  more: { language?: 'en' | 'es'; organization?: string; invitedBy?: string; fail?: boolean } = {},
): Promise<void> {
  const { language = 'en', organization = 'Sample School', invitedBy = 'Sample Coordinator', fail = false } = more;
  await app.get(Transactions).run(async (em) => {
    const detail = { organization, role: 'educator' as const, invitedBy, url: URL };
    await app.get(Outbox).send(em, { recipient, language, template: 'invitation', detail });
    if (fail) throw new Error('rolled back on purpose');
  });
}

describe('With a mail server', () => {
  let database: TestDatabase;
  let app: NestExpressApplication;
  let server: SMTPServer;
  const folder = mkdtempSync(join(tmpdir(), 'throughway-mail-'));
  const received: { to: string[]; mail: ParsedMail }[] = [];
  /** Codes with which the server refuses what comes next, in this order. */
  let refusals: number[] = [];
  let attempts: string[] = [];

  beforeAll(async () => {
    server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData(stream, session, done) {
        void simpleParser(stream).then((mail) => {
          attempts.push(mail.messageId ?? '');
          const responseCode = refusals.shift();
          if (responseCode) return done(Object.assign(new Error('refused by the test'), { responseCode }));
          received.push({ to: session.envelope.rcptTo.map(({ address }) => address), mail });
          return done();
        }, done);
      },
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.server.address() as AddressInfo;
    database = await testDatabase({ SMTP_URL: `smtp://127.0.0.1:${port}`, DATA_DIR: folder });
    app = await createApp(database.config);
    await app.get(Outbox).start();
  });
  beforeEach(() => {
    received.length = 0;
    refusals = [];
    attempts = [];
  });
  afterAll(async () => {
    await app?.close();
    await new Promise<void>((done) => server.close(done));
    await database?.drop();
    rmSync(folder, { recursive: true });
  });

  test('a mail arrives once, in both forms, in its language, with its link; then the link is forgotten', async () => {
    const address = anAddress();
    await invite(app, address, { language: 'es' });
    await until(async () => (await rowOf(database, address))?.sent === true);
    expect(received).toHaveLength(1);
    const [{ to, mail } = { to: [], mail: undefined }] = received;
    expect(to).toEqual([address]);
    expect(mail?.subject).toBe('Invitación a Throughway: Sample School');
    expect(mail?.headers.get('content-language')).toBe('es');
    expect(mail?.text).toContain('Sample Coordinator le invita a Throughway como docente de Sample School.');
    expect(mail?.text).toContain(URL);
    expect(mail?.html).toContain(`href="${URL}"`);
    expect(await rowOf(database, address)).toEqual({
      detail: null,
      attempts: 1,
      error: null,
      sent: true,
      givenUp: false,
    });
  });

  test('what a command that fails wanted to say is never sent', async () => {
    const [failed, after] = [anAddress(), anAddress()];
    await expect(invite(app, failed, { fail: true })).rejects.toThrow('on purpose');
    await invite(app, after);
    await until(async () => (await rowOf(database, after))?.sent === true);
    expect(received.flatMap(({ to }) => to)).toEqual([after]);
    expect(await rowOf(database, failed)).toBeUndefined();
  });

  test('a mail that is refused for now is tried again, under the same id', async () => {
    const address = anAddress();
    refusals = [451];
    await invite(app, address);
    await until(async () => (await rowOf(database, address))?.error !== null);
    const waiting = await rowOf(database, address);
    expect(waiting).toMatchObject({ attempts: 1, error: 'EMESSAGE 451', sent: false });
    expect(waiting?.error).not.toContain(address);
    await until(async () => (await rowOf(database, address))?.sent === true);
    expect(attempts).toHaveLength(2);
    expect(attempts[0]).toBe(attempts[1]);
    expect(received).toHaveLength(1);
    expect(await rowOf(database, address)).toEqual({
      detail: null,
      attempts: 2,
      error: null,
      sent: true,
      givenUp: false,
    });
  });

  test('a mail that is refused for good is not tried again, and its link is forgotten', async () => {
    const address = anAddress();
    refusals = [550];
    await invite(app, address);
    await until(async () => (await rowOf(database, address))?.error === 'EMESSAGE 550');
    const jobState = async () => {
      const jobs = await database.source.query<{ state: string }[]>(
        `SELECT state::text FROM pgboss.job WHERE name = 'send-mail' AND data->>'mailId' =
           (SELECT mail_id::text FROM mail_outbox WHERE recipient = $1)`,
        [address],
      );
      return jobs[0]?.state;
    };
    await until(async () => (await jobState()) !== 'active');
    expect(await jobState()).toBe('completed');
    expect(received).toEqual([]);
    expect(await rowOf(database, address)).toMatchObject({ detail: null, sent: false, givenUp: true });
  });

  test('a mail that fails at its last try is given up, and its link is forgotten', async () => {
    const address = anAddress();
    refusals = [451, 451];
    await invite(app, address);
    await until(async () => (await rowOf(database, address))?.error !== null);
    expect(await rowOf(database, address)).toMatchObject({ detail: { url: URL }, givenUp: false });
    await database.source.query('UPDATE mail_outbox SET attempt_count = 8 WHERE recipient = $1', [address]);
    await until(async () => (await rowOf(database, address))?.attempts === 9);
    await until(async () => (await rowOf(database, address))?.detail === null);
    expect(await rowOf(database, address)).toMatchObject({ error: 'EMESSAGE 451', sent: false, givenUp: true });
  });

  test('a name writes no header, no second recipient and no markup', async () => {
    const address = anAddress();
    const evil = 'Sample\r\nBcc: thief@example.test\r\n\r\n<a href="http://evil.example">x</a>\u202E';
    await invite(app, address, { organization: evil, invitedBy: `${evil}<img src=x onerror=alert(1)>` });
    await until(async () => (await rowOf(database, address))?.sent === true);
    const [{ to, mail } = { to: [], mail: undefined }] = received;
    expect(to).toEqual([address]);
    expect(mail?.bcc).toBeUndefined();
    expect(mail?.subject).toBe(
      'Invitation to Throughway: Sample Bcc: thief@example.test <a href="http://evil.example">x</a> ',
    );
    const html = String(mail?.html);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|evil\.example">/);
    expect(mail?.text?.split('\n')[0]).toContain('Bcc: thief@example.test');
    expect(`${mail?.text}${html}${mail?.subject}`).not.toContain('\u202E');
  });

  test('an address is one address, whatever it looks like', async () => {
    const address = '"a, thief@example.test"@example.test';
    await invite(app, address);
    await until(async () => (await rowOf(database, address))?.attempts === 1);
    await until(async () => {
      const row = await rowOf(database, address);
      return row?.sent === true || row?.error !== null;
    });
    expect(received.flatMap(({ to }) => to)).not.toContain('thief@example.test');
  });

  test('what goes to an address that exists nowhere never reaches the server', async () => {
    await invite(app, 'coordinator@sample.example');
    await until(async () => (await rowOf(database, 'coordinator@sample.example'))?.sent === true);
    expect(received).toEqual([]);
    expect(readdirSync(join(folder, 'mail'))).toHaveLength(1);
  });
});

describe('Without a mail server', () => {
  test('each mail becomes a file that the server alone can read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughway-mail-'));
    const database = await testDatabase({ DATA_DIR: folder });
    const app = await createApp(database.config);
    try {
      await app.get(Outbox).start();
      const address = anAddress();
      await invite(app, address);
      await until(async () => (await rowOf(database, address))?.sent === true);
      const [file = ''] = readdirSync(join(folder, 'mail'));
      const mail = await simpleParser(readFileSync(join(folder, 'mail', file)));
      expect(mail.to).toMatchObject({ value: [{ address }] });
      expect(mail.text).toContain(URL);
      expect(statSync(join(folder, 'mail', file)).mode & 0o077).toBe(0);
      expect((await rowOf(database, address))?.detail).toBeNull();
    } finally {
      await app.close();
      await database.drop();
      rmSync(folder, { recursive: true });
    }
  });
});

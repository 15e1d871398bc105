import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type ParsedMail, simpleParser } from 'mailparser';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { SecretBox } from '../platform/auth/secret-box.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { Transactions } from '../platform/database/transactions.js';
import { Outbox } from '../platform/mail/outbox.js';
import { OptionalMails } from './optional-mails.service.js';
import { aPerson, type SignedIn } from './people.builder.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-mail-'));
let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase({ DATA_DIR: folder, PUBLIC_URL: 'https://pathways.example.org' });
  app = await createApp(database.config);
  await app.get(Outbox).start();
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true });
});

const http = () => request(app.getHttpServer());
const DETAIL = {
  school: 'Sample School',
  employer: 'Sample Employer',
  answer: 'given',
  url: 'https://pathways.example.org/students/1',
} as const;

const send = (personId: string): Promise<void> =>
  app.get(Transactions).run((em) => app.get(OptionalMails).send(em, personId, 'consent-answered', DETAIL));

async function declinedBy(personId: string): Promise<string[]> {
  const [row] = await database.source.query<{ declined: string[] }[]>(
    'SELECT declined_mails AS declined FROM person WHERE person_id = $1',
    [personId],
  );
  return row?.declined ?? [];
}

/** The letter that a person got, and where its one-click address leads. */
async function aLetter({ personId, email }: SignedIn): Promise<{ letter: ParsedMail; oneClick: string; raw: string }> {
  await send(personId);
  for (let waited = 0; waited < 20_000; waited += 50, await delay(50)) {
    for (const file of readdirSync(folder).includes('mail') ? readdirSync(join(folder, 'mail')) : []) {
      const raw = readFileSync(join(folder, 'mail', file), 'utf8');
      const letter = await simpleParser(raw);
      if (!raw.includes(email)) continue;
      const [, oneClick = ''] = /^List-Unsubscribe:\s*<https:\/\/pathways\.example\.org(.*)>\r$/m.exec(raw) ?? [];
      return { letter, oneClick, raw };
    }
  }
  throw new Error('no letter came');
}

const oneClickAt = (path: string) => http().post(path).type('form').send('List-Unsubscribe=One-Click');

test('a mail that can be turned off says how: a link in its end, and one click for mail programs (RFC 8058)', async () => {
  const { letter, oneClick, raw } = await aLetter(await aPerson(database.source));
  expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  const token = new URL(oneClick, 'https://pathways.example.org').searchParams.get('token') ?? '';
  expect(token.length).toBeGreaterThan(22);
  const page = `https://pathways.example.org/stop-mails#token=${token}&mail=consent-answered`;
  expect(letter.text).toContain(`Turn these mails off: ${page}`);
  expect(letter.html).toContain(`href="${page.replace('&', '&amp;')}"`);
});

test('a mail that signs in, invites or asks has neither', async () => {
  const mail = { recipient: 'sample-person@example.test', language: 'en', template: 'sign-in-link' } as const;
  await app
    .get(Transactions)
    .run((em) => app.get(Outbox).send(em, { ...mail, detail: { name: 'Sample', url: DETAIL.url } }));
  const has = (): string | undefined =>
    readdirSync(join(folder, 'mail'))
      .map((file) => readFileSync(join(folder, 'mail', file), 'utf8'))
      .find((raw) => raw.includes(mail.recipient));
  for (let waited = 0; waited < 20_000 && !has(); waited += 50) await delay(50);
  expect(has()).toBeDefined();
  expect(has()).not.toMatch(/List-Unsubscribe|stop-mails/);
});

test('one click, from anywhere and without a session, turns that kind off for its receiver alone; again it changes nothing', async () => {
  const [mine, other] = [await aPerson(database.source), await aPerson(database.source)];
  const { oneClick } = await aLetter(mine);
  const answer = await oneClickAt(oneClick).set('Origin', 'https://mail.example').set('Sec-Fetch-Site', 'cross-site');
  expect([answer.status, answer.body]).toEqual([200, { mail: 'consent-answered' }]);
  await oneClickAt(oneClick).expect(200);
  expect(await declinedBy(mine.personId)).toEqual(['consent-answered']);
  expect(await declinedBy(other.personId)).toEqual([]);
  const mailsTo = (email: string) => database.source.query('SELECT FROM mail_outbox WHERE recipient = $1', [email]);
  await send(mine.personId);
  await send(other.personId);
  expect([await mailsTo(mine.email), await mailsTo(other.email)]).toEqual([[{}], [{}]]);
});

test('looking at the address, as scanners of mails do, changes nothing and leads to the page with the button', async () => {
  const person = await aPerson(database.source);
  const { oneClick } = await aLetter(person);
  for (const look of [http().get(oneClick), http().head(oneClick)]) {
    const answer = await look;
    expect(answer.status).toBe(303);
    expect(answer.get('Location')).toMatch(/^\/stop-mails#token=[\w-]+$/);
  }
  expect(await declinedBy(person.personId)).toEqual([]);
});

test('a token that was changed, made up, sealed for something else or under another key turns nothing off', async () => {
  const person = await aPerson(database.source);
  const { oneClick } = await aLetter(person);
  const changed = oneClick.slice(0, -2) + (oneClick.endsWith('AA') ? 'BB' : 'AA');
  const seal = (text: string, box = app.get(SecretBox)): string =>
    `/api/mails/stop?token=${box.seal(text).toString('base64url')}`;
  const strange = new SecretBox({ ...database.config, SECRET_KEY: 'another-key-of-another-server-0001' });
  for (const path of [
    changed,
    '/api/mails/stop?token=not-a-token-of-this-server-at-all',
    seal(`otpauth consent-answered ${person.personId}`),
    seal(`stop-mails sign-in-link ${person.personId}`),
    seal(`stop-mails consent-answered ${person.personId}`, strange),
  ]) {
    const answer = await oneClickAt(path);
    expect([answer.status, (answer.body as { code?: string }).code]).toEqual([404, 'link-unknown']);
  }
  await oneClickAt('/api/mails/stop').expect(400);
  expect(await declinedBy(person.personId)).toEqual([]);
});

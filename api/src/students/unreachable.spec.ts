import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Organization } from '@throughway/contracts/organizations';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import request from 'supertest';
import { createApp } from '../bootstrap.js';
import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { asCommand } from '../platform/http/as-command.builder.js';
import { forgetMails } from '../platform/mail/forget-mails.js';
import { Outbox } from '../platform/mail/outbox.js';
import { StudentsOverHttp } from './students.builder.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-mail-'));
let database: TestDatabase;
let app: NestExpressApplication;
let server: SMTPServer;
let students: StudentsOverHttp;
let school: string;
let administrator: SignedIn;
/** Addresses at which the server refuses, and with what. */
const refused = new Map<string, number>();
let accepted: string[] = [];

beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const responseCode = refused.get(address);
      done(responseCode ? Object.assign(new Error(`no mailbox ${address}`), { responseCode }) : undefined);
    },
    onData(stream, { envelope }, done) {
      stream.resume().on('end', () => {
        accepted.push(...envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  database = await testDatabase({ SMTP_URL: `smtp://127.0.0.1:${port}`, DATA_DIR: folder });
  app = await createApp(database.config);
  await app.get(Outbox).start();
  students = new StudentsOverHttp(app.getHttpServer());
  school = await anOrganization(database.source, { kind: 'school', name: 'Sample School' });
  administrator = await aPerson(database.source, { roles: [{ organizationId: school, role: 'administrator' }] });
});
afterAll(async () => {
  await app?.close();
  await new Promise<void>((done) => server.close(done));
  await database?.drop();
  rmSync(folder, { recursive: true });
});

/** Waits until every mail was sent or given up, or failed once where the server only asks for patience. */
async function settled(): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 50, await delay(50)) {
    const waiting = await database.source.query<unknown[]>(
      'SELECT FROM mail_outbox WHERE detail IS NOT NULL AND last_error IS NULL',
    );
    if (waiting.length === 0) return;
  }
  throw new Error('mails still wait');
}

async function invite(email: string): Promise<void> {
  await request(app.getHttpServer())
    .post(`/api/organizations/${school}/invitations`)
    .set(asCommand())
    .set('Cookie', administrator.cookie)
    .send({ email, role: 'educator', language: 'en' })
    .expect(200);
  await settled();
}

async function noteBeside(email: string): Promise<unknown> {
  const answer = await request(app.getHttpServer())
    .get(`/api/organizations/${school}`)
    .set('Cookie', administrator.cookie)
    .expect(200);
  return (answer.body as Organization).invitations.find((each) => each.email === email)?.unreachable;
}

const A_NOTE = { since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), reason: 'EENVELOPE 550' };

test('an address that refuses for good is noted beside its invitation, by a code, until a mail is accepted there', async () => {
  const [bad, good] = ['Sample.Nobody@example.test', 'sample-somebody@example.test'];
  refused.set(bad, 550);
  await invite(bad);
  await invite(good);
  expect(await noteBeside(bad)).toEqual(A_NOTE);
  expect(await noteBeside(good)).toBeNull();
  const [kept] = await database.source.query<{ row: string }[]>('SELECT u::text AS row FROM unreachable_address u');
  expect(kept?.row).not.toMatch(/nobody|mailbox/i);
  // Nothing is withheld from it.
  refused.delete(bad);
  accepted = [];
  await invite(bad);
  expect(accepted).toEqual([bad]);
  expect(await noteBeside(bad)).toBeNull();
});

test('so is it on the lines of a student and a guardian, for who sees their addresses', async () => {
  const student = await students.enroll(administrator, school, 1, {
    email: 'sample-student@example.test',
    guardian_contacts: 'Sample A <sample-a@example.test>; Sample B <sample-b@example.test>',
  });
  const [guardian, other] = student.guardians;
  refused.set('sample-student@example.test', 550).set(guardian?.email ?? '', 550);
  await students.invite(administrator, student.studentId).expect(200);
  await students.invite(administrator, student.studentId, guardian?.guardianId).expect(200);
  await settled();
  const { unreachable, guardians } = await students.seen(administrator, student.studentId);
  expect(unreachable).toEqual(A_NOTE);
  const noteOf = (guardianId?: string) => guardians.find((each) => each.guardianId === guardianId)?.unreachable;
  expect(noteOf(guardian?.guardianId)).toEqual(A_NOTE);
  expect(noteOf(other?.guardianId)).toBeNull();
});

test('a server that asks for patience, or has something against the sender, says nothing of the address', async () => {
  refused.set('sample-patience@example.test', 451);
  await invite('sample-patience@example.test');
  expect(await noteBeside('sample-patience@example.test')).toBeNull();
});

test('what is noted about an address goes with the mails to it', async () => {
  const noted = () => database.source.query<unknown[]>('SELECT FROM unreachable_address');
  const address = 'sample-gone@example.test';
  refused.set(address, 550);
  const before = (await noted()).length;
  await invite(address);
  expect(await noted()).toHaveLength(before + 1);
  await database.asOwner.run((em) => forgetMails(em, folder, [address]));
  // An open invitation still has it.
  expect(await noted()).toHaveLength(before + 1);
  await database.source.query('UPDATE invitation SET revoked_at = now() WHERE email = $1', [address]);
  await database.asOwner.run((em) => forgetMails(em, folder, [address]));
  expect(await noted()).toHaveLength(before);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { openDataSource } from '../database/data-source.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';
import { WorkTransactions } from '../database/transactions.js';
import { Jobs } from '../jobs/jobs.js';
import { type Fault, FaultyServer, type Step, STEPS } from './faulty-server.builder.js';
import { LetterBox } from './letter-box.js';
import { MailTransport } from './mail-transport.js';
import { Outbox } from './outbox.js';

/** In place of 15, 30 and 90 seconds. */
const PATIENCE = { reachMs: 300, silentMs: 400, wholeMs: 900 };
/** For a busy machine to notice that time is up. */
const SLACK_MS = 600;

let database: TestDatabase;
let source: DataSource;
let server: FaultyServer;
let jobs: Jobs;
let outbox: Outbox;

beforeAll(async () => {
  Logger.overrideLogger(false);
  server = await FaultyServer.open();
  database = await testDatabase({ SMTP_URL: server.url });
  const { config } = database;
  source = await openDataSource(config.DATABASE_WORKER_URL, 2);
  jobs = new Jobs(config);
  const transport = new MailTransport(config, new LetterBox(config), PATIENCE);
  outbox = new Outbox(jobs, new WorkTransactions(source), transport, new Clock(config), config);
  await outbox.start();
});
beforeEach(() => {
  server.faultAt = () => null;
  server.messages.length = 0;
  server.stood.length = 0;
});
afterAll(async () => {
  await jobs?.onApplicationShutdown();
  await source?.destroy();
  await server?.close();
  await database?.drop();
});

async function until<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (const began = performance.now(); performance.now() - began < 60_000; await delay(20)) {
    const found = await find();
    if (found !== undefined) return found;
  }
  throw new Error('what was waited for did not come');
}

interface Row {
  mailId: string;
  waits: boolean;
  givenUp: boolean;
  sent: boolean;
  reason: string | null;
  unreachable: boolean;
}

async function rowOf(recipient: string): Promise<Row> {
  const [row] = await database.source.query<Row[]>(
    `SELECT mail_id AS "mailId", detail IS NOT NULL AS waits, given_up_at IS NOT NULL AS "givenUp", sent_at IS NOT NULL AS sent,
       last_error AS reason, EXISTS (SELECT FROM unreachable_address WHERE address_digest = address_digest(recipient)) AS unreachable
     FROM mail_outbox WHERE recipient = $1`,
    [recipient],
  );
  if (!row) throw new Error('the row is lost');
  return row;
}

const jobState = async (mailId: string): Promise<string | undefined> =>
  (
    await database.source.query<{ state: string }[]>(
      `SELECT state::text FROM pgboss.job WHERE name = 'send-mail' AND data->>'mailId' = $1`,
      [mailId],
    )
  )[0]?.state;

async function write(recipient: string): Promise<void> {
  const detail = { name: 'Sample', url: 'http://localhost:3000/sign-in#link=a-sample-token' };
  await new WorkTransactions(source).run((em) =>
    outbox.send(em, { recipient, language: 'en', template: 'sign-in-link', detail }),
  );
}

/** What one attempt came to. */
async function attempted(recipient: string): Promise<Row & { job: string }> {
  await write(recipient);
  const row = await until(async () => {
    const found = await rowOf(recipient);
    return found.reason !== null || found.sent ? found : undefined;
  });
  const job = await until(async () => {
    const state = await jobState(row.mailId);
    return state === 'active' ? undefined : state;
  });
  return { ...row, job };
}

/** Its job finds nothing to do any more, and disturbs none of the next. */
const forget = (recipient: string): Promise<unknown> =>
  database.source.query('DELETE FROM mail_outbox WHERE recipient = $1', [recipient]);

const FAULTS: readonly Fault[] = ['stalls', 'drips', 'closes half-way', 'resets', 421, 451, 550];
/** Of the mail itself or its recipient: what no later try would change. */
const ABOUT_THE_MAIL: readonly Step[] = ['RCPT', 'DATA', 'message'];

describe.each(FAULTS)('A mail server that answers with: %s', (how) => {
  test.each(STEPS)(
    'at the step %s takes no attempt past its time, and the mail is kept or given up as it should be',
    async (step) => {
      server.faultAt = (at) => (at === step ? how : null);
      const recipient = `sample-${randomUUID()}@example.test`;
      const { mailId, reason, job, ...row } = await attempted(recipient);
      const isOver = how === 550 && ABOUT_THE_MAIL.includes(step);
      expect(row).toEqual({ waits: !isOver, givenUp: isOver, sent: false, unreachable: isOver });
      expect(job).toBe(isOver ? 'completed' : 'retry');
      expect(reason).toMatch(/^E[A-Z]+( [45]\d\d)?$/);
      if (typeof how === 'number') expect(reason).toMatch(new RegExp(` ${how}$`));
      await until(() => Promise.resolve(server.stood.length > 0 ? true : undefined));
      expect(Math.max(...server.stood)).toBeLessThan(PATIENCE.wholeMs + SLACK_MS);
      const words = await database.source.query<{ words: string }[]>(
        `SELECT output::text AS words FROM pgboss.job WHERE data->>'mailId' = $1`,
        [mailId],
      );
      expect(JSON.stringify(words)).not.toContain(recipient);
      await forget(recipient);
    },
  );
});

test('a mail that a server took and did not acknowledge goes out again under the same id, once the server is well', async () => {
  server.faultAt = (step) => (step === 'message' ? 'stalls' : null);
  const recipient = `sample-${randomUUID()}@example.test`;
  const { mailId } = await attempted(recipient);
  server.faultAt = () => null;
  await until(async () => ((await rowOf(recipient)).sent ? true : undefined));
  expect(server.messages).toHaveLength(2);
  for (const { text } of server.messages) expect(text).toContain(`Message-ID: <${mailId}@throughway>`);
});

test('a mail server that is not there is tried again', async () => {
  const gone = await FaultyServer.open();
  const config = { ...database.config, SMTP_URL: gone.url };
  await gone.close();
  const transport = new MailTransport(config, new LetterBox(config), PATIENCE);
  await expect(
    transport.send(randomUUID(), 'sample@example.test', 'en', { subject: 'x', text: 'x', html: 'x' }),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
});

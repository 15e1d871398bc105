import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createApp } from '../bootstrap.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { verifyRecord } from '../platform/audit/verify-record.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { ForgettingJobs } from './forgetting.jobs.js';
import { anOrganization, aPerson } from './people.builder.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-forgetting-'));
let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase({ DATA_DIR: folder });
  app = await createApp(database.config);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** One row of each kind that was over so many days ago, and a mail that has waited that long. */
async function over(days: number): Promise<void> {
  const { personId } = await aPerson(database.source);
  const at = new Date(Date.now() - days * 86_400_000);
  const organizationId = await anOrganization(database.source, { kind: 'employer' });
  const invited: { id: string }[] = await database.source.query(
    `INSERT INTO invitation (organization_id, role, email, language, open_until, accepted_at, accepted_by_id, revoked_at)
     VALUES ($1, 'employer-admin', 'accepted@example.test', 'en', $2, $2, $3, NULL),
       ($1, 'employer-admin', 'unanswered@example.test', 'en', $2, NULL, NULL, NULL),
       ($1, 'employer-admin', 'revoked@example.test', 'en', now(), NULL, NULL, $2),
       ($1, 'employer-admin', 'open@example.test', 'en', now(), NULL, NULL, NULL) RETURNING invitation_id AS id`,
    [organizationId, at, personId],
  );
  const links: { id: string }[] = await database.source.query(
    `INSERT INTO supervisor_link (digest, organization_id, task_kind, task_key, name, email, created_by_id, created_at, expires_at, revoked_at)
     SELECT sha256(gen_random_uuid()::text::bytea), $1, 'read-requirement', '{}', 'Sample Supervisor', 'sample@example.test', $3, $2,
       expires_at, revoked_at FROM (VALUES ($2::timestamptz, NULL), (now(), $2), (now(), NULL)) v(expires_at, revoked_at)
     RETURNING link_id AS id`,
    [organizationId, at, personId],
  );
  const act = { organizationId, actor: 'operator', detail: { name: 'Sample Name' } } as const;
  await database.asOwner.run((em) =>
    recordActs(
      em,
      at,
      ...invited.map(({ id }) => ({ ...act, action: 'invitation-sent', subject: { kind: 'invitation', id } }) as const),
      ...links.map(
        ({ id }) => ({ ...act, action: 'supervisor-link-made', subject: { kind: 'supervisor-link', id } }) as const,
      ),
    ),
  );
  const digest = Buffer.from(`${days}`);
  const run = (sql: string, ...more: unknown[]) => database.source.query(sql, [at, ...more]);
  await run('UPDATE session SET ended_at = $1 WHERE person_id = $2', personId);
  await run('INSERT INTO sign_in_link (digest, person_id, expires_at) VALUES ($2, $3, $1)', digest, personId);
  await run(
    'INSERT INTO invitation_link (digest, invitation_id, expires_at) VALUES ($2, $3, $1)',
    digest,
    invited[0]?.id,
  );
  await run(`INSERT INTO ceremony (digest, purpose, detail, expires_at) VALUES ($2, 'passkey-add', '{}', $1)`, digest);
  const mail = 'INSERT INTO mail_outbox (recipient, language, template, created_at';
  await run(`${mail}, sent_at) VALUES ('sample@example.test', 'en', 'invitation', $1, $1)`);
  await run(`${mail}, given_up_at) VALUES ('sample@example.test', 'en', 'invitation', $1, $1)`);
  await run(
    `INSERT INTO answered_command (asker, endpoint, key, request, answer, answered_at) VALUES ('operator', $2, '', '', '{}', $1)`,
    `${days} days ago`,
  );
  const letter = join(folder, 'mail', `${days}.eml`);
  mkdirSync(join(folder, 'mail'), { recursive: true });
  writeFileSync(letter, 'sample');
  utimesSync(letter, at, at);
  await run(`${mail}, detail) VALUES ('waiting@example.test', 'en', 'invitation', $1, '{}')`);
}

async function counts(): Promise<unknown> {
  const of = (table: string) => `(SELECT count(*)::int FROM ${table}) AS ${table}`;
  const tables = ['session', 'sign_in_link', 'invitation_link', 'ceremony', 'mail_outbox', 'person', 'invitation'];
  tables.push('supervisor_link', 'audit_entry', 'audit_detail');
  const rows: unknown[] = await database.source.query(`SELECT ${tables.map(of).join(', ')}`);
  return rows[0];
}

test('sign-ins, links and mails are forgotten 30 days after they are over, answered commands after 7, and so are invitations that nobody accepted and links to supervisors; people and waiting mails stay', async () => {
  await over(31);
  await over(29);
  await database.source.query(
    `INSERT INTO answered_command SELECT asker, 'a week ago', key, request, answer, now() - interval '6 days 23 hours'
     FROM answered_command LIMIT 1`,
  );
  await app.get(ForgettingJobs).start();
  await Promise.all([app.get(ForgettingJobs).tick(), app.get(ForgettingJobs).tick()]);
  for (let tries = 0; tries < 100; tries++) {
    const done: unknown[] = await database.source.query(
      `SELECT FROM pgboss.job WHERE name = 'nightly-forgetting' AND state = 'completed'`,
    );
    if (done.length > 0) break;
    await delay(100);
  }
  expect(await counts()).toEqual({
    session: 1,
    sign_in_link: 1,
    invitation_link: 1,
    ceremony: 1,
    mail_outbox: 4,
    person: 2,
    invitation: 6,
    supervisor_link: 4,
    audit_entry: 14,
    audit_detail: 10,
  });
  expect(await database.asOwner.read(verifyRecord)).toMatchObject({ break: null });
  expect(await database.source.query('SELECT endpoint FROM answered_command')).toEqual([{ endpoint: 'a week ago' }]);
  expect(readdirSync(join(folder, 'mail'))).toEqual(['29.eml']);
});

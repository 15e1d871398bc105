import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createApp } from '../../bootstrap.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';
import { Transactions, WorkTransactions } from '../database/transactions.js';
import { AuditJobs } from './audit.jobs.js';
import { type Act, recordActs } from './record-acts.js';
import { verifyRecord } from './verify-record.js';

let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const ended = (organizationId: string | null, changes: Partial<Act> = {}): Act => ({
  organizationId,
  actor: { personId: randomUUID() },
  action: 'membership-ended',
  subject: { kind: 'person', id: randomUUID() },
  detail: { name: 'Sample Person' },
  ...changes,
});
const record = (...acts: Act[]) => app.get(Transactions).run((em) => recordActs(em, new Date(), ...acts));
const verified = () => database.asOwner.read(verifyRecord);
const lengthOf = async (chain: string): Promise<number> => {
  const rows: { count: number }[] = await database.source.query(
    'SELECT count(*)::int AS count FROM audit_entry WHERE organization_id = $1',
    [chain],
  );
  return rows[0]?.count ?? 0;
};

describe('An act', () => {
  test('is recorded exactly when its command succeeds', async () => {
    const school = randomUUID();
    await expect(
      app.get(Transactions).run(async (em) => {
        await recordActs(em, new Date(), ended(school));
        throw new Error('something later in the command');
      }),
    ).rejects.toThrow();
    expect(await lengthOf(school)).toBe(0);
    await record(ended(school));
    expect(await lengthOf(school)).toBe(1);
  });

  test('waits for the one before it in its chain, whoever is first', async () => {
    const [school, college] = [randomUUID(), randomUUID()];
    // Both chains in either order: commands that name two never wait for each other in a circle.
    await Promise.all(
      Array.from({ length: 40 }, (_, k) => {
        const acts = [ended(school), ended(college)];
        return record(...(k % 2 ? acts : acts.reverse()));
      }),
    );
    expect([await lengthOf(school), await lengthOf(college)]).toEqual([40, 40]);
    expect((await verified()).break).toBeNull();
  });

  test('names nobody in the chain: a name or an address is refused there, and lies beside it', async () => {
    for (const id of ['Sample Person', 'sample@example.test']) {
      await expect(record(ended(null, { subject: { kind: 'person', id } }))).rejects.toThrow(/subject_id/);
    }
    const entries: unknown[] = await database.source.query('SELECT * FROM audit_entry');
    expect(JSON.stringify(entries)).not.toContain('Sample');
    const details: unknown[] = await database.source.query('SELECT * FROM audit_detail');
    expect(JSON.stringify(details)).toContain('Sample Person');
  });

  test('keeps what the database cannot hold as it stands as whole as the rest', async () => {
    await record(ended(null, { actor: 'operator', detail: { name: 'half a pair \ud83d', count: 1e21, none: null } }));
    await record(ended(null, { actor: 'worker', detail: {} }));
    expect((await verified()).break).toBeNull();
  });
});

describe('The record', () => {
  test.each(['audit_entry', 'audit_root', 'audit_root_head'])(
    'in %s is rewritten by nobody, its owner included',
    async (table) => {
      for (const change of [
        `UPDATE ${table} SET digest = digest`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await expect(database.source.query(change)).rejects.toThrow(/the record only grows/);
        await expect(app.get(Transactions).run((em) => em.query(change))).rejects.toThrow(/permission denied/);
        await expect(app.get(WorkTransactions).run((em) => em.query(change))).rejects.toThrow(/permission denied/);
      }
    },
  );

  test('is read by those alone whose organization it is, and written by all', async () => {
    const [school, other] = [randomUUID(), randomUUID()];
    await record(ended(school), ended(other));
    const read = (audited: string[] | null): Promise<{ id: string }[]> =>
      app.get(Transactions).run(async (em) => {
        if (audited) await em.query(`SELECT set_config('throughway.audited', $1::uuid[]::text, true)`, [audited]);
        return em.query(
          `SELECT DISTINCT organization_id AS id FROM audit_entry JOIN audit_detail USING (organization_id, sequence)`,
        );
      });
    expect(await read(null)).toEqual([]);
    expect(await read([school])).toEqual([{ id: school }]);
  });

  test('gives up what lies beside the entries on someone through one door alone, and stays whole', async () => {
    const school = randomUUID();
    const [gone, stays] = [randomUUID(), randomUUID()];
    for (const id of [gone, stays, gone]) await record(ended(school, { subject: { kind: 'person', id } }));
    const erase = `SELECT erase_audit_detail('person', $1) AS count`;
    for (const transactions of [app.get(Transactions), app.get(WorkTransactions)]) {
      const remove = transactions.run((em) => em.query('DELETE FROM audit_detail'));
      await expect(remove).rejects.toThrow(/permission denied/);
    }
    const before = await verified();
    expect(await app.get(WorkTransactions).run((em) => em.query(erase, [[gone]]))).toEqual([{ count: '2' }]);
    const after = await verified();
    expect(after.break).toBeNull();
    expect(after.detailsErased).toBe(before.detailsErased + 2);
    expect(after.entries).toBe(before.entries);
  });
});

describe('The daily root', () => {
  test('is made once a day, however many processes ask, and names the chains that grew since', async () => {
    const jobs = app.get(AuditJobs);
    await record(ended(randomUUID()));
    await jobs.start();
    await Promise.all([jobs.tick(), jobs.makeRoot(), jobs.makeRoot()]);
    for (let tries = 0; (await verified()).roots === 0 && tries < 100; tries++) await delay(100);
    const first = await verified();
    expect(first).toMatchObject({ roots: 1, lastRoot: { number: 1, on: '2026-06-30' }, break: null });
    const counts: unknown[] = await database.source.query('SELECT count(*)::int FROM audit_root_head GROUP BY number');
    expect(counts).toEqual([{ count: first.chains }]);
  });
});

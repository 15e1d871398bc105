import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AuditJobs } from '../platform/audit/audit.jobs.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { Clock } from '../platform/clock/clock.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { WorkTransactions } from '../platform/database/transactions.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { runCommandLine } from './run-command-line.js';

let database: TestDatabase;
const before = process.env['DATABASE_URL'];
const SCHOOL = '5c0ffee0-0000-4000-8000-000000000001';
const COLLEGE = '5c0ffee0-0000-4000-8000-000000000002';

/** Two chains of three entries with details, and a root of one day over both. */
beforeEach(async () => {
  await database?.drop();
  database = await testDatabase();
  process.env['DATABASE_URL'] = database.config.DATABASE_OWNER_URL;
  const clock = new Clock(database.config);
  for (const organizationId of [SCHOOL, COLLEGE, SCHOOL, COLLEGE, SCHOOL, COLLEGE]) {
    const subject = { kind: 'person', id: randomUUID() } as const;
    const detail = { name: 'Sample Person', role: 'coordinator' };
    await database.asOwner.run((em) =>
      recordActs(em, clock.now(), { organizationId, actor: 'operator', action: 'membership-given', subject, detail }),
    );
  }
  await new AuditJobs(new Jobs(database.config), new WorkTransactions(database.source), clock).makeRoot();
});
afterAll(async () => {
  if (before === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = before;
  await database?.drop();
});

async function verify(...more: string[]): Promise<{ status: number; out: string; err: string }> {
  const seen = { out: '', err: '' };
  const collect = (stream: NodeJS.WriteStream, key: 'out' | 'err') =>
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      seen[key] += String(text);
      return true;
    });
  const spies = [collect(process.stdout, 'out'), collect(process.stderr, 'err')];
  const status = await runCommandLine(['audit', 'verify', ...more]);
  for (const spy of spies) spy.mockRestore();
  return { status, ...seen };
}

/** What only someone with all rights on the database can do: the triggers are put out of the way. */
async function asIntruder(sql: string, values: unknown[] = []): Promise<void> {
  const [table] = /audit_\w+/.exec(sql) ?? [];
  await database.source.query(`ALTER TABLE ${table} DISABLE TRIGGER stays`);
  await database.source.query(sql, values);
  await database.source.query(`ALTER TABLE ${table} ENABLE TRIGGER stays`);
}

describe('throughway audit verify', () => {
  test('says what it verified of a whole record, and where each chain ends', async () => {
    const { status, out, err } = await verify();
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('chains 2, entries 6, details present 6, details erased 0, roots 1');
    const json = JSON.parse((await verify('--json')).out) as { heads: unknown[]; break: unknown };
    expect(json).toMatchObject({
      heads: [
        { chain: SCHOOL, sequence: 3 },
        { chain: COLLEGE, sequence: 3 },
      ],
      break: null,
    });
  });

  test.each([
    ['the action of an entry', `UPDATE audit_entry SET action = 'membership-ended'`, 'entry-changed'],
    ['the time of an entry', `UPDATE audit_entry SET at = at + interval '1 millisecond'`, 'entry-changed'],
    ['who did it', `UPDATE audit_entry SET actor_kind = 'worker'`, 'entry-changed'],
    ['a seal', `UPDATE audit_entry SET digest = set_bit(digest, 17, 1 - get_bit(digest, 17))`, 'entry-changed'],
    [
      'the seal before',
      `UPDATE audit_entry SET previous = set_bit(previous, 0, 1 - get_bit(previous, 0))`,
      'previous-differs',
    ],
    ['a detail', `UPDATE audit_detail SET detail = detail || '{"role": "administrator"}'`, 'detail-changed'],
    ['a salt', `UPDATE audit_detail SET salt = salt || 'x'`, 'detail-changed'],
  ])('finds one changed row: %s', async (_, change, code) => {
    await asIntruder(`${change} WHERE organization_id = '${COLLEGE}' AND sequence = 2`);
    const { status, err } = await verify();
    expect(status).toBe(1);
    expect(err).toContain(`NOT WHOLE: ${code} at chain ${COLLEGE}, entry 2: found `);
  });

  test('finds a row taken out of the middle, and by the root the last one of a chain and a chain altogether', async () => {
    await database.source.query('DELETE FROM audit_detail');
    const removeFrom = (sequence: number) =>
      asIntruder(`DELETE FROM audit_entry WHERE organization_id = $1 AND sequence = $2`, [SCHOOL, sequence]);
    await removeFrom(3);
    expect((await verify()).err).toContain(`chain-cut at chain ${SCHOOL}, entry 3: found the end after 2, expected 3`);
    await removeFrom(1);
    expect((await verify()).err).toContain(`sequence-broken at chain ${SCHOOL}, entry 1: found 2, expected 1`);
    await removeFrom(2);
    expect((await verify()).err).toContain(`chain-cut at chain ${SCHOOL}, entry 1`);
  });

  test('finds a changed root', async () => {
    await asIntruder(`UPDATE audit_root_head SET sequence = 2 WHERE organization_id = $1`, [SCHOOL]);
    const { status, err } = await verify();
    expect([status, err]).toEqual([1, expect.stringContaining('root-changed at root 1')]);
  });

  test('finds the record whole when details were erased', async () => {
    await database.source.query(`SELECT erase_audit_detail('person', array_agg(subject_id)) FROM audit_entry`);
    const { status, out } = await verify();
    expect(status).toBe(0);
    expect(out).toContain('details present 0, details erased 6');
  });

  test('asks for what it can do', async () => {
    expect((await verify('more')).status).toBe(2);
  });
});

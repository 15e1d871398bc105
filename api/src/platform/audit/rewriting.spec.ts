import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { fillChain } from '../../../../test/support/sealed-chain.js';
import { isFull, reportTrust } from '../../trust-report.builder.js';
import { Clock } from '../clock/clock.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';
import { WorkTransactions } from '../database/transactions.js';
import { Jobs } from '../jobs/jobs.js';
import { AuditJobs } from './audit.jobs.js';
import { type Verification, verifyRecord } from './verify-record.js';

/** TRUST S6: every bit, and a million rows; in `npm test` a slice of both. */
const [EVERY, CHAINS, ENTRIES] = isFull ? [1, 250, 4000] : [61, 3, 100];
const SCHOOL = '5c0ffee0-0000-4000-8000-000000000001';
const COLLEGE = '5c0ffee0-0000-4000-8000-000000000002';

let small: TestDatabase;
let large: TestDatabase;
/** For the row of `npm run trust`; NaN = not measured. */
const measured = { written: 0, found: NaN, refused: 0, rows: 0, seconds: NaN, ofControl: '' };

beforeAll(async () => {
  small = await testDatabase();
  await record(small, [SCHOOL, COLLEGE], 4);
  large = await testDatabase();
  await record(
    large,
    Array.from({ length: CHAINS }, () => randomUUID()),
    ENTRIES,
  );
}, 600_000);
afterAll(async () => {
  await small?.drop();
  await large?.drop();
  const { written, found, refused, rows, seconds, ofControl } = measured;
  reportTrust({
    id: 'S6',
    promise: 'the record cannot be rewritten',
    figure:
      `${found} of ${written} changed bits found, ${refused} more that the database refused; ` +
      `${rows} rows in ${CHAINS} chains verified in ${seconds.toFixed(1)} s`,
    goal: 'every bit; 1 M rows ≤ 60 s',
    holds: written > 0 && found === written && rows >= 1_000_000 && seconds <= 60,
    control: { what: `one row of ${rows} updated: ${ofControl}`, failed: ofControl === 'entry-changed where it was' },
  });
});

/** Chains of as many entries, and a root over them. */
async function record({ config, source }: TestDatabase, chains: readonly string[], length: number): Promise<void> {
  for (const chain of chains) await fillChain(source, chain, length);
  await source.query('VACUUM ANALYZE audit_entry, audit_detail');
  await new AuditJobs(new Jobs(config), new WorkTransactions(source), new Clock(config)).makeRoot();
}

/** What only someone with all rights on the database can do, and what a verification says of it; taken back in the end. */
async function rewritten(
  { asOwner }: TestDatabase,
  table: string,
  rewrite: (em: EntityManager) => Promise<[unknown, number]>,
): Promise<{ rows: number; found: Verification['break'] }> {
  const seen = { rows: 0, found: null as Verification['break'] };
  const takenBack = asOwner.run(async (em) => {
    await em.query(`ALTER TABLE ${table} DISABLE TRIGGER stays`);
    [, seen.rows] = await rewrite(em);
    if (seen.rows > 0) seen.found = (await verifyRecord(em)).break;
    throw new Error('taken back');
  });
  await takenBack.catch((error: Error) => {
    if (error.message !== 'taken back') throw error;
  });
  return seen;
}

const turned = (bytes: string): string => `set_bit(${bytes}, $1, 1 - get_bit(${bytes}, $1))`;
const utf8 = (text: string): string => `convert_to(${text}, 'UTF8')`;
/** Milliseconds, which is all that these columns keep. */
const instant = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;

/** By a column's type, how many bits a value has, and the value with bit $1 the other way round. */
const BITS: Readonly<Record<string, [(column: string) => string, (column: string) => string]>> = {
  bytea: [(column) => `8 * length(${column})`, turned],
  uuid: [() => '128', (column) => `encode(${turned(`uuid_send(${column})`)}, 'hex')::uuid`],
  text: [(column) => `8 * octet_length(${column})`, (column) => `convert_from(${turned(utf8(column))}, 'UTF8')`],
  jsonb: [
    (column) => `8 * octet_length(${column}::text)`,
    (column) => `convert_from(${turned(utf8(`${column}::text`))}, 'UTF8')::jsonb`,
  ],
  bigint: [() => '63', (column) => `${column} # (1::bigint << $1)`],
  integer: [() => '31', (column) => `${column} # (1 << $1)`],
  date: [() => '15', (column) => `'2000-01-01' + ((${column} - '2000-01-01') # (1 << $1))`],
  'timestamp with time zone': [
    () => '41',
    (column) => `'epoch'::timestamptz + (${instant(column)} # (1::bigint << $1)) * interval '1 ms'`,
  ],
};

/** An entry without and one with a detail, in the midst of a chain, what lies beside it, and a root. */
const ROWS: readonly [table: string, where: string][] = [
  ['audit_entry', `organization_id = '${SCHOOL}' AND sequence = 2`],
  ['audit_entry', `organization_id = '${SCHOOL}' AND sequence = 3`],
  ['audit_detail', `organization_id = '${SCHOOL}' AND sequence = 3`],
  ['audit_root', 'number = 1'],
  ['audit_root_head', `organization_id = '${SCHOOL}'`],
];

describe('Whoever rewrites the record, with all rights on the database,', () => {
  test(`is found out by ${isFull ? 'every' : `one in ${EVERY}`} single bit of every kind of row`, async () => {
    const checks: { table: string; name: string }[] = await small.source.query(
      `SELECT conrelid::regclass::text AS table, conname AS name FROM pg_constraint
       WHERE contype = 'c' AND conrelid::regclass::text LIKE 'audit%'`,
    );
    for (const { table, name } of checks) await small.source.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    const unseen: string[] = [];
    let place = 0;
    for (const [table, where] of ROWS) {
      const columns: { name: string; type: string }[] = await small.source.query(
        `SELECT column_name AS name, data_type AS type FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`,
        [table],
      );
      for (const { name, type } of columns) {
        const [bitsOf, flipped] = BITS[type] ?? [() => `no way to count the bits of a ${type}`, () => ''];
        const sizes: { bits: number | null }[] = await small.source.query(
          `SELECT ${bitsOf(name)} AS bits FROM ${table} WHERE ${where}`,
        );
        expect(sizes).toHaveLength(1);
        for (let bit = 0; bit < (sizes[0]?.bits ?? 0); bit += 1) {
          if (place++ % EVERY !== 0) continue;
          const sql = `UPDATE ${table} SET ${name} = ${flipped(name)} WHERE ${where} AND ${name} IS DISTINCT FROM ${flipped(name)}`;
          try {
            const { rows, found } = await rewritten(small, table, (em) => em.query(sql.replaceAll('$1', String(bit))));
            measured.written += rows;
            if (rows > 0 && found === null) unseen.push(`${table}.${name} bit ${bit}`);
          } catch (error) {
            // No text, no JSON, a key twice, or one that nothing is behind: nobody can write that.
            expect(['22021', '22P02', '22P05', '23503', '23505']).toContain((error as { code?: string }).code);
            measured.refused += 1;
          }
        }
      }
    }
    measured.found = measured.written - unseen.length;
    expect(unseen).toEqual([]);
    expect(measured.written).toBeGreaterThan(measured.refused);
    expect(await small.asOwner.read(verifyRecord)).toMatchObject({ entries: 8, break: null });
  }, 600_000);

  test(`is found out by one row of ${CHAINS * ENTRIES}, which are verified in a minute (the control)`, async () => {
    const began = performance.now();
    const whole = await large.asOwner.read(verifyRecord);
    measured.seconds = (performance.now() - began) / 1000;
    measured.rows = whole.entries;
    expect(whole).toMatchObject({ chains: CHAINS, entries: CHAINS * ENTRIES, break: null });
    expect(measured.seconds).toBeLessThanOrEqual(60);

    const [last] = whole.heads.slice(-1);
    const one = `organization_id = '${last?.chain}' AND sequence = ${ENTRIES - 1}`;
    const { found } = await rewritten(large, 'audit_entry', (em) =>
      em.query(`UPDATE audit_entry SET at = at + interval '1 ms' WHERE ${one}`),
    );
    const isThere = found?.chain === last?.chain && found?.sequence === ENTRIES - 1;
    measured.ofControl = `${found?.code ?? 'nothing found'}${isThere ? ' where it was' : ''}`;
    expect(measured.ofControl).toBe('entry-changed where it was');
  }, 300_000);
});

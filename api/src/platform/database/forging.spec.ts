import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { anOrganization, aPerson } from '../../identity/people.builder.js';
import { recordActs } from '../audit/record-acts.js';
import { verifyRecord } from '../audit/verify-record.js';
import type { Asker } from '../auth/sight.js';
import { openDataSource } from './data-source.js';
import { anAsker, type Tenant, tenants } from './tenants.builder.js';
import { testDatabase, type TestDatabase } from './test-database.js';
import { Transactions } from './transactions.js';

/** What code of ours that forgot every condition of its own could still not write as the role of requests. */
let database: TestDatabase;
let app: DataSource;
let transactions: Transactions;
let own: Tenant;
let other: Tenant;
/** A coordinator of `own` with an account, who can ask. */
let coordinator: Asker;
let employer: string;

beforeAll(async () => {
  database = await testDatabase();
  app = await openDataSource(database.config.DATABASE_URL, 2);
  transactions = new Transactions(app);
  const [first, second] = await tenants(database.source, 2);
  if (!first || !second) throw new Error('there are two tenants');
  [own, other] = [first, second];
  coordinator = await someone('coordinator', own);
  employer = await anOrganization(database.source, { kind: 'employer' });
});
afterAll(async () => {
  await app?.destroy();
  await database?.drop();
});

const refused = { code: '42501' };
const as = (asker: Asker | null, sql: string, values: unknown[] = []): Promise<unknown[]> => {
  const work = (em: EntityManager): Promise<unknown[]> => em.query(sql, values);
  return asker ? transactions.inTenant(asker, work) : transactions.run(work);
};
const ids = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> => database.source.query(sql, values);

async function someone(
  role: 'coordinator' | 'student' | 'guardian',
  { organizationId }: Tenant,
  subjectId: string | null = null,
): Promise<Asker> {
  const { personId } = await aPerson(database.source);
  const { actor } = anAsker(role, { organizationId, subjectId });
  return { actor: { ...actor, personId } };
}
const personOf = ({ actor }: Asker): string => actor?.personId ?? '';

async function guardianOf(studentId: string | undefined): Promise<string> {
  const [found] = await ids<{ id: string }>('SELECT guardian_id AS id FROM guardian WHERE student_id = $1', [
    studentId,
  ]);
  return found?.id ?? '';
}

const ASK = `INSERT INTO consent (organization_id, student_id, recipient_id, records, purpose, until_on, asked_by_id, asked_at`;
const QUESTION = `$1, $2, $3, '{name}', 'placement', '2026-12-31', $4, now()`;
const question = (by: Asker, { organizationId, studentIds }: Tenant = own): unknown[] => [
  ...[organizationId, studentIds[0], employer, personOf(by)],
];
async function asked(tenant = own, by = coordinator): Promise<string> {
  const [made] = await ids<{ id: string }>(
    `${ASK}) VALUES (${QUESTION}) RETURNING consent_id AS id`,
    question(by, tenant),
  );
  return made?.id ?? '';
}

describe('A consent', () => {
  const SIGN = `UPDATE consent SET answer = 'given', answered_at = now(), answered_as = $2, answered_by_id = $3,
    answered_by_guardian_id = $4 WHERE consent_id = $1`;

  test('is asked without an answer, and in the name of who asks', async () => {
    const given = `${ASK}, answer, answered_at, answered_as) VALUES (${QUESTION}, 'given', now(), 'student')`;
    await expect(as(coordinator, given, question(coordinator))).rejects.toMatchObject(refused);
    const over = `${ASK}, withdrawn_at, withdrawn_as) VALUES (${QUESTION}, now(), 'school')`;
    await expect(as(coordinator, over, question(coordinator))).rejects.toMatchObject(refused);
    const another = await someone('coordinator', own);
    const plain = `${ASK}) VALUES (${QUESTION})`;
    await expect(as(coordinator, plain, question(another))).rejects.toMatchObject(refused);
    await as(coordinator, plain, question(coordinator));
  });

  test('is signed by nobody for another: not by the school, nor as a guardian of somebody else', async () => {
    const consentId = await asked();
    const guardianId = await guardianOf(own.studentIds[0]);
    const school = personOf(coordinator);
    for (const signature of [
      ['student', school, null],
      ['guardian', school, guardianId],
      ['guardian', null, guardianId],
    ]) {
      await expect(as(coordinator, SIGN, [consentId, ...signature])).rejects.toMatchObject(refused);
      const withdrawnToo = SIGN.replace('SET ', `SET withdrawn_at = now(), withdrawn_as = 'school', `);
      await expect(as(coordinator, withdrawnToo, [consentId, ...signature])).rejects.toMatchObject(refused);
    }
    // Someone of the school's who is a guardian of another student there.
    const elsewhere = await guardianOf(own.studentIds[1]);
    const parent = await someone('guardian', own, elsewhere);
    const roles = [parent, coordinator].flatMap(({ actor }) => actor?.roles ?? []);
    const both: Asker = { actor: { personId: personOf(parent), roles } };
    await expect(as(both, SIGN, [consentId, 'guardian', personOf(both), elsewhere])).rejects.toMatchObject(refused);
    const guardian = await someone('guardian', own, guardianId);
    await expect(as(guardian, SIGN, [consentId, 'guardian', school, guardianId])).rejects.toMatchObject(refused);
    await as(guardian, SIGN, [consentId, 'guardian', personOf(guardian), guardianId]);
    expect(await ids('SELECT answer FROM consent WHERE consent_id = $1', [consentId])).toEqual([{ answer: 'given' }]);
  });

  test('that was withdrawn stays so', async () => {
    const consentId = await asked();
    const withdraw = `UPDATE consent SET withdrawn_at = now(), withdrawn_as = 'school' WHERE consent_id = $1`;
    await as(coordinator, withdraw, [consentId]);
    const back = 'UPDATE consent SET withdrawn_at = NULL, withdrawn_as = NULL WHERE consent_id = $1';
    expect(await as(coordinator, back, [consentId])).toEqual([[], 0]);
  });

  test("has links of its own school's alone, to guardians of that school's", async () => {
    const link = (organizationId: string, consentId: string, guardianId: string | null): Promise<unknown> =>
      as(
        coordinator,
        `INSERT INTO consent_link (digest, organization_id, consent_id, guardian_id, made_at, address_digest)
         VALUES ($1, $2, $3, $4, now(), $1)`,
        [randomBytes(32), organizationId, consentId, guardianId],
      );
    const nothingThere = { code: '23503' };
    const [here, there] = [await asked(), await asked(other)];
    await expect(link(own.organizationId, there, null)).rejects.toMatchObject(nothingThere);
    await expect(link(other.organizationId, there, null)).rejects.toMatchObject(refused);
    const foreign = await guardianOf(other.studentIds[0]);
    await expect(link(own.organizationId, here, foreign)).rejects.toMatchObject(nothingThere);
    await link(own.organizationId, here, await guardianOf(own.studentIds[0]));
  });
});

describe('The record', () => {
  const ENTRY = `INSERT INTO audit_entry (organization_id, sequence, at, actor_kind, action, subject_kind, subject_id, previous, digest)
    VALUES ($1, $2, now(), 'operator', 'membership-ended', 'person', 'x', $3, $4)`;
  const root = [randomBytes(32), randomBytes(32)];
  const NOTHING = Buffer.alloc(32);

  async function recorded(chain: string): Promise<{ sequence: string; digest: Buffer }> {
    const subject = { kind: 'person', id: randomUUID() } as const;
    await transactions.run((em) =>
      recordActs(em, new Date(), {
        ...{ organizationId: chain, actor: 'operator', action: 'membership-ended', subject },
        detail: { name: 'Sample Person' },
      }),
    );
    const [head] = await ids<{ sequence: string; digest: Buffer }>(
      'SELECT sequence, digest FROM audit_entry WHERE organization_id = $1 ORDER BY sequence DESC LIMIT 1',
      [chain],
    );
    if (!head) throw new Error('something was recorded');
    return head;
  }

  test('has roots that requests do not make', async () => {
    const made = 'INSERT INTO audit_root (number, made_on, made_at, previous, digest) VALUES ($1, $2, now(), $3, $4)';
    await expect(as(null, made, [7, '2999-01-01', ...root])).rejects.toMatchObject(refused);
    const head = 'INSERT INTO audit_root_head (number, organization_id, sequence, digest) VALUES (1, $1, 9, $2)';
    await expect(as(null, head, [other.organizationId, root[0]])).rejects.toMatchObject(refused);
  });

  test('grows at the end of a chain alone, and on what stands there', async () => {
    const chain = other.organizationId;
    const fresh = randomUUID();
    const { digest } = await recorded(chain);
    for (const [of, sequence, previous] of [
      [chain, 9000, digest],
      [chain, 3, digest],
      [chain, 2, NOTHING],
      [chain, 2, randomBytes(32)],
      [fresh, 2, NOTHING],
      [fresh, 1, digest],
    ] as const) {
      await expect(as(coordinator, ENTRY, [of, sequence, previous, randomBytes(32)])).rejects.toMatchObject(refused);
    }
    await recorded(chain);
    await recorded(fresh);
    expect((await database.asOwner.read(verifyRecord)).break).toBeNull();
  });

  test('gives up no detail on who or what is still there', async () => {
    const [invitation] = await ids<{ id: string }>(
      `INSERT INTO invitation (organization_id, role, email, language, invited_by_id, open_until)
       VALUES ($1, 'coordinator', 'sample@example.test', 'en', $2, now() + interval '7 days') RETURNING invitation_id AS id`,
      [other.organizationId, personOf(coordinator)],
    );
    const standing: [kind: string, id: string | undefined][] = [
      ['student', other.studentIds[0]],
      ['guardian', await guardianOf(other.studentIds[0])],
      ['person', personOf(coordinator)],
      ['invitation', invitation?.id],
      ['site', randomUUID()],
    ];
    const erase = 'SELECT erase_audit_detail($1, $2)';
    for (const [kind, id] of standing) {
      await expect(as(coordinator, erase, [kind, [randomUUID(), id]])).rejects.toMatchObject(refused);
    }
    for (const kind of ['student', 'guardian', 'person', 'invitation'])
      await as(coordinator, erase, [kind, [randomUUID()]]);
  });
});

describe('An erasure', () => {
  const LAY = `SELECT lay_tombstone('student', $1, $2, now(), 'request')`;

  test("is kept from nobody by a tombstone that another's people lay", async () => {
    const [studentId] = other.studentIds;
    const row = `INSERT INTO tombstone (kind, id, organization_id, erased_at, reason) VALUES ('student', $1, $2, now(), 'request')`;
    await expect(as(coordinator, row, [studentId, own.organizationId])).rejects.toMatchObject(refused);
    await expect(as(coordinator, LAY, [studentId, own.organizationId])).rejects.toMatchObject(refused);
    await as(other.coordinator, 'DELETE FROM student WHERE student_id = $1', [studentId]);
    await as(other.coordinator, LAY, [studentId, other.organizationId]);
    await as(coordinator, LAY, [studentId, own.organizationId]);
    expect(await ids('SELECT organization_id AS school FROM tombstone WHERE id = $1', [studentId])).toEqual([
      { school: other.organizationId },
    ]);
  });
});

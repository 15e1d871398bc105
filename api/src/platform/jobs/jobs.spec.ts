import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { openDataSource } from '../database/data-source.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';
import { WorkTransactions } from '../database/transactions.js';
import { DEAD_LETTERS, type JobData, type JobQueue, Jobs } from './jobs.js';

let database: TestDatabase;
let worker: DataSource;
let transactions: WorkTransactions;
let made = 0;
const processes: Jobs[] = [];

/** Another process's jobs, as far as the database can tell. */
function aProcess(): Jobs {
  const jobs = new Jobs(database.config);
  processes.push(jobs);
  return jobs;
}

const aQueue = (more: Partial<JobQueue> = {}): JobQueue => ({
  name: `queue-${++made}`,
  expireInSeconds: 60,
  retryLimit: 3,
  ...more,
});

beforeAll(async () => {
  database = await testDatabase();
  worker = await openDataSource(database.config.DATABASE_WORKER_URL, 5);
  transactions = new WorkTransactions(worker);
  await database.source.query(`
    CREATE TABLE effect (job text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
    GRANT SELECT, INSERT ON effect TO throughway_worker;
  `);
});
beforeEach(() => database.source.query('TRUNCATE effect'));
afterAll(async () => {
  for (const jobs of processes) await jobs.onApplicationShutdown();
  await worker?.destroy();
  await database?.drop();
});

const rows = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => database.source.query(sql, values);
const effects = async (): Promise<number> => (await rows('SELECT FROM effect')).length;
const leave = (jobs: Jobs, queue: JobQueue, data: JobData): Promise<string | null> =>
  transactions.run((em) => jobs.send(em, queue, data));
const within = (_: JobData, work: (em: EntityManager) => Promise<void>): Promise<void> => transactions.run(work);
const addEffect = (em: EntityManager, { job }: JobData): Promise<unknown> =>
  em.query('INSERT INTO effect (job) VALUES ($1)', [job]);

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const began = performance.now(); performance.now() - began < 30_000; await delay(20)) if (await isSo()) return;
  throw new Error(`never came about: ${what}`);
}
const stateOf = async (queue: JobQueue): Promise<string[]> =>
  (await rows<{ state: string }>('SELECT state FROM pgboss.job WHERE name = $1', queue.name)).map(({ state }) => state);
const untilState = (queue: JobQueue, state: string): Promise<void> =>
  until(`${queue.name} ${state}`, async () => (await stateOf(queue)).every((one) => one === state));

/** As the look for dead workers does when a worker was not heard of in time. */
const takeForDead = (queue: JobQueue): Promise<unknown> =>
  rows(`UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE name = $1 AND state = 'active'`, queue.name);

test('a job that is left in a transaction which is rolled back was never there', async () => {
  const [jobs, queue] = [aProcess(), aQueue()];
  await expect(
    transactions.run(async (em) => {
      await jobs.send(em, queue, {});
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  expect(await stateOf(queue)).toEqual([]);
});

test('a worker whose job was meanwhile given to another has its effects taken back', async () => {
  const [jobs, queue] = [aProcess(), aQueue()];
  let tries = 0;
  await jobs.workInTransaction(queue, within, async (em, data) => {
    await addEffect(em, data);
    if (++tries === 1) await takeForDead(queue);
  });
  await leave(jobs, queue, { job: 'one' });
  await until('a second try', async () => tries === 2 && (await stateOf(queue))[0] === 'completed');
  expect(await effects()).toBe(1);
});

test('with effects outside the job’s transaction, the same job would have them twice', async () => {
  const [jobs, queue] = [aProcess(), aQueue()];
  let tries = 0;
  await jobs.work(queue, async (data) => {
    await transactions.run((em) => addEffect(em, data));
    if (++tries === 1) await takeForDead(queue);
  });
  await leave(jobs, queue, { job: 'one' });
  await until('a second try', async () => tries === 2 && (await stateOf(queue))[0] === 'completed');
  expect(await effects()).toBe(2);
});

test('a job’s effects and its end are saved together, or neither', async () => {
  const [jobs, queue] = [aProcess(), aQueue()];
  const seen: string[] = [];
  await jobs.workInTransaction(queue, within, async (em, data) => {
    await addEffect(em, data);
    seen.push(...(await stateOf(queue)));
    if (seen.length === 1) throw new Error('not this time');
  });
  await leave(jobs, queue, { job: 'one' });
  await until('its first end', async () => (await stateOf(queue))[0] === 'retry');
  expect(await effects()).toBe(0);
  await untilState(queue, 'completed');
  expect(await effects()).toBe(1);
  expect(seen).toEqual(['active', 'active']);
});

test('what waits is worked one after the other without a pause between', async () => {
  const [jobs, queue] = [aProcess(), aQueue()];
  for (let number = 0; number < 20; number++) await leave(jobs, queue, { job: String(number) });
  const began = performance.now();
  await jobs.workInTransaction(queue, within, addEffect);
  await untilState(queue, 'completed');
  expect(await effects()).toBe(20);
  // A pause after each would be half a second or five.
  expect(performance.now() - began).toBeLessThan(8000);
});

test('a job whose last try failed lies with the dead letters, with the reason, until it is given its tries again', async () => {
  const [jobs, queue] = [aProcess(), aQueue({ retryLimit: 0 })];
  let isMended = false;
  await jobs.workInTransaction(queue, within, async (em, data) => {
    await addEffect(em, data);
    if (!isMended) throw new Error('the sample is not mended');
  });
  await leave(jobs, queue, { job: 'one', networkId: 7 });
  const dead = () =>
    rows<{ id: string; data: JobData; reason: string; from: string }>(
      `SELECT id, data, source_output ->> 'message' AS reason, source_name AS from FROM pgboss.job
       WHERE name = $1 AND source_name = $2`,
      DEAD_LETTERS,
      queue.name,
    );
  await until('a dead letter', async () => (await dead()).length === 1);
  const [letter] = await dead();
  expect(letter).toMatchObject({
    data: { job: 'one', networkId: 7 },
    reason: 'the sample is not mended',
    from: queue.name,
  });

  isMended = true;
  const jobId = letter?.id ?? '';
  expect(await transactions.run((em) => jobs.retry(em, jobId))).toBe(true);
  expect(await transactions.run((em) => jobs.retry(em, jobId))).toBe(false);
  await until('its end', async () => (await stateOf(queue)).includes('completed'));
  expect(await effects()).toBe(1);
  expect(await dead()).toEqual([]);
});

test('of what PostgreSQL says of a failure only the code is kept, not the row that it quotes', async () => {
  const [jobs, queue] = [aProcess(), aQueue({ retryLimit: 0 })];
  await jobs.work(queue, async () => {
    await transactions.run((em) => em.query(`SELECT 'ada@example.test'::integer`));
  });
  await leave(jobs, queue, {});
  await untilState(queue, 'failed');
  const kept = await rows<{ all: string }>(`SELECT string_agg(j::text, ' ') AS all FROM pgboss.job j`);
  expect(kept[0]?.all).not.toContain('ada@');
  expect(await rows('SELECT FROM pgboss.job WHERE output ->> $1 = $2', 'message', '22P02')).toHaveLength(1);
});

test('a worker that is not heard of any more has its job tried again', async () => {
  const [jobs, queue] = [aProcess(), aQueue()];
  await jobs.start();
  await leave(jobs, queue, { job: 'one' });
  // What a killed worker leaves behind.
  await rows(
    `UPDATE pgboss.job SET state = 'active', started_on = now() - interval '25s', heartbeat_on = now() - interval '21s'
     WHERE name = $1`,
    queue.name,
  );
  await jobs.workInTransaction(queue, within, addEffect);
  await untilState(queue, 'completed');
  expect(await effects()).toBe(1);
});

test('a queue that an earlier version made gets the settings of today', async () => {
  const queue = aQueue({ retryLimit: 1 });
  await leave(aProcess(), queue, {});
  await leave(aProcess(), { ...queue, retryLimit: 5 }, {});
  expect(await rows('SELECT retry_limit, dead_letter FROM pgboss.queue WHERE name = $1', queue.name)).toEqual([
    { retry_limit: 5, dead_letter: DEAD_LETTERS },
  ]);
});

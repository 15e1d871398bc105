// Works the queue of api/src/platform/jobs/jobs-crash.spec.ts until it is killed: DATABASE_WORKER_URL, QUEUE, `inside` or `outside`.
import { setTimeout as delay } from 'node:timers/promises';
import { openDataSource } from '../../api/dist/platform/database/data-source.js';
import { WorkTransactions } from '../../api/dist/platform/database/transactions.js';
import { Jobs } from '../../api/dist/platform/jobs/jobs.js';

/** What a job does beside its effect, so that a kill comes between its effect and its end. */
const MORE_WORK_MS = Number(process.env['MORE_WORK_MS']);

const url = process.env['DATABASE_WORKER_URL'] ?? '';
const queue = { name: process.env['QUEUE'] ?? '', expireInSeconds: 60, retryLimit: 3 };
const transactions = new WorkTransactions(await openDataSource(url, 2));
const jobs = new Jobs({ DATABASE_WORKER_URL: url } as ConstructorParameters<typeof Jobs>[0]);

type Work = Parameters<typeof transactions.run<void>>[0];
const effect = (number: unknown): Work => {
  return async (em) => {
    await em.query('INSERT INTO effect (queue, job) VALUES ($1, $2)', [queue.name, number]);
    await delay(process.argv[2] === 'inside' ? MORE_WORK_MS : 0);
  };
};

if (process.argv[2] === 'inside') {
  await jobs.workInTransaction(
    queue,
    (_, work) => transactions.run(work),
    (em, { number }) => effect(number)(em),
  );
} else {
  await jobs.work(queue, async ({ number }) => {
    await transactions.run(effect(number));
    await delay(MORE_WORK_MS);
  });
}
process.send?.('works');

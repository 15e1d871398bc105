import type { INestApplication } from '@nestjs/common';
import { join } from 'node:path';
import { BoardQuery } from '@throughway/contracts/board';
import { AlignmentJobs } from './alignment/alignment.jobs.js';
import { BoardService } from './alignment/board.service.js';
import { createApp } from './bootstrap.js';
import { describeBoard } from './cli/describe-board.js';
import { WeeklyDigest } from './digest/weekly-digest.jobs.js';
import { ForgettingJobs } from './identity/forgetting.jobs.js';
import { FirstData } from './intake/first-data.service.js';
import { ImportJobs } from './intake/import.jobs.js';
import { AuditJobs } from './platform/audit/audit.jobs.js';
import { offersSamplePeople, parseConfig } from './platform/config/config.js';
import { Transactions } from './platform/database/transactions.js';
import { TombstoneKeeper } from './platform/erasure/tombstone-keeper.js';
import { Outbox } from './platform/mail/outbox.js';
import { Refusal } from './platform/errors/refusal.js';
import { openDatabase } from './platform/database/open-database.js';
import { RetentionJobs } from './students/retention.jobs.js';
import { leaveWithLauncher } from './platform/process/leave-with-launcher.js';

/** What works the queues. */
const JOBS = [ImportJobs, Outbox, AlignmentJobs, ForgettingJobs, RetentionJobs, AuditJobs, WeeklyDigest];

/** Starts the portal: database, migrations, first data, the answer, and then the address; or, as a worker, no address. */
async function main(): Promise<void> {
  const began = performance.now();
  const stops: (() => Promise<unknown>)[] = [];
  let leaving: Promise<void> | null = null;
  const leave = (status: number): Promise<void> =>
    (leaving ??= (async () => {
      for (const stop of stops.reverse()) await stop().catch((error: unknown) => console.error(error));
      process.exit(status);
    })());
  // `on`, not `once`: the terminal and npm may both send the same signal.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(0));
  leaveWithLauncher(() => void leave(0));

  try {
    const config = parseConfig(process.env);
    const database = await openDatabase(config);
    stops.push(() => database.stop());
    void database.lost.then(() => {
      console.error(
        'Throughway: the database has ended by itself (see pg.log in DATA_DIR). Start again: nothing is lost.',
      );
      void leave(1);
    });
    console.log(`Throughway: PostgreSQL ${database.state}, ${database.migrations.length} migrations applied`);
    const app = await createApp(database.config);
    stops.push(() => app.close());
    await app.get(FirstData).prepare(new Transactions(database.source), (what) => console.log(`Throughway: ${what}`));
    await database.source.destroy();
    if (config.PROCESS_ROLE === 'both') console.log(`\n${await answer(app)}\n`);
    await app.get(TombstoneKeeper).start();
    if (config.PROCESS_ROLE !== 'api') for (const jobs of JOBS) await app.get<{ start(): Promise<void> }>(jobs).start();
    if (config.PROCESS_ROLE !== 'worker') await app.listen(config.PORT, config.HOST);
    const url = config.PROCESS_ROLE === 'worker' ? null : await app.getUrl();
    if (config.SMTP_URL === undefined && url !== null) {
      const page = offersSamplePeople(config) ? `, shown at ${config.PUBLIC_URL ?? url}/mailbox` : '';
      console.log(
        `Throughway: no mail server (SMTP_URL): mails become files in ${join(config.DATA_DIR, 'mail')}${page}`,
      );
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`Throughway: ready ${url === null ? 'for jobs' : `at ${url}`} after ${seconds} s`);
    process.send?.({ url });
  } catch (error) {
    console.error(explain(error));
    await leave(1);
  }
}

/** Where the pathways of the network that whoever sits here sees first lead, as a short table. */
function answer(app: INestApplication): Promise<string> {
  const board = app.get(BoardService);
  const atTheServer = { actor: null, operator: true };
  return app
    .get(Transactions)
    .readInTenant(atTheServer, async (em) => describeBoard(await board.page(em, atTheServer, BoardQuery.parse({}))))
    .catch((error: unknown) => {
      if (error instanceof Refusal) return 'Where do our pathways lead? Every network here is its tenant’s: sign in.';
      throw error;
    });
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `Throughway: the port is taken (${error.message}). Stop the other program or choose another: PORT=3001 npm start`;
  }
  return error.message.startsWith('Configuration:') ? error.message : (error.stack ?? error.message);
}

await main();

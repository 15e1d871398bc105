import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type * as AuditJobsModule from '../../api/src/platform/audit/audit.jobs.js';
import type * as RecordModule from '../../api/src/platform/audit/record-acts.js';
import type * as ClockModule from '../../api/src/platform/clock/clock.js';
import type * as ConfigModule from '../../api/src/platform/config/config.js';
import type * as DataSources from '../../api/src/platform/database/data-source.js';
import type * as OpenDatabase from '../../api/src/platform/database/open-database.js';
import type * as TransactionsModule from '../../api/src/platform/database/transactions.js';
import type * as JobsModule from '../../api/src/platform/jobs/jobs.js';
import { ROOT, temporaryFolder } from '../support/portal.ts';
import { fillChain } from '../support/sealed-chain.ts';
import { median, peakMb, report } from './measure.ts';

/**
 * A record of a million entries: what commands get through that record in one chain, and the verification of all of it as a person
 * runs it. Half of the entries have a detail beside them.
 */
const CHAINS = 250;
const ENTRIES = 4000;
const CLIENTS = 8;
const ROUNDS = 5;
const ROUND_MS = 2000;

/** What was built of the platform; its sources do not run without a build. */
const built = (file: string): Promise<unknown> => import(`../../api/dist/platform/${file}.js`);
const { openDatabase } = (await built('database/open-database')) as typeof OpenDatabase;
const { openDataSource } = (await built('database/data-source')) as typeof DataSources;
const { Transactions, WorkTransactions } = (await built('database/transactions')) as typeof TransactionsModule;
const { parseConfig } = (await built('config/config')) as typeof ConfigModule;
const { Clock } = (await built('clock/clock')) as typeof ClockModule;
const { recordActs } = (await built('audit/record-acts')) as typeof RecordModule;
const { AuditJobs } = (await built('audit/audit.jobs')) as typeof AuditJobsModule;
const { Jobs } = (await built('jobs/jobs')) as typeof JobsModule;

const folder = temporaryFolder('bench-audit');
try {
  const database = await openDatabase(parseConfig({ NODE_ENV: 'test', DATA_DIR: folder.path }));
  const clock = new Clock(database.config);
  const app = await openDataSource(database.config.DATABASE_URL, CLIENTS);
  let rates: Rates;
  try {
    for (let chain = 0; chain < CHAINS; chain++) await fillChain(database.source, randomUUID(), ENTRIES);
    await database.source.query('VACUUM ANALYZE audit_entry, audit_detail');
    const worker = new WorkTransactions(database.source);
    await new AuditJobs(new Jobs(database.config), worker, clock).makeRoot();
    rates = await measureAppending(app);
  } finally {
    await app.destroy();
    await database.source.destroy();
    await database.stop();
  }
  const verified = verifyAsAPerson();
  report([
    {
      name: `throughway audit verify, ${verified.entries} entries in ${verified.chains} chains, half with a detail`,
      value: verified.seconds,
      unit: 's',
      goal: '≤ 60 s',
      holds: verified.seconds <= 60 && verified.entries >= CHAINS * ENTRIES,
      runs: 1,
      peakMb: verified.peakMb,
      peers: [],
    },
    {
      name: `commands a second of ${CLIENTS} clients that all record in one chain, against the same without recording`,
      value: Math.round(median(rates.recording)),
      unit: `a second (${Math.round(median(rates.silent))} without)`,
      goal: '≥ 100 a second',
      holds: median(rates.recording) >= 100,
      runs: ROUNDS,
      peakMb: peakMb(),
      peers: [],
    },
  ]);
} finally {
  folder.remove();
}

interface Rates {
  recording: number[];
  silent: number[];
}

/** A command that changes one row of its own, with and without its entry in the one chain of all. */
async function measureAppending(app: DataSource): Promise<Rates> {
  const transactions = new Transactions(app);
  const organizationId = randomUUID();
  const people: { id: string }[] = await app.query(
    `INSERT INTO person (name, email) SELECT 'Sample Person', 'sample-' || k || '@example.test'
     FROM generate_series(1, ${CLIENTS}) k RETURNING person_id AS id`,
  );
  const rate = async (recording: boolean): Promise<number> => {
    const began = performance.now();
    let done = 0;
    const client = async ({ id }: { id: string }): Promise<void> => {
      while (performance.now() - began < ROUND_MS) {
        await transactions.run(async (em) => {
          await em.query('UPDATE person SET name = name WHERE person_id = $1', [id]);
          if (!recording) return;
          const subject = { kind: 'person', id } as const;
          const detail = { role: 'coordinator' };
          const actor = { personId: id };
          await recordActs(em, new Date(), { organizationId, actor, action: 'membership-given', subject, detail });
        });
        done++;
      }
    };
    await Promise.all(people.map(client));
    return done / ((performance.now() - began) / 1000);
  };
  const rates: Rates = { recording: [], silent: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.recording.push(await rate(true));
    rates.silent.push(await rate(false));
  }
  return rates;
}

/** The command from its start to its end, the embedded database's start included. */
function verifyAsAPerson(): { seconds: number; peakMb: number; entries: number; chains: number } {
  const watch = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS));`;
  const began = performance.now();
  const done = spawnSync(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(watch)}`],
      ...[join(ROOT, 'api/dist/cli/main.js'), 'audit', 'verify', '--json'],
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, DATA_DIR: folder.path } },
  );
  if (done.status !== 0) throw new Error(done.stderr.slice(0, 2000));
  const { entries, chains } = JSON.parse(done.stdout) as { entries: number; chains: number };
  return {
    seconds: Math.round((performance.now() - began) / 100) / 10,
    peakMb: Math.round(Number(/peak (\d+)/.exec(done.stderr)?.[1]) / 1024),
    entries,
    chains,
  };
}

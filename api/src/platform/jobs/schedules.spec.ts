import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { CronTime } from 'cron';
import { PgBoss } from 'pg-boss';
import { aTown } from '../../../../test/support/a-network.js';
import { createApp } from '../../bootstrap.js';
import { NetworkIntake } from '../../intake/network-intake.service.js';
import { ProgramsService } from '../../programs/programs.service.js';
import { localDate } from '../clock/clock.js';
import { testDatabase, type TestDatabase } from '../database/test-database.js';
import { Jobs } from './jobs.js';

const HOUR_MS = 3_600_000;
/** The nights of both clock changes of 2026 in the United States, from Saturday to Monday, and so in two weeks. */
const CHANGES = [
  { from: '2026-03-07T05:00:00Z', to: '2026-03-10T03:00:00Z', days: ['2026-03-07', '2026-03-08', '2026-03-09'] },
  { from: '2026-10-31T04:00:00Z', to: '2026-11-03T04:00:00Z', days: ['2026-10-31', '2026-11-01', '2026-11-02'] },
];
const ZONES = ['America/New_York', 'America/Indiana/Indianapolis'];

let database: TestDatabase;
const replicas: NestExpressApplication[] = [];

beforeAll(async () => {
  database = await testDatabase();
  for (let number = 0; number < 3; number++) replicas.push(await createApp(database.config));
  await database.asOwner.run(async (em) => {
    const main = { slug: 'main', name: 'Main', sample: false };
    const { networkId } = await one().get(ProgramsService).ensureNetwork(em, main);
    await one()
      .get(NetworkIntake)
      .saveAndAlign(em, networkId, aTown({ name: 'Hazard', countyFips: '21193' }), 'import');
  });
});
afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await database?.drop();
});

function one(): NestExpressApplication {
  const [first] = replicas;
  if (!first) throw new Error('no replica');
  return first;
}

const schedulesOf = (replica: NestExpressApplication) => [...replica.get(SchedulerRegistry).getCronJobs().values()];

/** The instants between two at which a schedule fires by itself. */
function instants(schedule: CronTime, from: Date, to: Date): Date[] {
  const found: Date[] = [];
  for (let at = from; ; found.push(at)) {
    at = schedule.getNextDateFrom(at, schedule.timeZone).toJSDate();
    if (at >= to) return found;
  }
}

const jobs = (): Promise<{ name: string; count: number }[]> =>
  database.source.query('SELECT name, count(*)::integer AS count FROM pgboss.job GROUP BY name ORDER BY name');

test.each(ZONES.flatMap((zone) => CHANGES.map((change) => ({ zone, ...change }))))(
  'with 3 replicas each schedule gives a day, or a week, one job, across the clock change: $zone, $from',
  async ({ zone, from, to, days }) => {
    await one().get(Jobs).start();
    await database.source.query('DELETE FROM pgboss.job');
    const firing = instants(schedulesOf(one())[0]?.cronTime as CronTime, new Date(Date.parse(from) - 1), new Date(to));
    // Every hour that passes, whatever clocks show.
    expect(firing).toHaveLength((Date.parse(to) - Date.parse(from)) / HOUR_MS);
    for (const at of firing) {
      database.config.TODAY = localDate(at, zone);
      await Promise.all(replicas.flatMap((replica) => schedulesOf(replica).map((schedule) => schedule.fireOnTick())));
      // A day's job is done before the next tick, or before a replica whose clock is late.
      await database.source.query(`UPDATE pgboss.job SET state = 'completed', completed_on = now()`);
      await Promise.all(schedulesOf(one()).map((schedule) => schedule.fireOnTick()));
    }
    expect(new Set(firing.map((at) => localDate(at, zone)))).toEqual(new Set(days));
    const names = ['daily-root', 'nightly-alignment', 'nightly-forgetting', 'nightly-retention', 'staleness-review'];
    const weeks = { name: 'weekly-round', count: 2 };
    expect(await jobs()).toEqual([...names.map((name) => ({ name, count: days.length })), weeks]);
  },
);

test('every schedule ticks each hour, in a zone without clock changes', () => {
  for (const replica of replicas) {
    const schedules = schedulesOf(replica);
    expect(schedules).toHaveLength(5);
    for (const { cronTime } of schedules)
      expect([cronTime.source, cronTime.timeZone]).toEqual(['0 0-23/1 * * *', 'UTC']);
  }
});

test('a job that is named by its key alone, and only while it waits, is there again for whoever ticks late', async () => {
  await database.source.query('DELETE FROM pgboss.job');
  const named = { name: 'named', policy: 'exclusive' as const };
  const boss = new PgBoss({
    connectionString: database.config.DATABASE_WORKER_URL,
    createSchema: false,
    supervise: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    await boss.createQueue(named.name, { policy: named.policy });
    for (let replica = 0; replica < 3; replica++) {
      await boss.send(named.name, {}, { singletonKey: '2026-06-30' });
      await database.source.query(`UPDATE pgboss.job SET state = 'completed', completed_on = now()`);
    }
    expect(await jobs()).toEqual([{ name: 'named', count: 3 }]);
  } finally {
    await boss.stop({ graceful: false });
  }
});

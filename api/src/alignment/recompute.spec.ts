import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Network } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import { aTown, dayOf, together } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { Transactions } from '../platform/database/transactions.js';
import { ProgramsService } from '../programs/programs.service.js';
import { AlignmentService } from './alignment.service.js';

let database: TestDatabase;
let app: NestExpressApplication;
let transactions: Transactions;

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  transactions = database.asOwner;
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

/** Hazard and Pikeville compete for Hazard's seats; Paducah is far away; nobody reaches Louisa. */
const network = together(
  aTown({ name: 'Hazard', countyFips: '21193' }),
  aTown({ name: 'Pikeville', countyFips: '21195', reach: ['21193', '21195'] }),
  aTown({ name: 'Paducah', countyFips: '21145' }),
  aTown({ name: 'Louisa', countyFips: '21127', reach: [] }),
);
let made = 0;

async function aStoredNetwork(em: EntityManager): Promise<number> {
  const slug = `network-${made++}`;
  const { networkId } = await app.get(ProgramsService).ensureNetwork(em, { slug, name: slug, sample: false });
  await app.get(NetworkIntake).saveAndAlign(em, networkId, network, 'import');
  return networkId;
}

/** Everything that is shown, without the run that computed it. */
async function results(em: EntityManager, networkId: number): Promise<unknown> {
  const rows = (sql: string): Promise<unknown> => em.query(sql, [networkId]);
  return {
    cohorts: await rows(
      `SELECT to_jsonb(c) - 'run_id' AS row FROM alignment_cohort c WHERE network_id = $1 ORDER BY cohort_id`,
    ),
    partnerships: await rows(
      `SELECT to_jsonb(p) - 'run_id' AS row FROM alignment_partnership p WHERE network_id = $1
       ORDER BY employer_id, pathway_id`,
    ),
    counties: await rows(
      `SELECT to_jsonb(c) - 'run_id' AS row FROM alignment_county c WHERE network_id = $1
         AND promised_seats + posted_headcount > 0 ORDER BY county_fips`,
    ),
    components: await rows(
      `SELECT to_jsonb(c) - 'run_id' AS row FROM alignment_component c WHERE network_id = $1 ORDER BY component`,
    ),
    totals: await rows(
      `SELECT to_jsonb(t) - 'run_id' AS row FROM alignment_total t WHERE network_id = $1 ORDER BY region_id`,
    ),
  };
}

function change<Kind extends keyof Network>(
  kind: Kind,
  at: number,
  to: Partial<Network[Kind][number]>,
): Partial<Network> {
  return { [kind]: [{ ...network[kind][at], ...to }] };
}

const meeting = network.evidence[0] as Network['evidence'][number];

const CHANGES: [string, Partial<Network>][] = [
  ['a requirement asks for more persons', change('requirements', 0, { headcountPerYear: 9 })],
  ['a requirement aims at another occupation', change('requirements', 0, { soc: '29-1141' })],
  ['a requirement asks for a higher level', change('requirementSkills', 0, { level: 4 })],
  [
    'a credential becomes required',
    change('requirementCredentials', 0, { credentialId: 'Paducah-card', necessity: 'required' }),
  ],
  ['a site moves to another county', change('sites', 0, { countyFips: '21145' })],
  ['a site moves to a county that nobody reaches', change('sites', 0, { countyFips: '21999' })],
  ['a school stops reaching its neighbor', change('institutions', 1, { reach: ['21195'] })],
  ['a school begins to reach far away', change('institutions', 2, { reach: ['21145', '21127'] })],
  ['a pathway moves to another school', change('pathways', 0, { institutionId: 'Paducah-school' })],
  ['a version is adopted later', change('versions', 1, { adoptedOn: dayOf('2026-06-01') })],
  ['a unit teaches to a lower level', change('unitSkills', 2, { level: 1 })],
  ['a unit moves to another version', change('units', 0, { versionId: 'Paducah-v1' })],
  ['a cohort grows', change('cohorts', 2, { expectedCompleters: 2 })],
  ['a cohort changes its version', change('cohorts', 0, { versionId: 'Paducah-v1' })],
  ['a promise is for any pathway', change('commitments', 0, { pathwayId: null })],
  ['a promise is for another pathway', change('commitments', 0, { pathwayId: 'Paducah-welding' })],
  ['a call on a promise leads to a job', change('activations', 0, { disposition: 'hired', reason: null })],
  ['a meeting was with another employer', { evidence: [{ ...meeting, employerId: 'Paducah-employer' }] }],
  ['an educator was in industry long ago', change('educatorSkills', 0, { lastIndustryContactOn: dayOf('2019-01-01') })],
  ['an employer has another name', change('employers', 0, { name: 'Sample Renamed' })],
  ['areas join far-away schools', { areas: ['21145', '21193'].map((countyFips) => ({ areaId: 'one', countyFips })) }],
];

describe('bringing results up to date after a change', () => {
  test.each(CHANGES)('gives what a run over everything gives when %s', async (_, rows) => {
    await transactions.run(async (em) => {
      const networkId = await aStoredNetwork(em);
      const before = await results(em, networkId);
      const { run } = await app.get(NetworkIntake).saveAndAlign(em, networkId, rows, 'change');
      expect(run).not.toBeNull();
      const after = await results(em, networkId);
      expect(after).not.toEqual(before);
      await app.get(AlignmentService).alignAll(em, networkId, 'command');
      expect(after).toEqual(await results(em, networkId));
    });
  });

  test("solves the touched component alone; the others' rows keep their run", async () => {
    await transactions.run(async (em) => {
      const networkId = await aStoredNetwork(em);
      const rows = change('requirements', 0, { headcountPerYear: 9 });
      const { run } = await app.get(NetworkIntake).saveAndAlign(em, networkId, rows, 'change');
      expect(run).toMatchObject({ cause: 'change', components: 4, componentsSolved: 1 });
      const ofRun: { id: string }[] = await em.query(
        'SELECT cohort_id AS id FROM alignment_cohort WHERE network_id = $1 AND run_id = $2 ORDER BY cohort_id',
        [networkId, run?.runId],
      );
      expect(ofRun.map(({ id }) => id)).toEqual(['Hazard-2026', 'Pikeville-2026']);
      const partnerships: { id: string }[] = await em.query(
        `SELECT employer_id AS id FROM alignment_partnership WHERE network_id = $1 AND run_id <> $2 ORDER BY employer_id`,
        [networkId, run?.runId],
      );
      expect(partnerships.map(({ id }) => id)).toEqual(['Louisa-employer', 'Paducah-employer']);
    });
  });

  test('a flag that cannot be replayed keeps its first day from run to run', async () => {
    await transactions.run(async (em) => {
      const networkId = await aStoredNetwork(em);
      await em.query(
        `UPDATE alignment_cohort SET result = jsonb_set(result, '{flags}',
           (SELECT jsonb_agg(flag || '{"since": "2026-03-03"}') FROM jsonb_array_elements(result->'flags') AS flag))
         WHERE network_id = $1 AND cohort_id = 'Hazard-2026'`,
        [networkId],
      );
      const rows = change('requirements', 0, { headcountPerYear: 4 });
      await app.get(NetworkIntake).saveAndAlign(em, networkId, rows, 'change');
      const [stored]: { flags: { code: string; since: string }[] }[] = await em.query(
        `SELECT result->'flags' AS flags FROM alignment_cohort WHERE network_id = $1 AND cohort_id = 'Hazard-2026'`,
        [networkId],
      );
      expect(stored?.flags.find(({ code }) => code === 'empty-highway')?.since).toBe('2026-03-03');
    });
  });
});

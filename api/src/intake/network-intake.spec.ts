import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { digestNetwork } from '@throughway/formats/digest-network';
import type { PartnershipResult } from '@throughway/vocabulary/alignment-result';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import { createHash } from 'node:crypto';
import { aTown, dayOf, together } from '../../../test/support/a-network.js';
import { PlatformModule } from '../platform/platform.module.js';
import { Transactions } from '../platform/database/transactions.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { ProgramsService } from '../programs/programs.service.js';
import { alignNetwork } from '../alignment/align-network.js';
import type { CohortDetail } from '../alignment/alignment-rows.js';
import { loadCommutingZones } from '../alignment/commuting-zones.js';
import { STARTER_FOLDER } from '../labor-market/starter-region.js';
import { IntakeModule } from './intake.module.js';
import { NetworkIntake } from './network-intake.service.js';
import { generateSampleNetwork } from './sample/generate-sample-network.js';
import { readSampleMarket } from './sample/read-sample-market.js';

let database: TestDatabase;
let app: INestApplicationContext;
let transactions: Transactions;
let intake: NetworkIntake;

beforeAll(async () => {
  database = await testDatabase();
  @Module({
    imports: [PlatformModule.using(database.config, { app: database.source, worker: database.source }), IntakeModule],
  })
  class Rooms {}
  app = await NestFactory.createApplicationContext(Rooms, { logger: false });
  transactions = database.asOwner;
  intake = app.get(NetworkIntake);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const network = together(
  aTown({ name: 'Hazard', countyFips: '21193' }),
  aTown({ name: 'Paducah', countyFips: '21145' }),
);

function makeNetwork(slug: string): Promise<number> {
  return transactions.run(async (em) => {
    const made = await app.get(ProgramsService).ensureNetwork(em, { slug, name: slug, sample: false });
    return made.networkId;
  });
}

describe('saving a network', () => {
  test('loses nothing: what is stored aligns exactly as the rows that came in', async () => {
    const networkId = await makeNetwork('whole');
    const asOf = dayOf('2026-06-30');
    const market = await readSampleMarket(STARTER_FOLDER);
    const sample = generateSampleNetwork({ seed: 1, asOf, market });
    const { run } = await transactions.run((em) => intake.saveAndAlign(em, networkId, sample, 'import'));
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
    expect(run?.digest).toBe(digestNetwork(sample, sha256));

    const { result } = alignNetwork(sample, {
      asOf,
      threshold: { numerator: 4n, denominator: 5n },
      commutingZoneOf: loadCommutingZones(),
      digest: '',
    });
    const stored = await transactions.read((em) =>
      em.query<{ result: CohortDetail }[]>('SELECT result FROM alignment_cohort WHERE network_id = $1', [networkId]),
    );
    const cohorts = stored.map((row) => row.result).sort((a, b) => compareIds(a.cohortId, b.cohortId));
    expect(cohorts).toHaveLength(result.cohorts.length);
    expect(cohorts).toMatchObject(result.cohorts);
    const partnerships = await transactions.read((em) =>
      em.query<{ result: PartnershipResult }[]>(
        'SELECT result FROM alignment_partnership WHERE network_id = $1 ORDER BY employer_id, pathway_id',
        [networkId],
      ),
    );
    expect(partnerships.map((row) => row.result)).toEqual(result.partnerships);
  });

  test('saving it again changes nothing and runs nothing', async () => {
    const networkId = await makeNetwork('again');
    const first = await transactions.run((em) => intake.saveAndAlign(em, networkId, network, 'import'));
    expect(first.files.find(({ file }) => file === 'requirements.csv')).toEqual({
      file: 'requirements.csv',
      rows: 2,
      added: 2,
      changed: 0,
      unchanged: 0,
      removed: 0,
    });
    expect(first.run).toMatchObject({ components: 2, componentsSolved: 2 });
    const second = await transactions.run((em) => intake.saveAndAlign(em, networkId, network, 'import'));
    expect(second.files.filter((file) => file.added + file.changed + file.removed > 0)).toEqual([]);
    expect(second.run).toBeNull();
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { aTown, together } from '../../../test/support/a-network.js';
import { PlatformModule } from '../platform/platform.module.js';
import { Transactions } from '../platform/database/transactions.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { ProgramsService } from '../programs/programs.service.js';
import { IntakeModule } from './intake.module.js';
import { NetworkIntake } from './network-intake.service.js';

let database: TestDatabase;
let app: INestApplicationContext;
let transactions: Transactions;
let intake: NetworkIntake;

beforeAll(async () => {
  database = await testDatabase();
  @Module({ imports: [PlatformModule.using(database.config, database.source), IntakeModule] })
  class Rooms {}
  app = await NestFactory.createApplicationContext(Rooms, { logger: false });
  transactions = app.get(Transactions);
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

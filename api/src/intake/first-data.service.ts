import { Injectable } from '@nestjs/common';
import { AlignmentService } from '../alignment/alignment.service.js';
import { loadStarterRegion, STARTER_FOLDER } from '../labor-market/starter-region.js';
import { ImportedEmployers } from '../partnerships/imported-employers.service.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transactions } from '../platform/database/transactions.js';
import { ProgramsService } from '../programs/programs.service.js';
import { NetworkIntake } from './network-intake.service.js';
import { generateSampleNetwork } from './sample/generate-sample-network.js';
import { readSampleMarket } from './sample/read-sample-market.js';
import { SAMPLE_NETWORK, SampleTenant } from './sample-tenant.service.js';

/** Key of the lock under which first data are made ready; any constant that nothing else uses. */
const FIRST_DATA_LOCK = 7_433_200;

/** The seed of the sample network that ships: one seed, one network. */
const SAMPLE_SEED = 1;

/** What a start has to make ready before it can answer "where do our pathways lead?". */
@Injectable()
export class FirstData {
  constructor(
    private readonly programs: ProgramsService,
    private readonly intake: NetworkIntake,
    private readonly alignment: AlignmentService,
    private readonly clock: Clock,
    private readonly sample: SampleTenant,
    private readonly employers: ImportedEmployers,
  ) {}

  /**
   * Loads the starter region and the sample network into an empty database, sees to it that every imported employer and institution
   * has its organization and a sample network its people, and aligns every network whose results are not of today. All or nothing, and safe
   * when several processes start at once. Works as the owner of the database, as migrations do. Says what it does through `tell`.
   */
  async prepare(asOwner: Transactions, tell: (what: string) => void): Promise<void> {
    await asOwner.run(async (em) => {
      await em.query('SELECT pg_advisory_xact_lock($1)', [FIRST_DATA_LOCK]);
      const region = await loadStarterRegion(em);
      if (region) tell(`starter region loaded (${region.reduce((sum, file) => sum + file.added, 0)} rows)`);
      if ((await this.programs.networks(em)).length === 0) {
        const { networkId } = await this.programs.ensureNetwork(em, { ...SAMPLE_NETWORK, source: 'sample' });
        const market = await readSampleMarket(STARTER_FOLDER);
        const network = generateSampleNetwork({ seed: SAMPLE_SEED, asOf: this.clock.todayAsDay(), market });
        await this.intake.save(em, networkId, network);
        tell('sample network loaded (synthetic, and says so on every page)');
      }
      // Here and not in a migration, which may never change: names are compared as the code of today compares them.
      const identified = await this.employers.identifyRest(em);
      if (identified > 0) tell(`${identified} employers are one each across all schools from now on`);
      await this.sample.prepare(em);
      for (const { networkId, name } of await this.programs.networks(em)) {
        await this.programs.identifyInstitutions(em, networkId);
        if (await this.alignment.isCurrent(em, networkId)) continue;
        const run = await this.alignment.alignAll(em, networkId, 'start');
        tell(`${name} aligned as of ${run.asOf}`);
      }
    });
  }
}

import { Injectable } from '@nestjs/common';
import { runsApi, type Run } from '@throughway/contracts/runs';
import type { EntityManager } from 'typeorm';
import type { Asker } from '../platform/auth/sight.js';
import type { Input } from '../platform/http/handles.js';
import { ProgramsService } from '../programs/programs.service.js';
import { listRuns } from './alignment.repository.js';
import { networkRef, runRef } from './latest-run.js';

/** The receipts of past runs. */
@Injectable()
export class RunsService {
  constructor(private readonly programs: ProgramsService) {}

  async list(em: EntityManager, asker: Asker, query: Input<typeof runsApi.list>['query']): Promise<{ runs: Run[] }> {
    const network = await this.programs.network(em, asker, query.network, 'network.read');
    const runs = await listRuns(em, network.networkId, query.size, (query.page - 1) * query.size);
    return {
      runs: runs.map((run) => ({
        ...runRef(run),
        network: networkRef(network),
        cause: run.cause,
        threshold: run.threshold,
        components: run.components,
        componentsSolved: run.componentsSolved,
        milliseconds: run.finishedAt.getTime() - run.startedAt.getTime(),
      })),
    };
  }
}

import { Injectable } from '@nestjs/common';
import type { Board, BoardCounties, BoardQuery } from '@throughway/contracts/board';
import type { CohortFlagCode } from '@throughway/vocabulary/alignment-result';
import type { EntityManager } from 'typeorm';
import { LaborMarketService } from '../labor-market/labor-market.service.js';
import type { Asker } from '../platform/auth/sight.js';
import { Clock } from '../platform/clock/clock.js';
import { notFound } from '../platform/errors/refusal.js';
import { ProgramsService } from '../programs/programs.service.js';
import * as repository from './board.repository.js';
import { networkRef, runRef, shownRun } from './latest-run.js';
import type { Region, RegionTotals } from './region-totals.js';

/** "Where our pathways lead": stored results as pages. */
@Injectable()
export class BoardService {
  constructor(
    private readonly programs: ProgramsService,
    private readonly laborMarket: LaborMarketService,
    private readonly clock: Clock,
  ) {}

  async page(em: EntityManager, asker: Asker, query: BoardQuery): Promise<Board> {
    const network = await this.programs.network(em, asker, query.network, 'network.read');
    const run = await shownRun(em, network.networkId);
    const { counties, totals } = await chooseRegion(em, network.networkId, query.region);
    const filter = { networkId: network.networkId, counties, flag: query.flag, q: query.q };
    const place = { limit: query.size, offset: (query.page - 1) * query.size };
    return {
      network: networkRef(network),
      run: runRef(run),
      regions: await repository.loadRegionNames(em, network.networkId),
      totals: {
        ...totals,
        projectedSources: await this.laborMarket.withOverdue(em, totals.projectedSources, this.clock.todayAsDay()),
      },
      flagCounts: totals.flagCounts as { code: CohortFlagCode; count: number }[],
      rowCount: knownCount(totals, query) ?? (await repository.countCohorts(em, filter)),
      rows: await repository.pageOfCohorts(em, filter, query.sort, place),
    };
  }

  async counties(
    em: EntityManager,
    asker: Asker,
    query: { network?: string | undefined; region?: string | undefined },
  ): Promise<BoardCounties> {
    const network = await this.programs.network(em, asker, query.network, 'network.read');
    const run = await shownRun(em, network.networkId);
    const { counties } = await chooseRegion(em, network.networkId, query.region);
    const figures = await repository.countyFigures(em, network.networkId, counties);
    const fips = figures.map((figure) => figure.fips);
    const names = new Map((await this.laborMarket.countiesOf(em, fips)).map((county) => [county.fips, county]));
    return {
      network: networkRef(network),
      run: runRef(run),
      counties: figures.map((figure) => ({
        ...figure,
        name: names.get(figure.fips)?.name ?? figure.fips,
        state: names.get(figure.fips)?.state ?? '',
        withoutSeat: figure.completers - figure.seated,
      })),
    };
  }
}

type RegionWithTotals = Region & { totals: RegionTotals };

/** The region of that area, or the whole network. @throws not-found */
export async function chooseRegion(
  em: EntityManager,
  networkId: number,
  areaId: string | undefined,
): Promise<RegionWithTotals> {
  const chosen = await repository.findRegion(em, networkId, areaId ?? '');
  if (!chosen) throw notFound('region');
  return chosen;
}

/** How many rows the filter finds, where the totals know it already. */
function knownCount(totals: RegionTotals, { flag, q }: BoardQuery): number | null {
  if (q) return null;
  if (!flag) return totals.rowCount;
  return totals.flagCounts.find(({ code }) => code === flag)?.count ?? 0;
}

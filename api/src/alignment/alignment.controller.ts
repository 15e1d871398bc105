import { Controller } from '@nestjs/common';
import { type Board, boardApi, type BoardCounties } from '@throughway/contracts/board';
import { type PartnershipLadder, type PartnershipPage, partnershipsApi } from '@throughway/contracts/partnerships';
import { type PathwayPage, pathwaysApi } from '@throughway/contracts/pathways';
import { type Run, runsApi } from '@throughway/contracts/runs';
import { Transactions } from '../platform/database/transactions.js';
import { Handles, type Input } from '../platform/http/handles.js';
import { BoardService } from './board.service.js';
import { PartnershipPagesService } from './partnership-pages.service.js';
import { PathwayPageService } from './pathway-page.service.js';
import { RunsService } from './runs.service.js';

@Controller()
export class AlignmentController {
  constructor(
    private readonly transactions: Transactions,
    private readonly board: BoardService,
    private readonly pathways: PathwayPageService,
    private readonly partnerships: PartnershipPagesService,
    private readonly runs: RunsService,
  ) {}

  @Handles(boardApi.get, 'network.read')
  boardPage({ query, asker }: Input<typeof boardApi.get>): Promise<Board> {
    return this.transactions.readInTenant(asker, (em) => this.board.page(em, asker, query));
  }

  @Handles(boardApi.counties, 'network.read')
  boardCounties({ query, asker }: Input<typeof boardApi.counties>): Promise<BoardCounties> {
    return this.transactions.readInTenant(asker, (em) => this.board.counties(em, asker, query));
  }

  @Handles(pathwaysApi.get, 'network.read')
  pathwayPage({ params, query, asker }: Input<typeof pathwaysApi.get>): Promise<PathwayPage> {
    return this.transactions.readInTenant(asker, (em) => this.pathways.page(em, asker, params.pathwayId, query));
  }

  @Handles(partnershipsApi.list, 'partnership.count')
  partnershipLadder({ query, asker }: Input<typeof partnershipsApi.list>): Promise<PartnershipLadder> {
    return this.transactions.readInTenant(asker, (em) => this.partnerships.ladder(em, asker, query));
  }

  @Handles(partnershipsApi.get, 'partnership.read')
  partnershipPage({ params, query, asker }: Input<typeof partnershipsApi.get>): Promise<PartnershipPage> {
    return this.transactions.readInTenant(asker, (em) => this.partnerships.page(em, asker, params, query.network));
  }

  @Handles(runsApi.list, 'network.read')
  runList({ query, asker }: Input<typeof runsApi.list>): Promise<{ runs: Run[] }> {
    return this.transactions.readInTenant(asker, (em) => this.runs.list(em, asker, query));
  }
}

import { Controller } from '@nestjs/common';
import { type Board, boardApi, type BoardCounties } from '@throughway/contracts/board';
import { type Run, runsApi } from '@throughway/contracts/runs';
import { Transactions } from '../platform/database/transactions.js';
import { Handles, type Input } from '../platform/http/handles.js';
import { BoardService } from './board.service.js';
import { RunsService } from './runs.service.js';

@Controller()
export class AlignmentController {
  constructor(
    private readonly transactions: Transactions,
    private readonly board: BoardService,
    private readonly runs: RunsService,
  ) {}

  @Handles(boardApi.get)
  boardPage({ query }: Input<typeof boardApi.get>): Promise<Board> {
    return this.transactions.read((em) => this.board.page(em, query));
  }

  @Handles(boardApi.counties)
  boardCounties({ query }: Input<typeof boardApi.counties>): Promise<BoardCounties> {
    return this.transactions.read((em) => this.board.counties(em, query));
  }

  @Handles(runsApi.list)
  runList({ query }: Input<typeof runsApi.list>): Promise<{ runs: Run[] }> {
    return this.transactions.read((em) => this.runs.list(em, query));
  }
}

import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Board, BoardCounties, BoardRow } from '@throughway/contracts/board';
import { firstValueFrom } from 'rxjs';
import { answer } from './answer';
import { chosen } from './query';

export interface BoardFilter {
  network: string | undefined;
  region: string | undefined;
  flag: string | undefined;
  q: string | undefined;
  sort: string | undefined;
}

/** The largest page that the wire allows. */
const LARGEST_PAGE = 100;

@Injectable({ providedIn: 'root' })
export class BoardClient {
  private readonly http = inject(HttpClient);

  /** One page of the board, reloaded whenever the filter or the page changes. */
  board(query: () => BoardFilter & { page: number }) {
    return answer(
      httpResource<Board>(() => ({ url: '/api/board', params: chosen({ ...query() }) })),
      'keeps',
    );
  }

  /** Demand and seats by county; asks nothing while `query` gives undefined. */
  counties(query: () => Pick<BoardFilter, 'network' | 'region'> | undefined) {
    return answer(
      httpResource<BoardCounties>(() => {
        const chosenOnes = query();
        return chosenOnes && { url: '/api/board/counties', params: chosen({ ...chosenOnes }) };
      }),
      'keeps',
    );
  }

  /** Every row that the filter lets through, in the board's order, page after page. */
  async allRows(filter: BoardFilter): Promise<BoardRow[]> {
    const rows: BoardRow[] = [];
    for (let page = 1; ; page++) {
      const params = chosen({ ...filter, page, size: LARGEST_PAGE });
      const board = await firstValueFrom(this.http.get<Board>('/api/board', { params }));
      rows.push(...board.rows);
      if (board.rows.length < LARGEST_PAGE || rows.length >= board.rowCount) return rows;
    }
  }
}

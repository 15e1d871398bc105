import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { PartnershipLadder, PartnershipPage, PartnershipRow } from '@throughway/contracts/partnerships';
import { firstValueFrom } from 'rxjs';
import { answer } from './answer';
import { chosen } from './query';

export interface LadderFilter {
  network: string | undefined;
  region: string | undefined;
  rung: string | undefined;
  flag: string | undefined;
  q: string | undefined;
}

/** The largest page that the wire allows. */
const LARGEST_PAGE = 100;

@Injectable({ providedIn: 'root' })
export class PartnershipsClient {
  private readonly http = inject(HttpClient);

  /** One page of the ladder, advisory-only first. */
  ladder(query: () => LadderFilter & { page: number }) {
    return answer(
      httpResource<PartnershipLadder>(() => ({ url: '/api/partnerships', params: chosen({ ...query() }) })),
      'keeps',
    );
  }

  /** Every row that the filter lets through, in the ladder's order, page after page. */
  async allRows(filter: LadderFilter): Promise<PartnershipRow[]> {
    const rows: PartnershipRow[] = [];
    for (let page = 1; ; page++) {
      const params = chosen({ ...filter, page, size: LARGEST_PAGE });
      const ladder = await firstValueFrom(this.http.get<PartnershipLadder>('/api/partnerships', { params }));
      rows.push(...ladder.rows);
      if (ladder.rows.length < LARGEST_PAGE || rows.length >= ladder.rowCount) return rows;
    }
  }

  partnership(query: () => { employerId: string; pathwayId: string; network: string | undefined }) {
    return answer(
      httpResource<PartnershipPage>(() => {
        const { employerId, pathwayId, network } = query();
        return {
          url: `/api/partnerships/${encodeURIComponent(employerId)}/${encodeURIComponent(pathwayId)}`,
          params: chosen({ network }),
        };
      }),
    );
  }
}

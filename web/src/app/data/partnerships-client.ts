import { httpResource } from '@angular/common/http';
import { Injectable } from '@angular/core';
import type { PartnershipLadder, PartnershipPage } from '@throughway/contracts/partnerships';
import { answer } from './answer';
import { chosen } from './query';

export interface LadderFilter {
  network: string | undefined;
  region: string | undefined;
  rung: string | undefined;
  flag: string | undefined;
  q: string | undefined;
}

@Injectable({ providedIn: 'root' })
export class PartnershipsClient {
  /** One page of the ladder, advisory-only first. */
  ladder(query: () => LadderFilter & { page: number }) {
    return answer(
      httpResource<PartnershipLadder>(() => ({ url: '/api/partnerships', params: chosen({ ...query() }) })),
      'keeps',
    );
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

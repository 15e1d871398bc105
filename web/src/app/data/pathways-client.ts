import { httpResource } from '@angular/common/http';
import { Injectable } from '@angular/core';
import type { PathwayPage } from '@throughway/contracts/pathways';
import { answer } from './answer';
import { chosen } from './query';

@Injectable({ providedIn: 'root' })
export class PathwaysClient {
  /** One pathway with one of its cohorts; the server picks the cohort when none is named. */
  pathway(query: () => { pathwayId: string; cohort: string | undefined; network: string | undefined }) {
    return answer(
      httpResource<PathwayPage>(() => {
        const { pathwayId, ...rest } = query();
        return { url: `/api/pathways/${encodeURIComponent(pathwayId)}`, params: chosen(rest) };
      }),
    );
  }
}

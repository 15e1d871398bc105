import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { RegionListed, RegionOccupation, RegionPage } from '@throughway/contracts/regions';
import { firstValueFrom } from 'rxjs';
import { answer } from './answer';
import { chosen } from './query';

export interface RegionGates {
  minWageHourlyCents: string | undefined;
  maxEducation: string | undefined;
  growing: string | undefined;
  q: string | undefined;
  sort: string | undefined;
}

/** The largest page that the wire allows. */
const LARGEST_PAGE = 100;

@Injectable({ providedIn: 'root' })
export class RegionsClient {
  private readonly http = inject(HttpClient);

  list() {
    return answer(httpResource<{ regions: RegionListed[] }>(() => '/api/regions'));
  }

  /** The page of the first of the areas, with its own sources; asks nothing while there is none. */
  firstOf(areas: () => readonly { areaId: string }[] | undefined) {
    return answer(
      httpResource<RegionPage>(() => {
        const first = areas()?.[0];
        return first && pathOf(first.areaId);
      }),
    );
  }

  /** One area with the roles that pass the gates. */
  region(query: () => RegionGates & { areaId: string; page: number }) {
    return answer(
      httpResource<RegionPage>(() => {
        const { areaId, ...gates } = query();
        return { url: pathOf(areaId), params: chosen(gates) };
      }),
      'keeps',
    );
  }

  /** Every role that passes the gates, in the area's order, page after page. */
  async allOccupations(areaId: string, gates: RegionGates): Promise<RegionOccupation[]> {
    const rows: RegionOccupation[] = [];
    for (let page = 1; ; page++) {
      const params = chosen({ ...gates, page, size: LARGEST_PAGE });
      const answered = await firstValueFrom(this.http.get<RegionPage>(pathOf(areaId), { params }));
      rows.push(...answered.occupations);
      if (answered.occupations.length < LARGEST_PAGE || rows.length >= answered.rowCount) return rows;
    }
  }
}

function pathOf(areaId: string): string {
  return `/api/regions/${encodeURIComponent(areaId)}`;
}

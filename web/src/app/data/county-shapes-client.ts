import { HttpClient } from '@angular/common/http';
import { inject, Injectable, resource } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { GeometryCollection, Topology } from 'topojson-specification';

/** The counties of one state, already projected (see web/maps). */
export type StateShapes = Topology<{ counties: GeometryCollection<{ name: string }> }>;

@Injectable({ providedIn: 'root' })
export class CountyShapesClient {
  private readonly http = inject(HttpClient);

  /** Shapes of the states that the given counties lie in; a state without shapes is left out. */
  states(fips: () => readonly string[]) {
    return resource({
      params: () => [...new Set(fips().map((county) => county.slice(0, 2)))].sort().join(' ') || undefined,
      loader: async ({ params }) => {
        const found = await Promise.allSettled(
          params.split(' ').map((state) => firstValueFrom(this.http.get<StateShapes>(`/maps/counties-${state}.json`))),
        );
        return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      },
    });
  }
}

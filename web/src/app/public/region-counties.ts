import { Component, computed, inject, input } from '@angular/core';
import type { RegionPage } from '@throughway/contracts/regions';
import { CountyShapesClient } from '../data/county-shapes-client';
import { CountyMap } from '../ui/county-map';
import { TableFrame } from '../ui/table-frame';
import { Words } from '../ui/words';

/** The counties of an area: a map of unemployment and the table behind it. */
@Component({
  selector: 'app-region-counties',
  imports: [CountyMap, TableFrame],
  template: `
    <app-county-map
      [shapes]="shapes.hasValue() ? shapes.value() : []"
      [figures]="figures()"
      [measure]="words.t('region.unemployment')"
      [label]="words.plural('region.map-label', counties().length)"
      [format]="percent"
    />
    <app-table-frame [name]="words.t('region.counties')">
      <table>
        <thead>
          <tr>
            <th scope="col">{{ words.t('column.county') }}</th>
            <th scope="col" class="number">{{ words.t('column.population') }}</th>
            <th scope="col" class="number">{{ words.t('column.unemployment') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (county of counties(); track county.fips) {
            <tr>
              <th scope="row">
                {{ county.name }}
                <span class="under">
                  {{ words.t('column.rucc') }}: {{ words.count(county.rucc)
                  }}{{ county.rucc === null ? '' : ', ' + words.t('rucc.' + county.rucc) }}
                </span>
              </th>
              <td class="number">{{ words.count(county.population) }}</td>
              <td class="number">
                {{ words.rate(county.unemploymentRate) }}
              </td>
            </tr>
          }
        </tbody>
      </table>
    </app-table-frame>
    <p class="help">{{ words.t('region.rucc-means') }}</p>
  `,
})
export class RegionCounties {
  protected readonly words = inject(Words);
  readonly counties = input.required<RegionPage['counties']>();

  protected readonly percent = (rate: number | null) => this.words.rate(rate);
  protected readonly shapes = inject(CountyShapesClient).states(() => this.counties().map(({ fips }) => fips));
  protected readonly figures = computed(() =>
    this.counties().map(({ fips, name, unemploymentRate }) => ({ fips, name, figure: unemploymentRate })),
  );
}

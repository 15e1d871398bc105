import { Component, computed, inject, input, signal } from '@angular/core';
import type { BoardCounty } from '@throughway/contracts/board';
import { CountyShapesClient } from '../data/county-shapes-client';
import { CountyMap } from '../ui/county-map';
import { TableFrame } from '../ui/table-frame';
import { Words } from '../ui/words';

const MEASURES = ['withoutSeat', 'promisedSeats', 'postedHeadcount'] as const;

/** Graduates without a seat against demand, county by county: a map, its text, and the table behind it. */
@Component({
  selector: 'app-board-map',
  imports: [CountyMap, TableFrame],
  template: `
    <fieldset class="choices">
      <legend>{{ words.t('board.map.show') }}</legend>
      @for (each of measures; track each) {
        <label>
          <input type="radio" name="measure" [checked]="each === measure()" (change)="measure.set(each)" />
          {{ words.t('board.map.measure.' + each) }}
        </label>
      }
    </fieldset>
    <app-county-map
      [shapes]="shapes.hasValue() ? shapes.value() : []"
      [figures]="figures()"
      [measure]="words.t('board.map.measure.' + measure())"
      [ringMeasure]="measure() === 'withoutSeat' ? words.t('tier.posted.name') : undefined"
      [label]="label()"
    />
    <details>
      <summary>{{ words.t('board.map.table') }}</summary>
      <app-table-frame [name]="words.t('board.map.table')">
        <table>
          <thead>
            <tr>
              <th scope="col">{{ words.t('column.county') }}</th>
              <th scope="col" class="number">{{ words.t('column.graduates') }}</th>
              <th scope="col" class="number">{{ words.t('column.seated') }}</th>
              <th scope="col" class="number">{{ words.t('column.without-seat') }}</th>
              <th scope="col" class="number">{{ words.t('tier.promised.name') }}</th>
              <th scope="col" class="number">{{ words.t('tier.posted.name') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (county of sorted(); track county.fips) {
              <tr>
                <th scope="row">{{ county.name }}, {{ county.state }}</th>
                <td class="number">{{ words.count(county.completers) }}</td>
                <td class="number">{{ words.count(county.seated) }}</td>
                <td class="number">{{ words.count(county.withoutSeat) }}</td>
                <td class="number">{{ words.count(county.promisedSeats) }}</td>
                <td class="number">{{ words.count(county.postedHeadcount) }}</td>
              </tr>
            }
          </tbody>
        </table>
      </app-table-frame>
    </details>
  `,
})
export class BoardMap {
  protected readonly words = inject(Words);
  readonly counties = input.required<readonly BoardCounty[]>();

  protected readonly measures = MEASURES;
  protected readonly measure = signal<(typeof MEASURES)[number]>('withoutSeat');
  protected readonly shapes = inject(CountyShapesClient).states(() => this.counties().map(({ fips }) => fips));
  protected readonly figures = computed(() =>
    this.counties().map((county) => ({
      fips: county.fips,
      name: `${county.name}, ${county.state}`,
      figure: county[this.measure()],
      ring: county.postedHeadcount,
    })),
  );
  protected readonly sorted = computed(() =>
    this.counties().toSorted((a, b) => b[this.measure()] - a[this.measure()] || (a.fips < b.fips ? -1 : 1)),
  );
  protected readonly label = computed(() => {
    const top = this.figures()
      .filter(({ figure }) => figure > 0)
      .toSorted((a, b) => b.figure - a.figure)
      .slice(0, 3)
      .map(({ name, figure }) => `${name} (${this.words.count(figure)})`);
    const measure = this.words.t(`board.map.measure.${this.measure()}`);
    return top.length
      ? this.words.t('board.map.label', { measure, top: this.words.list(top) })
      : this.words.t('board.map.label-none', { measure });
  });
}

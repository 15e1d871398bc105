import { Component, computed, inject, input } from '@angular/core';
import type { RegionOccupation } from '@throughway/contracts/regions';
import { Words } from '../ui/words';

/** Roles of an area with openings, growth, wage and what they ask at entry; cards on a phone. */
@Component({
  selector: 'app-region-occupations',
  template: `
    @if (oneSource(); as source) {
      <p class="help">{{ words.t('source.line', source) }}</p>
    }
    <table class="cards-on-phone" role="table" [attr.aria-label]="words.t('region.table')">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">{{ words.t('column.role') }}</th>
          <th scope="col" role="columnheader" class="number">{{ words.t('column.openings') }}</th>
          <th scope="col" role="columnheader" class="number">{{ words.t('column.growth') }}</th>
          <th scope="col" role="columnheader" class="number">{{ words.t('column.median-wage') }}</th>
          <th scope="col" role="columnheader">{{ words.t('column.education') }}</th>
          <th scope="col" role="columnheader">{{ words.t('column.top-skills') }}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        @for (row of occupations(); track row.soc) {
          <tr role="row">
            <th scope="row" role="rowheader">
              {{ row.title }}
              <span class="under">{{ row.soc }}{{ oneSource() ? '' : ' · ' + row.source + ', ' + row.vintage }}</span>
            </th>
            <td role="cell" class="number" [attr.data-label]="words.t('column.openings')">
              {{ words.count(row.annualOpenings) }}
            </td>
            <td role="cell" class="number" [attr.data-label]="words.t('column.growth')">
              <span>
                {{ words.change(row.growthShare) }}
                @if (row.employmentChange !== null) {
                  <span class="under">{{ words.t('region.jobs', { n: words.signed(row.employmentChange) }) }}</span>
                }
              </span>
            </td>
            <td role="cell" class="number" [attr.data-label]="words.t('column.median-wage')">
              {{ words.wage(row.medianWageHourlyCents) }}
            </td>
            <td role="cell" [attr.data-label]="words.t('column.education')">
              <span>
                {{ row.entryEducation ? words.t('education.' + row.entryEducation) : words.t('not-known') }}
                @if (row.jobZone !== null) {
                  <span class="under">{{ words.t('region.job-zone', { zone: row.jobZone }) }}</span>
                }
              </span>
            </td>
            <td role="cell" [attr.data-label]="words.t('column.top-skills')">
              <span>
                @for (skill of row.topSkills; track skill.name; let last = $last) {
                  {{ skill.name }}{{ last ? '' : ', ' }}
                } @empty {
                  {{ words.t('not-known') }}
                }
              </span>
            </td>
          </tr>
        }
      </tbody>
    </table>
  `,
})
export class RegionOccupations {
  protected readonly words = inject(Words);
  readonly occupations = input.required<readonly RegionOccupation[]>();
  /** The source and vintage when all roles share them; else each row names its own. */
  protected readonly oneSource = computed(() => {
    const [first, ...rest] = this.occupations();
    const shared = first && rest.every(({ source, vintage }) => source === first.source && vintage === first.vintage);
    return shared ? { source: first.source, vintage: first.vintage } : null;
  });
}

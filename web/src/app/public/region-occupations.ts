import { Component, inject, input } from '@angular/core';
import type { RegionOccupation } from '@throughway/contracts/regions';
import { Words } from '../ui/words';

/** Roles of an area with openings, growth, wage and what they ask at entry; cards on a phone. */
@Component({
  selector: 'app-region-occupations',
  template: `
    <table class="cards-on-phone" role="table" [attr.aria-label]="words.t('region.table')">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">{{ words.t('column.role') }}</th>
          <th scope="col" role="columnheader" class="number">{{ words.t('column.openings') }}</th>
          <th scope="col" role="columnheader" class="number">{{ words.t('column.growth') }}</th>
          <th scope="col" role="columnheader" class="number">{{ words.t('column.median-wage') }}</th>
          <th scope="col" role="columnheader">{{ words.t('column.education') }}</th>
          <th scope="col" role="columnheader">{{ words.t('column.skills') }}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        @for (row of occupations(); track row.soc) {
          <tr role="row">
            <th scope="row" role="rowheader">
              {{ row.title }}
              <span class="under">{{ row.soc }} · {{ row.source }}, {{ row.vintage }}</span>
            </th>
            <td role="cell" class="number" [attr.data-label]="words.t('column.openings')">
              {{ words.count(row.annualOpenings) }}
            </td>
            <td role="cell" class="number" [attr.data-label]="words.t('column.growth')">
              <span>
                {{ words.change(row.growthShare) }}
                @if (row.employmentChange !== null) {
                  <span class="under">{{ words.plural('region.jobs', row.employmentChange) }}</span>
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
            <td role="cell" [attr.data-label]="words.t('column.skills')">
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
}

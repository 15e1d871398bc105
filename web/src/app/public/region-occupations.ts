import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { RegionOccupation } from '@throughway/contracts/regions';
import { Words } from '../ui/words';

/** Columns in order; one with `sort` can be sorted by, in the direction that the server uses. */
const COLUMNS = [
  { key: 'role', sort: 'role', direction: 'ascending', number: false },
  { key: 'openings', sort: 'openings', direction: 'descending', number: true },
  { key: 'growth', sort: 'growth', direction: 'descending', number: true },
  { key: 'median-wage', sort: 'wage', direction: 'descending', number: true },
  { key: 'education', sort: null, direction: null, number: false },
  { key: 'top-skills', sort: null, direction: null, number: false },
] as const;

/** Roles of an area with openings, growth, wage and what they ask at entry; cards on a phone. */
@Component({
  selector: 'app-region-occupations',
  imports: [RouterLink],
  template: `
    @if (oneSource(); as source) {
      <p class="help">{{ words.t('source.line', source) }} {{ words.t('region.job-zone-means') }}</p>
    } @else {
      <p class="help">{{ words.t('region.job-zone-means') }}</p>
    }
    <table class="cards-on-phone" role="table" [attr.aria-label]="words.t('region.table')">
      <thead role="rowgroup">
        <tr role="row">
          @for (column of columns; track column.key) {
            <th
              scope="col"
              role="columnheader"
              [class.number]="column.number"
              [attr.aria-sort]="column.sort ? (column.sort === sort() ? column.direction : 'none') : null"
            >
              @if (column.sort) {
                <a
                  [routerLink]="[]"
                  [queryParams]="{ sort: column.sort, page: null }"
                  queryParamsHandling="merge"
                  class="sort"
                  >{{ words.t('column.' + column.key) }}
                  @if (column.sort === sort()) {
                    <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
                      <path [attr.d]="column.direction === 'ascending' ? 'M4 1 8 7H0Z' : 'M4 7 0 1H8Z'" />
                    </svg>
                  }
                </a>
              } @else {
                {{ words.t('column.' + column.key) }}
              }
            </th>
          }
        </tr>
      </thead>
      <tbody role="rowgroup">
        @for (row of occupations(); track row.soc) {
          <tr role="row">
            <th scope="row" role="rowheader">
              <span lang="en">{{ row.title }}</span>
              <span class="under">{{ row.soc }}{{ oneSource() ? '' : ' · ' + row.source + ', ' + row.vintage }}</span>
            </th>
            <td role="cell" class="number" [attr.data-label]="words.t('column.openings')">
              {{ words.whole(row.annualOpenings) }}
            </td>
            <td role="cell" class="number" [attr.data-label]="words.t('column.growth')">
              <span>
                {{ words.change(row.growthShare) }}
                @if (row.employmentChange !== null) {
                  <span class="under">{{
                    words.t('region.jobs', { n: words.signed(row.employmentChange), years: row.vintage })
                  }}</span>
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
                  <span lang="en">{{ skill.name }}</span>{{ last ? '' : ', ' }}
                } @empty {
                  {{ words.t('region.not-rated') }}
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
  readonly sort = input.required<string>();
  protected readonly columns = COLUMNS;
  /** The source and vintage when all roles share them; else each row names its own. */
  protected readonly oneSource = computed(() => {
    const [first, ...rest] = this.occupations();
    const shared = first && rest.every(({ source, vintage }) => source === first.source && vintage === first.vintage);
    return shared ? { source: first.source, vintage: first.vintage } : null;
  });
}

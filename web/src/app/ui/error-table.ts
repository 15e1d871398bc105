import { Component, inject, input } from '@angular/core';
import type { ImportError } from '@throughway/contracts/imports';
import { TableFrame } from './table-frame';
import { Words } from './words';

/** Where bad input stood, what was found and what was expected; one card per error on a phone. */
@Component({
  selector: 'app-error-table',
  imports: [TableFrame],
  template: `
    <app-table-frame [name]="words.t('import.report')">
      <table class="cards-on-phone" role="table" [attr.aria-label]="words.t('import.report')">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">{{ words.t('column.file') }}</th>
            <th scope="col" role="columnheader" class="number">{{ words.t('column.line') }}</th>
            <th scope="col" role="columnheader">{{ words.t('column.column') }}</th>
            <th scope="col" role="columnheader">{{ words.t('column.found') }}</th>
            <th scope="col" role="columnheader">{{ words.t('column.expected') }}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          @for (error of errors(); track $index) {
            <tr role="row">
              <th scope="row" role="rowheader">{{ error.file }}</th>
              <td role="cell" class="number" [attr.data-label]="words.t('column.line')">
                {{ error.line === null ? words.t('import.whole-file') : words.count(error.line) }}
              </td>
              <td role="cell" [attr.data-label]="words.t('column.column')">
                {{ error.column ?? words.t('import.whole-row') }}
              </td>
              <td role="cell" class="breakable" [attr.data-label]="words.t('column.found')">{{ error.found }}</td>
              <td role="cell" class="breakable" [attr.data-label]="words.t('column.expected')">
                <span lang="en">{{ error.expected }}</span>
              </td>
            </tr>
          }
        </tbody>
      </table>
    </app-table-frame>
  `,
})
export class ErrorTable {
  protected readonly words = inject(Words);
  readonly errors = input.required<readonly ImportError[]>();
}

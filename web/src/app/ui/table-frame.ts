import { Component, inject, input } from '@angular/core';
import { Words } from './words';

/** Lets a wide or long table scroll inside the page, by mouse, touch or keyboard. */
@Component({
  selector: 'app-table-frame',
  template: `
    <div class="scroll" tabindex="0" role="region" [attr.aria-label]="words.t('table', { name: name() })">
      <ng-content />
    </div>
  `,
})
export class TableFrame {
  protected readonly words = inject(Words);
  /** What the table shows, in words. */
  readonly name = input.required<string>();
}

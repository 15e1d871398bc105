import { Component, input } from '@angular/core';

/** Outlines on a 12 × 12 grid, stroked: a tick, a cross, a ring, a clock hand. */
const MARKS = {
  yes: 'M2 6.5 5 9.5 10 3',
  no: 'M3 3 9 9M9 3 3 9',
  open: 'M6 2a4 4 0 1 1 0 8a4 4 0 1 1 0-8',
  waiting: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9M6 3.5V6.5H8.5',
};

/** A status as a shape and a word; the word is the content. */
@Component({
  selector: 'app-status-word',
  host: { class: 'status-word', '[class.no]': 'is() === "no"' },
  template: `
    <svg viewBox="0 0 12 12" width="14" height="14" aria-hidden="true"><path [attr.d]="marks[is()]" /></svg>
    <span><ng-content /></span>
  `,
})
export class StatusWord {
  protected readonly marks = MARKS;
  readonly is = input.required<keyof typeof MARKS>();
}

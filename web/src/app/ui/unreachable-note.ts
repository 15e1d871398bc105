import { Component, inject, input } from '@angular/core';
import type { Unreachable } from '@throughway/contracts/people';
import { StatusWord } from './status-word';
import { Words } from './words';

/** Beside an address: that the last mail to it was refused for good, when and by which code; nothing when it was not. */
@Component({
  selector: 'app-unreachable-note',
  imports: [StatusWord],
  template: `
    @if (unreachable(); as found) {
      <app-status-word is="no">{{
        words.t('unreachable', { at: words.instant(found.since), reason: found.reason })
      }}</app-status-word>
    }
  `,
})
export class UnreachableNote {
  protected readonly words = inject(Words);
  readonly unreachable = input.required<Unreachable>();
}

import { Component, inject, input } from '@angular/core';
import { Words } from './words';

/** A share as a number with a bar behind it; "not known" has no bar. */
@Component({
  selector: 'app-share-bar',
  host: { class: 'share-bar' },
  template: `
    <span class="share-bar-number">{{ words.share(share()) }}</span>
    @if (share() !== null) {
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="6" />
        <rect class="fill" height="6" [attr.width]="share()! * 100" />
      </svg>
    }
  `,
})
export class ShareBar {
  protected readonly words = inject(Words);
  readonly share = input.required<number | null>();
}

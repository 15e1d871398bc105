import { Component, inject, input } from '@angular/core';
import { Words } from './words';

/** Gray lines in the place of what is still on its way; a screen reader hears that the page loads. */
@Component({
  selector: 'app-skeleton',
  template: `
    <div class="skeleton" role="status">
      <span class="visually-hidden">{{ words.t('loading') }}</span>
      @for (line of lines(); track $index) {
        <div class="skeleton-line" aria-hidden="true"></div>
      }
    </div>
  `,
})
export class Skeleton {
  protected readonly words = inject(Words);
  readonly rows = input(6);
  protected readonly lines = () => Array.from({ length: this.rows() });
}

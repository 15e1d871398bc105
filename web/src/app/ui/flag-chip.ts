import { Component, computed, inject, input } from '@angular/core';
import { type FlagCode, flagShape } from './flag-shape';
import { Words } from './words';

/** A flag as a shape and its name; what it means is its title. */
@Component({
  selector: 'app-flag-chip',
  host: { class: 'flag-chip', '[title]': "words.t('flag.' + code() + '.means')" },
  template: `
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path [attr.d]="shape()" /></svg>
    <span>{{ words.t('flag.' + code() + '.name') }}</span>
  `,
})
export class FlagChip {
  protected readonly words = inject(Words);
  readonly code = input.required<FlagCode>();
  protected readonly shape = computed(() => flagShape(this.code()));
}

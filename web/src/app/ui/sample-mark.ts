import { Component, inject, input } from '@angular/core';
import { Words } from './words';

/** Says beside a name that it is made up. */
@Component({
  selector: 'app-sample-mark',
  template: `@if (sample()) {
    <span class="sample-mark">{{ words.t('sample.mark') }}</span>
  }`,
})
export class SampleMark {
  protected readonly words = inject(Words);
  readonly sample = input.required<boolean>();
}

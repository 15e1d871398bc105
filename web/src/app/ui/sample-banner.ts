import { Component, inject, input } from '@angular/core';
import type { NetworkList } from '@throughway/contracts/networks';
import { Words } from './words';

/** Says that a network's figures are made up, wherever they are shown. */
@Component({
  selector: 'app-sample-banner',
  template: `
    @if (network()?.sample) {
      <p class="sample-banner" role="note">
        <strong>{{ words.t('sample.title') }}</strong> {{ words.t('sample.means') }}
      </p>
    }
  `,
})
export class SampleBanner {
  protected readonly words = inject(Words);
  readonly network = input<NetworkList['networks'][number]>();
}

import { Component, inject, input, output } from '@angular/core';
import type { NetworkList } from '@throughway/contracts/networks';
import { Words } from './words';

/** Chooses the network to look at; nothing to see when there is one. */
@Component({
  selector: 'app-network-switch',
  template: `
    @if (networks().length > 1) {
      <label class="field">
        <span>{{ words.t('network') }}</span>
        <select #choice (change)="chosen.emit(choice.value)">
          @for (network of networks(); track network.slug) {
            <option [value]="network.slug" [selected]="network.slug === current()">{{ network.name }}</option>
          }
        </select>
      </label>
    }
  `,
})
export class NetworkSwitch {
  protected readonly words = inject(Words);
  readonly networks = input.required<NetworkList['networks']>();
  readonly current = input<string>();
  readonly chosen = output<string>();
}

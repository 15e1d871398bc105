import { Component, DOCUMENT, inject } from '@angular/core';
import { namedAddress, passkeysAt } from '../data/passkeys';
import { Words } from '../ui/words';

/** Why passkeys cannot work here, and where they can. */
@Component({
  selector: 'app-passkey-notice',
  template: `
    @switch (here) {
      @case ('needs-a-name') {
        <p class="help">
          {{ words.t('passkey.needs-a-name') }}
          @if (elsewhere) {
            <a [href]="elsewhere">{{ words.t('passkey.at-localhost') }}</a>
          }
        </p>
      }
      @case ('not-possible') {
        <p class="help">{{ words.t('passkey.not-possible') }}</p>
      }
    }
  `,
})
export class PasskeyNotice {
  protected readonly words = inject(Words);
  private readonly place = inject(DOCUMENT).location;
  protected readonly here = passkeysAt(this.place);
  protected readonly elsewhere = namedAddress(this.place);
}

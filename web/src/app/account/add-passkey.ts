import { Component, DOCUMENT, inject, output } from '@angular/core';
import type { Profile } from '@throughway/contracts/profile';
import { passkeysAt } from '../data/passkeys';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { PasskeyNotice } from './passkey-notice';

/** Makes a passkey on this device and names it. */
@Component({
  selector: 'app-add-passkey',
  imports: [PasskeyNotice, TroubleNotice],
  template: `
    @if (possible) {
      <form class="narrow" (submit)="$event.preventDefault(); add(name.value)">
        <label class="field">
          <span>{{ words.t('passkey.name') }}</span>
          <input #name required maxlength="100" autocomplete="off" [value]="words.t('passkey.this-device')" />
        </label>
        <p class="form-end">
          <button type="submit" class="primary" [disabled]="sending.busy()">{{ words.t('passkey.add') }}</button>
        </p>
      </form>
    } @else {
      <app-passkey-notice />
    }
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
  `,
})
export class AddPasskey {
  protected readonly words = inject(Words);
  private readonly client = inject(ProfileClient);
  protected readonly sending = new Sending();
  protected readonly possible = passkeysAt(inject(DOCUMENT).location) === 'possible';
  readonly added = output<Profile>();

  protected async add(name: string): Promise<void> {
    const profile = await this.sending.run(() => this.client.addPasskey(name.trim()));
    if (profile) this.added.emit(profile);
  }
}

import { Component, inject, input, output } from '@angular/core';
import type { Profile } from '@throughway/contracts/profile';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { ConfirmButton } from '../ui/confirm-button';
import { StatusWord } from '../ui/status-word';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { SetUpAuthenticator } from './set-up-authenticator';

/** The authenticator app and how many recovery codes are left. */
@Component({
  selector: 'app-profile-authenticator',
  imports: [ConfirmButton, SetUpAuthenticator, StatusWord, TroubleNotice],
  template: `
    @if (profile().secondFactorNeeded) {
      <p class="help">{{ words.t('profile.second-factor-needed') }}</p>
    }
    @if (profile().authenticatorSince; as since) {
      <p>
        <app-status-word is="yes">{{ words.t('authenticator.since', { at: words.instant(since) }) }}</app-status-word>
      </p>
      <p>{{ words.plural('recovery.left', profile().recoveryCodesLeft) }}</p>
      <p class="help">{{ words.t('recovery.renew') }}</p>
      <app-confirm-button
        [label]="words.t('confirm.remove')"
        [name]="words.t('confirm.remove-this', { what: words.t('profile.authenticator') })"
        [question]="words.t('authenticator.remove-question')"
        [disabled]="sending.busy()"
        (confirmed)="remove()"
      />
    } @else {
      <p>{{ words.t('authenticator.none') }}</p>
      <app-set-up-authenticator (done)="added.emit()" />
    }
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
  `,
})
export class ProfileAuthenticator {
  protected readonly words = inject(Words);
  private readonly client = inject(ProfileClient);
  protected readonly sending = new Sending();
  readonly profile = input.required<Profile>();
  readonly changed = output<Profile>();
  readonly added = output();

  protected async remove(): Promise<void> {
    const profile = await this.sending.run(() => this.client.removeAuthenticator());
    if (profile) this.changed.emit(profile);
  }
}

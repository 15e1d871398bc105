import { Component, inject, input, output, signal } from '@angular/core';
import type { Profile } from '@throughway/contracts/profile';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { ConfirmButton } from '../ui/confirm-button';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { AddPasskey } from './add-passkey';

/** A person's passkeys: to add and to remove. */
@Component({
  selector: 'app-profile-passkeys',
  imports: [AddPasskey, ConfirmButton, TroubleNotice],
  template: `
    @if (profile().passkeys.length) {
      <ul class="plain rows">
        @for (passkey of profile().passkeys; track passkey.passkeyId) {
          <li>
            <div>
              {{ passkey.name }}
              <span class="under">
                {{ words.t('passkey.added', { at: words.instant(passkey.createdAt) }) }}
                @if (passkey.lastUsedAt) {
                  · {{ words.t('profile.last-used', { at: words.instant(passkey.lastUsedAt) }) }}
                }
              </span>
            </div>
            <app-confirm-button
              [label]="words.t('confirm.remove')"
              [name]="words.t('confirm.remove-this', { what: passkey.name })"
              [question]="words.t('passkey.remove-question', { name: passkey.name })"
              [disabled]="sending.busy()"
              (confirmed)="remove(passkey.passkeyId)"
            />
          </li>
        }
      </ul>
    } @else {
      <p>{{ words.t('passkey.none') }}</p>
    }
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    <p aria-live="polite" class="help">{{ told() }}</p>
    <app-add-passkey (added)="added($event)" />
  `,
})
export class ProfilePasskeys {
  protected readonly words = inject(Words);
  private readonly client = inject(ProfileClient);
  protected readonly sending = new Sending();
  protected readonly told = signal('');
  readonly profile = input.required<Profile>();
  readonly changed = output<Profile>();

  protected added(profile: Profile): void {
    this.told.set(this.words.t('passkey.now-added'));
    this.changed.emit(profile);
  }

  protected async remove(passkeyId: string): Promise<void> {
    const profile = await this.sending.run(() => this.client.removePasskey(passkeyId));
    if (!profile) return;
    this.told.set(this.words.t('passkey.now-removed'));
    this.changed.emit(profile);
  }
}

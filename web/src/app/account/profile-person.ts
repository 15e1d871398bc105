import { Component, inject, input, output, signal } from '@angular/core';
import type { Profile } from '@throughway/contracts/profile';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { TroubleNotice } from '../ui/trouble-notice';
import { LANGUAGES, Words } from '../ui/words';

/** Name and language. */
@Component({
  selector: 'app-profile-person',
  imports: [TroubleNotice],
  template: `
    <form class="narrow" (submit)="$event.preventDefault(); save(name.value, language.value)">
      <label class="field">
        <span>{{ words.t('profile.name') }}</span>
        <input #name required maxlength="200" autocomplete="name" [value]="profile().person.name" />
      </label>
      <label class="field">
        <span>{{ words.t('profile.language') }}</span>
        <select #language autocomplete="language">
          @for (each of languages; track each) {
            <option [value]="each" [selected]="each === profile().person.language">
              {{ words.t('nav.languages.' + each) }}
            </option>
          }
        </select>
      </label>
      @if (profile().person.email; as email) {
        <p class="help breakable">{{ words.t('profile.email', { email }) }}</p>
      }
      @if (sending.trouble(); as trouble) {
        <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="save(name.value, language.value)" />
      }
      <p class="form-end">
        <button type="submit" [disabled]="sending.busy()">{{ words.t('profile.save') }}</button>
        <span aria-live="polite">{{ saved() ? words.t('profile.saved') : '' }}</span>
      </p>
    </form>
  `,
})
export class ProfilePerson {
  protected readonly words = inject(Words);
  protected readonly languages = LANGUAGES;
  private readonly client = inject(ProfileClient);
  protected readonly sending = new Sending();
  protected readonly saved = signal(false);
  readonly profile = input.required<Profile>();
  readonly changed = output<Profile>();

  protected async save(name: string, spoken: string): Promise<void> {
    this.saved.set(false);
    const language = spoken === 'es' ? 'es' : 'en';
    const profile = await this.sending.run(() => this.client.change({ name: name.trim(), language }));
    if (!profile) return;
    this.saved.set(true);
    this.changed.emit(profile);
  }
}

import { Component, inject, input, output, signal } from '@angular/core';
import type { Profile } from '@throughway/contracts/profile';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { PasswordField } from '../ui/password-field';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** Sets a password, or changes the one that is there. */
@Component({
  selector: 'app-set-password',
  imports: [PasswordField, TroubleNotice],
  template: `
    <form class="narrow" (submit)="$event.preventDefault(); set()">
      @if (needsCurrent()) {
        <app-password-field
          name="current"
          autocomplete="current-password"
          [label]="words.t('password.current')"
          [(value)]="current"
        />
      }
      <app-password-field
        name="new"
        autocomplete="new-password"
        [label]="words.t('password.new')"
        [help]="words.t('password.help')"
        [(value)]="password"
      />
      @if (sending.trouble(); as trouble) {
        <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="set()" />
      }
      <p class="form-end">
        <button type="submit" class="primary" [disabled]="sending.busy()">
          {{ words.t(known() ? 'password.change' : 'password.set') }}
        </button>
        <span aria-live="polite">{{ saved() ? words.t('password.saved') : '' }}</span>
      </p>
    </form>
  `,
})
export class SetPassword {
  protected readonly words = inject(Words);
  private readonly client = inject(ProfileClient);
  protected readonly sending = new Sending();
  /** Whether there is a password already. */
  readonly known = input.required<boolean>();
  /** Whether the current one has to be given. */
  readonly needsCurrent = input.required<boolean>();
  readonly changed = output<Profile>();
  protected readonly current = signal('');
  protected readonly password = signal('');
  protected readonly saved = signal(false);

  protected async set(): Promise<void> {
    this.saved.set(false);
    const current = this.needsCurrent() ? this.current() : undefined;
    const profile = await this.sending.run(() => this.client.setPassword(this.password(), current));
    if (!profile) return;
    this.current.set('');
    this.password.set('');
    this.saved.set(true);
    this.changed.emit(profile);
  }
}

import { Component, inject, input, output, signal } from '@angular/core';
import { OPTIONAL_MAILS, type OptionalMail, type Profile } from '@throughway/contracts/profile';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** Which mails come: those that can be turned off, and those that cannot. */
@Component({
  selector: 'app-profile-mails',
  imports: [TroubleNotice],
  template: `
    <fieldset class="choices">
      <legend>{{ words.t('profile.mails-optional') }}</legend>
      @for (mail of optional; track mail) {
        <label>
          <input
            #wanted
            type="checkbox"
            [checked]="!profile().declinedMails.includes(mail)"
            [disabled]="sending.busy()"
            (change)="save(mail, wanted)"
          />
          {{ words.t('profile.mail.' + mail) }}
        </label>
      }
    </fieldset>
    <p class="help">{{ words.t('profile.mails-always') }}</p>
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    <p aria-live="polite" class="help">{{ saved() ? words.t('profile.saved') : '' }}</p>
  `,
})
export class ProfileMails {
  protected readonly words = inject(Words);
  protected readonly optional = OPTIONAL_MAILS;
  private readonly client = inject(ProfileClient);
  protected readonly sending = new Sending();
  protected readonly saved = signal(false);
  readonly profile = input.required<Profile>();
  readonly changed = output<Profile>();

  protected async save(mail: OptionalMail, wanted: HTMLInputElement): Promise<void> {
    this.saved.set(false);
    const others = this.profile().declinedMails.filter((each) => each !== mail);
    const declined = wanted.checked ? others : [...others, mail];
    const profile = await this.sending.run(() => this.client.declineMails(declined));
    if (!profile) {
      wanted.checked = !this.profile().declinedMails.includes(mail);
      return;
    }
    this.saved.set(true);
    this.changed.emit(profile);
  }
}

import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { ConfirmButton } from '../ui/confirm-button';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** Deletes one's own account for good: says first what goes and what stays. */
@Component({
  selector: 'app-delete-account',
  imports: [ConfirmButton, TroubleNotice],
  template: `
    <p>{{ words.t('delete-account.goes') }}</p>
    <p>{{ words.t('delete-account.stays') }}</p>
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    <app-confirm-button
      [label]="words.t('delete-account.do')"
      [name]="words.t('delete-account.do')"
      [question]="words.t('delete-account.question')"
      [disabled]="sending.busy()"
      (confirmed)="erase()"
    />
  `,
})
export class DeleteAccount {
  protected readonly words = inject(Words);
  private readonly client = inject(ProfileClient);
  private readonly router = inject(Router);
  protected readonly sending = new Sending();

  protected async erase(): Promise<void> {
    if (await this.sending.run(() => this.client.erase())) await this.router.navigate(['/sign-in']);
  }
}

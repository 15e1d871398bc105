import { Component, inject, signal } from '@angular/core';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { OPTIONAL_MAILS, type OptionalMail } from '@throughway/contracts/profile';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { FocusHere } from '../ui/focus-here';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { fragmentOf, wholeToken } from './fragment';

/** What the end of an optional mail leads to: one button that turns its kind off. Opening the page changes nothing. */
@Component({
  selector: 'app-stop-mails-page',
  imports: [FocusHere, RouterLink, TroubleNotice],
  template: `
    <div class="page-head">
      <h1>{{ words.t('stop-mails.title') }}</h1>
    </div>
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    @if (token === null) {
      <p class="empty">{{ words.t('stop-mails.no-token') }}</p>
    } @else if (stopped()) {
      <section class="card narrow">
        <h2 appFocusHere>{{ words.t('stop-mails.done') }}</h2>
        @if (mail(); as kind) {
          <p>{{ words.t('stop-mails.were') }} {{ words.t('profile.mail.' + kind) }}</p>
        }
        <p class="help">
          {{ words.t('stop-mails.again') }} <a routerLink="/profile">{{ words.t('profile.title') }}</a>
        </p>
      </section>
    } @else {
      <section class="card narrow">
        @if (mail(); as kind) {
          <p>{{ words.t('stop-mails.come') }} {{ words.t('profile.mail.' + kind) }}</p>
        }
        <p class="help">{{ words.t('stop-mails.means') }}</p>
        <p class="form-end">
          <button type="button" class="primary" [disabled]="sending.busy()" (click)="stop()">
            {{ words.t('stop-mails.stop') }}
          </button>
        </p>
      </section>
    }
  `,
})
export class StopMailsPage {
  protected readonly words = inject(Words);
  private readonly client = inject(ProfileClient);
  private readonly route = inject(ActivatedRoute);
  protected readonly token = fragmentOf(this.route, 'token');
  protected readonly sending = new Sending();
  protected readonly stopped = signal(false);
  /** As the address says, then as the server does. */
  protected readonly mail = signal<OptionalMail | undefined>(
    OPTIONAL_MAILS.find((each) => each === fragmentOf(this.route, 'mail')),
  );

  protected async stop(): Promise<void> {
    const token = this.token;
    if (token === null) return;
    const mail = await this.sending.run(() => this.client.stopMails(wholeToken(token)));
    if (!mail) return;
    this.mail.set(mail);
    this.stopped.set(true);
  }
}

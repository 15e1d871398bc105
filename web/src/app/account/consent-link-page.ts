import { Component, inject, type OnInit, signal } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import type { Consent } from '@throughway/contracts/consents';
import { ConsentsClient } from '../data/consents-client';
import { Sending } from '../data/sending';
import { ConsentCard } from '../ui/consent-card';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { fragmentOf, wholeToken } from './fragment';

/** What a mailed link opens for whom has no account: one consent, to read, give, decline or take back. */
@Component({
  selector: 'app-consent-link-page',
  imports: [ConsentCard, Skeleton, TroubleNotice],
  template: `
    <div class="page-head">
      <h1>{{ words.t('consent-link.title') }}</h1>
      <p class="lede">{{ words.t('consent-link.lede') }}</p>
    </div>
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="consent() !== null" (retry)="look()" />
    }
    @if (broken) {
      <p class="empty">{{ words.t('consent-link.no-token') }}</p>
    } @else if (!consent() && sending.busy()) {
      <app-skeleton [rows]="6" />
    }
    @if (consent(); as shown) {
      <h2>{{ shown.student.name }}</h2>
      <app-consent-card
        [consent]="shown"
        [busy]="sending.busy()"
        [justDone]="done()"
        (answered)="say($event)"
        (withdrawn)="takeBack()"
      />
      <p class="help">{{ words.t('consent-link.for-you', { until: words.date(shown.untilOn) }) }}</p>
    }
  `,
})
export class ConsentLinkPage implements OnInit {
  protected readonly words = inject(Words);
  private readonly client = inject(ConsentsClient);
  private readonly token = fragmentOf(inject(ActivatedRoute), 'token');
  protected readonly broken = this.token === null;
  protected readonly sending = new Sending();
  protected readonly consent = signal<Consent | null>(null);
  protected readonly done = signal(false);

  ngOnInit(): void {
    void this.look();
  }

  protected look(): Promise<void> {
    return this.send((token) => this.client.openLink(token));
  }

  protected say(given: 'given' | 'declined'): Promise<void> {
    return this.send((token) => this.client.answerByLink(token, given), true);
  }

  protected takeBack(): Promise<void> {
    return this.send((token) => this.client.withdrawByLink(token), true);
  }

  private async send(work: (token: string) => Promise<Consent>, decides = false): Promise<void> {
    const token = this.token;
    if (token === null) return;
    this.done.set(false);
    const answered = await this.sending.run(() => work(wholeToken(token)));
    if (!answered) return;
    this.consent.set(answered);
    this.done.set(decides);
  }
}

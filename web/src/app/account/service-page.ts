import { Component, DOCUMENT, inject, input, type OnInit, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Sending } from '../data/sending';
import { SessionClient } from '../data/session-client';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { RememberedReturn } from './remembered-return';
import { homeOf, pathHere } from './return-path';

/** Back from a sign-in service: what it sent along is taken out of the address and handed to the server. */
@Component({
  selector: 'app-service-page',
  imports: [RouterLink, Skeleton, TroubleNotice],
  template: `
    <div class="page-head">
      <h1>{{ words.t('service.title') }}</h1>
    </div>
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    @if (refused()) {
      <p class="notice" role="alert">{{ words.t('refusal.provider-refused') }}</p>
    }
    @if (sending.busy()) {
      <app-skeleton [rows]="3" />
    } @else {
      <p>
        <a routerLink="/sign-in">{{ words.t('service.back') }}</a>
      </p>
    }
  `,
})
export class ServicePage implements OnInit {
  protected readonly words = inject(Words);
  private readonly client = inject(SessionClient);
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);
  private readonly remembered = inject(RememberedReturn);

  readonly providerId = input.required<string>();
  readonly code = input<string>();
  readonly state = input<string>();
  readonly iss = input<string>();

  protected readonly sending = new Sending();
  /** The service sent no code: the person chose not to, or may not. */
  protected readonly refused = signal(false);

  ngOnInit(): void {
    void this.finish();
  }

  private async finish(): Promise<void> {
    const [code, state, iss] = [this.code(), this.state(), this.iss()];
    void this.router.navigate([], { queryParams: {}, replaceUrl: true });
    if (!code || !state) {
      this.refused.set(true);
      return;
    }
    const sentBack = iss === undefined ? { code, state } : { code, state, iss };
    const session = await this.sending.run(() => this.client.withProvider(this.providerId(), sentBack));
    if (!session) return;
    const then = pathHere(this.remembered.take(), this.document.location.origin);
    if (session.secondFactor === 'settled')
      await this.router.navigateByUrl(then ?? homeOf(session), { replaceUrl: true });
    else await this.router.navigate(['/sign-in'], { queryParams: { then }, replaceUrl: true });
  }
}

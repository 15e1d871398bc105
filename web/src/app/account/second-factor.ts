import { Component, DOCUMENT, inject, output } from '@angular/core';
import { passkeysAt } from '../data/passkeys';
import { Sending } from '../data/sending';
import { SessionClient } from '../data/session-client';
import { FocusHere } from '../ui/focus-here';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** The second step of a sign-in: a code of the authenticator app, a recovery code, or a passkey. */
@Component({
  selector: 'app-second-factor',
  imports: [FocusHere, TroubleNotice],
  template: `
    <section class="card narrow" aria-labelledby="second-title">
      <h2 id="second-title" appFocusHere>{{ words.t('second-factor.title') }}</h2>
      <p>{{ words.t('second-factor.means') }}</p>
      <form (submit)="$event.preventDefault(); prove(code.value)">
        <label class="field" for="second-code">
          <span>{{ words.t('second-factor.code') }}</span>
        </label>
        <input
          #code
          id="second-code"
          class="code"
          required
          minlength="6"
          maxlength="40"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck="false"
          aria-describedby="second-help"
        />
        <p id="second-help" class="help">{{ words.t('second-factor.help') }}</p>
        @if (sending.trouble(); as trouble) {
          <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="prove(code.value)" />
        }
        <p class="form-end">
          <button type="submit" class="primary" [disabled]="sending.busy()">{{ words.t('second-factor.go') }}</button>
          @if (passkeys) {
            <button type="button" [disabled]="sending.busy()" (click)="withPasskey()">
              {{ words.t('second-factor.passkey') }}
            </button>
          }
          <button type="button" [disabled]="sending.busy()" (click)="leave()">{{ words.t('nav.sign-out') }}</button>
        </p>
      </form>
    </section>
  `,
})
export class SecondFactor {
  protected readonly words = inject(Words);
  private readonly client = inject(SessionClient);
  protected readonly sending = new Sending();
  protected readonly passkeys = passkeysAt(inject(DOCUMENT).location) === 'possible';
  readonly proved = output();

  protected async prove(code: string): Promise<void> {
    if (await this.sending.run(() => this.client.secondFactor(code.trim()))) this.proved.emit();
  }

  protected async withPasskey(): Promise<void> {
    if (await this.sending.run(() => this.client.withPasskey())) this.proved.emit();
  }

  protected async leave(): Promise<void> {
    await this.sending.run(() => this.client.end());
  }
}

import { Component, DOCUMENT, inject, output } from '@angular/core';
import { passkeysAt } from '../data/passkeys';
import { Sending } from '../data/sending';
import { SessionClient } from '../data/session-client';
import { FocusHere } from '../ui/focus-here';
import { Words } from '../ui/words';
import { AddPasskey } from './add-passkey';
import { SetUpAuthenticator } from './set-up-authenticator';

/** What staff do once, before their role counts: choose a second factor and set it up. */
@Component({
  selector: 'app-enrollment',
  imports: [AddPasskey, FocusHere, SetUpAuthenticator],
  template: `
    <section aria-labelledby="enroll-title">
      <h2 id="enroll-title" appFocusHere>{{ words.t('enrollment.title') }}</h2>
      <p class="lede">{{ words.t('enrollment.means') }}</p>
      <div class="side-by-side">
        @if (!app.showsCodes()) {
          <section class="card" aria-labelledby="enroll-passkey">
            <h3 id="enroll-passkey">{{ words.t('enrollment.passkey') }}</h3>
            <p>{{ words.t('enrollment.passkey-means') }}</p>
            <app-add-passkey (added)="settled.emit('passkey')" />
          </section>
        }
        <section class="card" aria-labelledby="enroll-app">
          <h3 id="enroll-app">{{ words.t('enrollment.app') }}</h3>
          <p>{{ words.t('enrollment.app-means') }}</p>
          <app-set-up-authenticator #app (done)="settled.emit('app')" />
        </section>
      </div>
      @if (!app.showsCodes()) {
        <p>
          <button type="button" [disabled]="leaving.busy()" (click)="leave()">{{ words.t('nav.sign-out') }}</button>
        </p>
      }
    </section>
  `,
})
export class Enrollment {
  protected readonly words = inject(Words);
  private readonly client = inject(SessionClient);
  protected readonly leaving = new Sending();
  protected readonly passkeys = passkeysAt(inject(DOCUMENT).location) === 'possible';
  /** By which of the two: a passkey signs in by itself, an app only beside another way. */
  readonly settled = output<'passkey' | 'app'>();

  protected async leave(): Promise<void> {
    await this.leaving.run(() => this.client.end());
  }
}

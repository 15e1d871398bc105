import { Component, inject, output } from '@angular/core';
import { Words } from '../ui/words';
import { AddPasskey } from './add-passkey';
import { SetPassword } from './set-password';

/** How a new person signs in from now on: a passkey, a password, or links by mail. */
@Component({
  selector: 'app-first-way-in',
  imports: [AddPasskey, SetPassword],
  template: `
    <p class="lede">{{ words.t('first-way.lede') }}</p>
    <div class="side-by-side">
      <section class="card" aria-labelledby="first-passkey">
        <h3 id="first-passkey">{{ words.t('first-way.passkey') }}</h3>
        <p>{{ words.t('enrollment.passkey-means') }}</p>
        <app-add-passkey (added)="done.emit()" />
      </section>
      <section class="card" aria-labelledby="first-password">
        <h3 id="first-password">{{ words.t('first-way.password') }}</h3>
        <app-set-password [known]="false" [needsCurrent]="false" (changed)="done.emit()" />
      </section>
    </div>
    <p class="form-end">
      <button type="button" (click)="done.emit()">{{ words.t('first-way.links') }}</button>
      <span class="help">{{ words.t('first-way.links-help') }}</span>
    </p>
  `,
})
export class FirstWayIn {
  protected readonly words = inject(Words);
  readonly done = output();
}

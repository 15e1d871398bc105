import { Component, inject, input } from '@angular/core';
import type { Disclosure } from '@throughway/contracts/consents';
import { SampleMark } from './sample-mark';
import { Words } from './words';

/** Who looked at what of a record, when, and on what ground. */
@Component({
  selector: 'app-disclosure-list',
  imports: [SampleMark],
  template: `
    @if (disclosures().length) {
      <ul class="plain rows">
        @for (look of disclosures(); track look.disclosureId) {
          <li>
            <div>
              {{ look.person ?? words.t('consent.someone') }}, {{ look.recipient.name }}
              <app-sample-mark [sample]="look.recipient.sample" />
              <span class="under">{{ parts(look) }}</span>
              <span class="under">
                {{
                  look.basis === 'consent'
                    ? words.t('disclosure.consent', { why: words.t('purpose.' + look.purpose) })
                    : words.t('disclosure.exception', { rule: look.basis })
                }}
              </span>
            </div>
            <span>{{ words.instant(look.at) }}</span>
          </li>
        }
      </ul>
    } @else {
      <p>{{ words.t('disclosure.none') }}</p>
    }
  `,
})
export class DisclosureList {
  protected readonly words = inject(Words);
  readonly disclosures = input.required<readonly Disclosure[]>();

  protected parts({ records }: Disclosure): string {
    return this.words.t('disclosure.saw', {
      parts: this.words.list(records.map((part) => this.words.t(`record-part.${part}`))),
    });
  }
}

import { Component, inject, input } from '@angular/core';
import type { RetentionOutlook as Outlook } from '@throughway/contracts/students';
import { Words } from '../ui/words';

/** How many records fall due to be erased, and when: to keep one, a school lists it again. */
@Component({
  selector: 'app-retention-outlook',
  template: `
    <section class="card" aria-labelledby="retention-title">
      <h2 id="retention-title">{{ words.t('retention.title') }}</h2>
      <p>{{ words.plural('retention.rule', outlook().years) }}</p>
      <dl class="facts">
        <div>
          <dt>{{ words.plural('retention.due', outlook().days) }}</dt>
          <dd>
            {{ outlook().dueCount ? words.plural('retention.records', outlook().dueCount) : words.t('retention.none') }}
          </dd>
        </div>
        <div>
          <dt>{{ words.t('retention.next-run') }}</dt>
          <dd>{{ words.date(outlook().nextRunOn) }}</dd>
        </div>
      </dl>
    </section>
  `,
})
export class RetentionOutlook {
  protected readonly words = inject(Words);
  readonly outlook = input.required<Outlook>();
}

import { Component, inject, input } from '@angular/core';
import type { Board } from '@throughway/contracts/board';
import { Words } from './words';

/** Where a page's figures come from: the run, openable. */
@Component({
  selector: 'app-run-receipt',
  template: `
    <details class="receipt">
      <summary>{{ words.t('receipt.summary', { date: words.date(run().asOf) }) }}</summary>
      <p>{{ words.t('receipt.means') }}</p>
      <dl class="facts">
        <div>
          <dt>{{ words.t('receipt.as-of') }}</dt>
          <dd>{{ words.date(run().asOf) }}</dd>
        </div>
        <div>
          <dt>{{ words.t('receipt.finished') }}</dt>
          <dd>{{ words.instant(run().finishedAt) }}</dd>
        </div>
        <div>
          <dt>{{ words.t('receipt.engine') }}</dt>
          <dd>{{ run().engine }}</dd>
        </div>
        <div>
          <dt>{{ words.t('receipt.digest') }}</dt>
          <dd class="breakable">{{ run().digest }}</dd>
        </div>
        <div>
          <dt>{{ words.t('receipt.run') }}</dt>
          <dd class="breakable">{{ run().runId }}</dd>
        </div>
      </dl>
    </details>
  `,
})
export class RunReceipt {
  protected readonly words = inject(Words);
  readonly run = input.required<Board['run']>();
}

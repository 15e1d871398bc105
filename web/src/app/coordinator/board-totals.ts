import { Component, inject, input } from '@angular/core';
import type { Board } from '@throughway/contracts/board';
import { StatusWord } from '../ui/status-word';
import { Words } from '../ui/words';

/** Graduates and seats, and beside them demand in its three tiers, which are never added up. */
@Component({
  selector: 'app-board-totals',
  imports: [StatusWord],
  template: `
    <div class="totals">
      <section class="card" aria-labelledby="graduates-title">
        <h2 id="graduates-title">{{ words.t('totals.graduates.title') }}</h2>
        <dl class="figures">
          <div>
            <dt>{{ words.t('totals.graduates.completers') }}</dt>
            <dd>{{ words.count(totals().completers) }}</dd>
          </div>
          <div>
            <dt>{{ words.t('totals.graduates.seated') }}</dt>
            <dd>{{ words.count(totals().seated) }}</dd>
          </div>
          <div class="main-figure">
            <dt>{{ words.t('totals.graduates.without-seat') }}</dt>
            <dd>{{ words.count(totals().withoutSeat) }}</dd>
          </div>
        </dl>
        <p class="help">{{ words.t('totals.graduates.help', { date: words.date(asOf()) }) }}</p>
      </section>
      <section class="card" aria-labelledby="demand-title">
        <h2 id="demand-title">{{ words.t('totals.demand.title') }}</h2>
        <dl class="figures">
          <div>
            <dt>{{ words.t('tier.promised.name') }}</dt>
            <dd>{{ words.count(totals().promisedSeats) }}</dd>
            <dd class="help">{{ words.t('tier.promised.means') }}</dd>
          </div>
          <div>
            <dt>{{ words.t('tier.posted.name') }}</dt>
            <dd>{{ words.count(totals().postedHeadcount) }}</dd>
            <dd class="help">{{ words.t('tier.posted.means') }}</dd>
          </div>
          <div>
            <dt>{{ words.t('tier.projected.name') }}</dt>
            <dd>{{ words.whole(totals().projectedOpenings) }}</dd>
            <dd class="help">{{ words.t('tier.projected.means') }}</dd>
            @for (source of totals().projectedSources; track $index) {
              <dd class="help">
                {{ source.source }}, {{ source.vintage }}
                @if (source.overdue) {
                  <app-status-word is="waiting">{{ words.t('source.overdue') }}</app-status-word>
                }
              </dd>
            }
          </div>
        </dl>
        <p class="help">{{ words.t('tier.never-added') }}</p>
      </section>
    </div>
  `,
})
export class BoardTotals {
  protected readonly words = inject(Words);
  readonly totals = input.required<Board['totals']>();
  readonly asOf = input.required<string>();
}

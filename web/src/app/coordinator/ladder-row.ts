import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PartnershipRow } from '@throughway/contracts/partnerships';
import { FlagChip } from '../ui/flag-chip';
import { Words } from '../ui/words';

/** One partnership on the ladder: where it stands, why and since when, and the cheapest step upward. */
@Component({
  selector: 'app-ladder-row',
  imports: [FlagChip, RouterLink],
  template: `
    <div class="ladder-row">
      <div>
        <h3>
          <a [routerLink]="['/partnerships', row().employerId, row().pathwayId]" [queryParams]="{ network: network() }"
            >{{ row().employerName }} × {{ row().pathwayName }}</a
          >
        </h3>
        <p class="help">{{ row().institutionName }}</p>
        <p>
          <strong
            >{{ words.t('ladder.rung', { rung: row().rung }) }}: {{ words.t('rung.' + row().rung + '.name') }}</strong
          >
        </p>
      </div>
      <div>
        <ul class="plain">
          @for (flag of row().flags; track flag.code) {
            <li>
              <app-flag-chip [code]="flag.code" />
              <span class="help">{{ words.t('evidence.since', { date: words.date(flag.since) }) }}</span>
              <span class="under">{{ words.t('flag.' + flag.code + '.means') }}</span>
            </li>
          } @empty {
            <li>{{ words.t('evidence.no-flags') }}</li>
          }
        </ul>
        <p class="help">
          {{
            row().lastEvidenceOn
              ? words.t('ladder.last', { date: words.date(row().lastEvidenceOn) })
              : words.t('ladder.no-evidence')
          }}
        </p>
      </div>
      <div>
        <p class="help">{{ words.t('ladder.next') }}</p>
        <p>{{ row().nextSteps[0] ? words.t('step.' + row().nextSteps[0]) : words.t('ladder.no-step') }}</p>
      </div>
    </div>
  `,
})
export class LadderRow {
  protected readonly words = inject(Words);
  readonly row = input.required<PartnershipRow>();
  readonly network = input.required<string>();
}

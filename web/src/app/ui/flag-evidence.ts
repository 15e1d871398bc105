import { Component, inject, input } from '@angular/core';
import { FlagChip } from './flag-chip';
import type { FlagCode } from './flag-shape';
import { Words } from './words';

/** Flags with what they mean, since when, and the rows that raise them. */
@Component({
  selector: 'app-flag-evidence',
  imports: [FlagChip],
  template: `
    <ul class="flag-evidence">
      @for (flag of flags(); track flag.code) {
        <li>
          <p>
            <app-flag-chip [code]="flag.code" />
            <span class="help">{{ words.t('evidence.since', { date: words.date(flag.since) }) }}</span>
          </p>
          <p>{{ words.t('flag.' + flag.code + '.means') }}</p>
          @if (flag.because.length) {
            <details>
              <summary>{{ words.plural('evidence.rows', flag.because.length) }}</summary>
              <ul>
                @for (row of flag.because; track row.id) {
                  <li>
                    {{ words.t('kind.' + row.kind) }}: {{ row.label }}
                    <span class="under breakable">{{ row.id }}</span>
                  </li>
                }
              </ul>
            </details>
          } @else {
            <p class="help">{{ words.t('evidence.absence') }}</p>
          }
        </li>
      } @empty {
        <li>{{ words.t('evidence.no-flags') }}</li>
      }
    </ul>
  `,
})
export class FlagEvidence {
  protected readonly words = inject(Words);
  readonly flags =
    input.required<
      readonly { code: FlagCode; since: string; because: readonly { id: string; kind: string; label: string }[] }[]
    >();
}

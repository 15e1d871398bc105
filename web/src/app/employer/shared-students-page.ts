import { Component, computed, inject, input } from '@angular/core';
import type { SharedStudent } from '@throughway/contracts/consents';
import { ConsentsClient } from '../data/consents-client';
import { Pager } from '../ui/pager';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** Students who let the reader's employer see something of their record, and exactly that. */
@Component({
  selector: 'app-shared-students-page',
  imports: [Pager, Skeleton, TroubleNotice],
  template: `
    <div class="page-head">
      <h1>{{ words.t('shared-students.title') }}</h1>
      <p class="lede">{{ words.t('shared-students.lede') }}</p>
    </div>
    @if (answer.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="answer.reload()" />
    }
    @if (answer.value(); as found) {
      @for (each of found.shared; track each.consentId) {
        <section class="card" [attr.aria-labelledby]="each.consentId">
          <h2 [id]="each.consentId">{{ each.name ?? words.t('shared-students.unnamed') }}</h2>
          <p>
            {{ words.t('purpose.' + each.purpose) }}
            <span class="under">{{ words.t('shared-students.until', { date: words.date(each.untilOn) }) }}</span>
          </p>
          <dl class="facts">
            @for (fact of facts(each); track fact.part) {
              <div>
                <dt>{{ words.t('shared-students.' + fact.part) }}</dt>
                <dd class="breakable">{{ fact.value ?? words.t('not-known') }}</dd>
              </div>
            }
          </dl>
        </section>
      } @empty {
        <p class="empty">{{ words.t('shared-students.empty') }}</p>
      }
      <app-pager [page]="found.page" [rowCount]="found.total" [size]="found.size" />
    } @else if (answer.loading()) {
      <app-skeleton [rows]="8" />
    }
  `,
})
export class SharedStudentsPage {
  protected readonly words = inject(Words);
  /** From the address. */
  readonly page = input<string>();
  private readonly at = computed(() => Math.max(1, Math.trunc(Number(this.page())) || 1));
  protected readonly answer = inject(ConsentsClient).shared(this.at);

  protected facts(shared: SharedStudent): { part: 'contact' | 'grade' | 'school'; value: string | null }[] {
    const parts = ['school', 'grade', 'contact'] as const;
    return parts.filter((part) => shared.records.includes(part)).map((part) => ({ part, value: shared[part] }));
  }
}

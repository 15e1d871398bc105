import { Component, computed, inject, input } from '@angular/core';
import type { AuditEntry } from '@throughway/contracts/audit';
import { Words } from '../ui/words';

/** Keys whose values are words of their own, and where those stand. */
const WORD_OF: Readonly<Record<string, (value: string) => string>> = {
  role: (value) => `role.${value}`,
  kind: (value) => `organization-kind.${value}`,
  purpose: (value) => `purpose.${value}`,
  as: (value) => `audit.as.${value}`,
};

/** What lies beside an entry, or that it was erased. */
@Component({
  selector: 'app-audit-detail',
  template: `
    @if (entry().erased) {
      <span class="help">{{ words.t('audit.erased') }}</span>
    }
    @for (line of lines(); track line.key) {
      <div>{{ line.name }}: {{ line.value }}</div>
    } @empty {
      @if (!entry().erased) {
        <span class="help">{{ words.t('audit.no-detail') }}</span>
      }
    }
  `,
})
export class AuditDetail {
  protected readonly words = inject(Words);
  readonly entry = input.required<AuditEntry>();
  protected readonly lines = computed(() =>
    Object.entries(this.entry().detail ?? {}).map(([key, value]) => ({
      key,
      name: this.words.t(`audit.detail.${key}`),
      value: this.said(key, value),
    })),
  );

  private said(key: string, value: string | number | null): string {
    if (typeof value !== 'string') return this.words.count(value);
    const word = WORD_OF[key];
    return word ? this.words.t(word(value)) : value;
  }
}

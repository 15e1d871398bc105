import { Component, computed, inject, input, output } from '@angular/core';
import { Words } from './words';

/** What went wrong, what was kept and what to do, in the server's words where it had any. */
@Component({
  selector: 'app-trouble-notice',
  template: `
    <div class="notice trouble" role="alert">
      <p>
        <strong>{{ words.t('trouble.' + trouble().kind + '.title') }}</strong>
        {{ trouble().detail ?? words.t('trouble.' + trouble().kind + '.means') }}
      </p>
      @if (trouble().fields.length) {
        <ul>
          @for (field of trouble().fields; track field.path) {
            <li>{{ words.t('trouble.field', { path: field.path, found: field.found, expected: field.expected }) }}</li>
          }
        </ul>
      }
      <p>
        {{ words.t(uncertain() ? 'trouble.maybe-arrived' : 'trouble.kept') }}
        @if (trouble().requestId) {
          {{ words.t('trouble.request', { id: trouble().requestId! }) }}
        }
      </p>
      @if (retriable()) {
        <button type="button" (click)="retry.emit()">{{ words.t('trouble.retry') }}</button>
      }
    </div>
  `,
})
export class TroubleNotice {
  protected readonly words = inject(Words);
  readonly trouble = input.required<{
    kind: 'refused' | 'not-found' | 'unreachable' | 'broken';
    detail: string | null;
    fields: readonly { path: string; found: string; expected: string }[];
    requestId: string | null;
  }>();
  /** Whether something was being sent, so that a lost answer leaves open if it arrived. */
  readonly sending = input(false);
  readonly retry = output();
  protected readonly uncertain = computed(() => this.sending() && this.retriable());
  protected readonly retriable = computed(() => ['unreachable', 'broken'].includes(this.trouble().kind));
}

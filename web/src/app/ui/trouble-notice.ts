import { Component, computed, inject, input, output } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { REFUSAL_CODES } from './refusal-codes';
import { Words } from './words';

/** What went wrong, what was kept and what to do: in the reader's language where the words know the refusal, else as the server said it. */
@Component({
  selector: 'app-trouble-notice',
  imports: [RouterLink],
  template: `
    <div class="notice trouble" role="alert">
      <p>
        <strong>{{ words.t('trouble.' + trouble().kind + '.title') }}</strong>
        {{ sentence() }}
      </p>
      @if (fields().length) {
        <ul>
          @for (field of fields(); track field.path) {
            <li>{{ words.t('trouble.field', { path: field.path, found: field.found, expected: field.expected }) }}</li>
          }
        </ul>
      }
      <p>
        {{ words.t(uncertain() ? 'trouble.maybe-arrived' : 'trouble.kept') }}
        @if (trouble().requestId && !known()) {
          {{ words.t('trouble.request', { id: trouble().requestId! }) }}
        }
      </p>
      @if (needsSignIn()) {
        <p>
          <a routerLink="/sign-in" [queryParams]="{ then: router.url }">{{ words.t('nav.sign-in') }}</a>
        </p>
      }
      @if (trouble().code === 'changed-meanwhile') {
        <p>
          <a [href]="router.url">{{ words.t('trouble.look-again') }}</a>
        </p>
      }
      @if (retriable()) {
        <button type="button" (click)="retry.emit()">{{ words.t('trouble.retry') }}</button>
      }
    </div>
  `,
})
export class TroubleNotice {
  protected readonly words = inject(Words);
  protected readonly router = inject(Router);
  readonly trouble = input.required<{
    kind: 'refused' | 'not-found' | 'unreachable' | 'broken';
    code?: string | null;
    detail: string | null;
    fields: readonly { path: string; found: string; expected: string }[];
    requestId: string | null;
  }>();
  /** Whether something was being sent, so that a lost answer leaves open if it arrived. */
  readonly sending = input(false);
  readonly retry = output();
  protected readonly known = computed(() => REFUSAL_CODES.find((code) => code === this.trouble().code));
  /** Where bad input stood, unless a sentence says it better. */
  protected readonly fields = computed(() => (this.known() || this.isBlank() ? [] : this.trouble().fields));
  /** Everything wrong is a text that was left empty, or holds spaces alone. */
  private readonly isBlank = computed(() => {
    const { code, fields } = this.trouble();
    return code === 'bad-input' && fields.length > 0 && fields.every(({ found }) => /^(nothing|"\s*")$/.test(found));
  });
  protected readonly sentence = computed(() => {
    const code = this.known();
    if (code) return this.words.t(`refusal.${code}`);
    if (this.isBlank()) return this.words.t('trouble.blank');
    if (this.fields().length) return '';
    return this.trouble().detail ?? this.words.t(`trouble.${this.trouble().kind}.means`);
  });
  /** Signed out meanwhile, or half signed in: the way on is the sign-in page, and back here. */
  protected readonly needsSignIn = computed(
    () =>
      ['not-signed-in', 'second-factor-needed'].includes(this.trouble().code ?? '') &&
      !this.router.url.startsWith('/sign-in'),
  );
  protected readonly uncertain = computed(() => this.sending() && this.retriable());
  protected readonly retriable = computed(() => ['unreachable', 'broken'].includes(this.trouble().kind));
}

import { Component, computed, inject, input } from '@angular/core';
import { Words } from './words';

/** Where some of a cohort's graduates go. */
export interface SeatFlowTarget {
  id: string;
  label: string;
  under: string;
  count: number;
}

/** Height of one target's row in pixels; the rows' style sheet says the same. */
const ROW = 64;
const WIDTH = 160;
const BAR = 12;

/** Graduates flowing from a cohort to seats, each ribbon as wide as its graduates; the last row has no seat. */
@Component({
  selector: 'app-seat-flow',
  template: `
    <div class="seat-flow">
      <svg [attr.viewBox]="'0 0 160 ' + height()" preserveAspectRatio="none" aria-hidden="true">
        @for (ribbon of ribbons(); track ribbon.id) {
          <path [attr.d]="ribbon.d" [class.nowhere]="ribbon.id === ''" />
        }
        <rect width="12" [attr.height]="height()" />
      </svg>
      <ol [attr.aria-label]="words.t('flow.label')">
        @for (target of targets(); track target.id) {
          <li [class.nowhere]="target.id === ''">
            <strong>{{ words.count(target.count) }}</strong>
            <span>
              <span class="one-line">{{ target.label }}</span>
              <span class="under one-line">{{ target.under }}</span>
            </span>
          </li>
        }
      </ol>
    </div>
  `,
})
export class SeatFlow {
  protected readonly words = inject(Words);
  /** Targets with at least one graduate; the one with an empty id is "without a seat". */
  readonly targets = input.required<readonly SeatFlowTarget[]>();

  protected readonly height = computed(() => this.targets().length * ROW);
  protected readonly ribbons = computed(() => {
    const all = this.targets().reduce((sum, { count }) => sum + count, 0);
    const scale = all === 0 ? 0 : this.height() / all;
    let top = 0;
    return this.targets().map(({ id, count }, row) => {
      const from = top;
      top += count * scale;
      return { id, d: ribbon(from, top, row * ROW + ROW / 2, Math.min(ROW - BAR, Math.max(2, count * scale))) };
    });
  });
}

/** A band from the bar's stretch [from, to] to one of `thick` pixels round `middle` at the right edge. */
function ribbon(from: number, to: number, middle: number, thick: number): string {
  const half = WIDTH / 2;
  const [high, low] = [middle - thick / 2, middle + thick / 2];
  return (
    `M${BAR} ${from}C${half} ${from} ${half} ${high} ${WIDTH} ${high}V${low}` +
    `C${half} ${low} ${half} ${to} ${BAR} ${to}Z`
  );
}

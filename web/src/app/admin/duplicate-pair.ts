import { Component, computed, ElementRef, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { EmployerDuplicate } from '@throughway/contracts/employer-duplicates';
import { SampleMark } from '../ui/sample-mark';
import { StatusWord } from '../ui/status-word';
import { Words } from '../ui/words';

/** Two employers side by side: what is equal, word by word, and the three things one can say. */
@Component({
  selector: 'app-duplicate-pair',
  imports: [RouterLink, SampleMark, StatusWord],
  templateUrl: './duplicate-pair.html',
})
export class DuplicatePair {
  protected readonly words = inject(Words);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly pair = input.required<EmployerDuplicate>();
  readonly busy = input(false);
  readonly merge = output<string>();
  readonly apart = output();
  readonly undo = output();

  protected readonly titleId = computed(() => `pair-${this.pair().duplicateId}`);
  /** Of a merged pair the first is the one that stays. */
  protected readonly sides = computed(() => [this.pair().first, this.pair().second]);

  protected readonly names = computed(() => ({ first: this.pair().first.name, second: this.pair().second.name }));

  protected isEqual(reason: EmployerDuplicate['reasons'][number]): boolean {
    return this.pair().reasons.includes(reason);
  }

  /** The pressed button goes away; the focus stays with the pair. */
  protected stay(): void {
    this.element.querySelector<HTMLElement>('h2')?.focus();
  }
}

import { Component, type ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { Words } from './words';

/** A button for what cannot be undone: it asks once more, in its place. Escape, or the second button, keeps things as they are. */
@Component({
  selector: 'app-confirm-button',
  host: { class: 'confirm-button', '(keydown.escape)': 'keep()' },
  template: `
    @if (asking()) {
      <span class="confirm-question" [id]="id">{{ question() }}</span>
      <button #yes type="button" [attr.aria-describedby]="id" [disabled]="disabled()" (click)="confirm()">
        {{ label() }}
      </button>
      <button type="button" (click)="keep()">{{ words.t('confirm.keep') }}</button>
    } @else {
      <button #first type="button" [attr.aria-label]="name()" [disabled]="disabled()" (click)="ask()">
        {{ label() }}
      </button>
    }
  `,
})
export class ConfirmButton {
  private static count = 0;
  protected readonly words = inject(Words);
  protected readonly id = `confirm-${ConfirmButton.count++}`;
  /** What happens, as on the button. */
  readonly label = input.required<string>();
  /** The label with what it is about, for those who do not see the row. */
  readonly name = input.required<string>();
  readonly question = input.required<string>();
  readonly disabled = input(false);
  readonly confirmed = output();
  protected readonly asking = signal(false);
  private readonly yes = viewChild<ElementRef<HTMLElement>>('yes');
  private readonly first = viewChild<ElementRef<HTMLElement>>('first');

  protected ask(): void {
    this.asking.set(true);
    setTimeout(() => this.yes()?.nativeElement.focus());
  }

  protected keep(): void {
    if (!this.asking()) return;
    this.asking.set(false);
    setTimeout(() => this.first()?.nativeElement.focus());
  }

  protected confirm(): void {
    this.asking.set(false);
    this.confirmed.emit();
    setTimeout(() => this.first()?.nativeElement.focus());
  }
}

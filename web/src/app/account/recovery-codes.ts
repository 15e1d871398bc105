import { Component, DOCUMENT, inject, input, output, signal } from '@angular/core';
import { FocusHere } from '../ui/focus-here';
import { Words } from '../ui/words';

/** Recovery codes, shown this once: copied, printed or written down before going on. */
@Component({
  selector: 'app-recovery-codes',
  imports: [FocusHere],
  template: `
    <h3 appFocusHere>{{ words.t('recovery.title') }}</h3>
    <p>{{ words.t('recovery.means') }}</p>
    <ul class="recovery-codes" [attr.aria-label]="words.t('recovery.title')">
      @for (code of codes(); track code) {
        <li>
          <code>{{ code }}</code>
        </li>
      }
    </ul>
    <p class="form-end">
      <button type="button" (click)="copy()">{{ words.t('recovery.copy') }}</button>
      <button type="button" (click)="print()">{{ words.t('recovery.print') }}</button>
      <span aria-live="polite">{{ copied() ? words.t('recovery.copied') : '' }}</span>
    </p>
    <p>
      <button type="button" class="primary" (click)="kept.emit()">{{ words.t('recovery.kept') }}</button>
    </p>
  `,
})
export class RecoveryCodes {
  protected readonly words = inject(Words);
  private readonly window = inject(DOCUMENT).defaultView;
  readonly codes = input.required<readonly string[]>();
  readonly kept = output();
  protected readonly copied = signal(false);

  protected async copy(): Promise<void> {
    try {
      await this.window?.navigator.clipboard.writeText(this.codes().join('\n'));
      this.copied.set(true);
    } catch {
      // The browser does not allow it; the codes can still be selected.
      this.copied.set(false);
    }
  }

  protected print(): void {
    this.window?.print();
  }
}

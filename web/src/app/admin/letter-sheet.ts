import { Component, computed, inject, input } from '@angular/core';
import { DomSanitizer, type SafeResourceUrl } from '@angular/platform-browser';
import type { Letter } from '@throughway/contracts/letters';
import { Words } from '../ui/words';

/** One letter in both of its forms. Its HTML is framed without scripts and as of no origin; its links open beside it. */
@Component({
  selector: 'app-letter-sheet',
  template: `
    <section class="card" aria-labelledby="letter-title">
      <h2 id="letter-title">{{ letter().subject }}</h2>
      <dl class="facts">
        <div>
          <dt>{{ words.t('mailbox.to') }}</dt>
          <dd class="breakable">{{ letter().to }}</dd>
        </div>
        <div>
          <dt>{{ words.t('mailbox.from') }}</dt>
          <dd class="breakable">{{ letter().from }}</dd>
        </div>
      </dl>
      @if (html(); as url) {
        <h3>{{ words.t('mailbox.html') }}</h3>
        <iframe
          class="letter"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          [src]="url"
          [title]="words.t('mailbox.html')"
        ></iframe>
      }
      <h3>{{ words.t('mailbox.text') }}</h3>
      <pre class="letter" tabindex="0">{{ letter().text }}</pre>
    </section>
  `,
})
export class LetterSheet {
  protected readonly words = inject(Words);
  private readonly sanitizer = inject(DomSanitizer);
  readonly letter = input.required<Letter>();
  /** Of this origin alone. */
  protected readonly html = computed((): SafeResourceUrl | null => {
    const { htmlUrl } = this.letter();
    return htmlUrl?.startsWith('/api/') ? this.sanitizer.bypassSecurityTrustResourceUrl(htmlUrl) : null;
  });
}

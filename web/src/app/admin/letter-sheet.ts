import { Component, computed, effect, type ElementRef, inject, input, viewChild } from '@angular/core';
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
      @if (html()) {
        <h3>{{ words.t('mailbox.html') }}</h3>
        <iframe
          #frame
          class="letter"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
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
  private readonly frame = viewChild<ElementRef<HTMLIFrameElement>>('frame');
  readonly letter = input.required<Letter>();
  /** Of this origin alone. */
  protected readonly html = computed(() => {
    const { htmlUrl } = this.letter();
    return htmlUrl?.startsWith('/api/') ? htmlUrl : null;
  });

  constructor() {
    // By hand: binding it would bring Angular's sanitizing of addresses into every page's first load.
    effect(() => {
      const [frame, url] = [this.frame(), this.html()];
      if (frame && url !== null) frame.nativeElement.src = url;
    });
  }
}

import { Component, computed, type ElementRef, inject, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import { type Language, LANGUAGES, Words } from '../ui/words';
import { LanguageChoice } from './language';
import { ScrollMemory } from './scroll-memory';

const PLACES = [
  { path: '/', key: 'nav.board', exact: true },
  { path: '/partnerships', key: 'nav.partnerships', exact: false },
  { path: '/regions', key: 'nav.regions', exact: false },
  { path: '/imports', key: 'nav.imports', exact: false },
  { path: '/method', key: 'nav.method', exact: false },
];

/** The frame round every page: where am I, where can I go, in which language. */
@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  templateUrl: './app.html',
})
export class App {
  protected readonly words = inject(Words);
  protected readonly languages = LANGUAGES;
  protected readonly places = PLACES;
  private readonly choice = inject(LanguageChoice);
  private readonly router = inject(Router);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map((event) => event.urlAfterRedirects),
    ),
    { initialValue: this.router.url },
  );
  /** The network stays chosen from page to page. */
  protected readonly carried = computed(() => {
    const network: unknown = this.router.parseUrl(this.url()).queryParams['network'];
    return typeof network === 'string' ? { network } : {};
  });

  constructor() {
    inject(ScrollMemory).start(() => this.main().nativeElement.focus({ preventScroll: true }));
  }

  protected speak(language: Language): void {
    void this.choice.choose(language);
  }

  protected skipToContent(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }
}

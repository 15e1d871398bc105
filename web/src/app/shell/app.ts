import { Component, computed, DOCUMENT, type ElementRef, inject, viewChild } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import { type Language, LANGUAGES, Words } from '../ui/words';
import { LanguageChoice } from './language';

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
  private readonly document = inject(DOCUMENT);
  private readonly router = inject(Router);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  private readonly arrivals = this.router.events.pipe(filter((event) => event instanceof NavigationEnd));
  private readonly url = toSignal(this.arrivals.pipe(map((event) => event.urlAfterRedirects)), {
    initialValue: this.router.url,
  });
  /** The network stays chosen from page to page. */
  protected readonly carried = computed(() => {
    const network: unknown = this.router.parseUrl(this.url()).queryParams['network'];
    return typeof network === 'string' ? { network } : {};
  });

  constructor() {
    let here = pathOf(this.router.url);
    this.arrivals.pipe(takeUntilDestroyed()).subscribe((event) => {
      const there = pathOf(event.urlAfterRedirects);
      if (there !== here && event.id > 1) this.arrive();
      here = there;
    });
  }

  protected speak(language: Language): void {
    void this.choice.choose(language);
  }

  protected skipToContent(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  /** A new page begins at its top, for the eye and for the keyboard; a changed filter does not move anything. */
  private arrive(): void {
    this.document.defaultView?.scrollTo(0, 0);
    this.main().nativeElement.focus({ preventScroll: true });
  }
}

function pathOf(url: string): string {
  return url.split(/[?#]/)[0] ?? '';
}

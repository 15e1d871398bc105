import { afterNextRender, Component, computed, effect, type ElementRef, inject, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import { SessionStore } from '../data/session-store';
import { type Language, LANGUAGES, Words } from '../ui/words';
import { AccountMenu } from './account-menu';
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
  imports: [AccountMenu, RouterLink, RouterLinkActive, RouterOutlet],
  templateUrl: './app.html',
})
export class App {
  protected readonly words = inject(Words);
  protected readonly languages = LANGUAGES;
  protected readonly places = PLACES;
  private readonly choice = inject(LanguageChoice);
  private readonly router = inject(Router);
  private readonly session = inject(SessionStore);
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
    // Who is signed in changes no public page, so nobody waits for it: the first paint comes before the question.
    afterNextRender(() => setTimeout(() => void this.session.load()));
    this.followLanguageOfPerson();
  }

  /** Someone who signs in, or changes their language in the profile, is spoken to in it; a choice made on this device stands. */
  private followLanguageOfPerson(): void {
    let before: { personId: string; language: Language } | null = null;
    effect(() => {
      const person = this.session.person();
      if (person && person.language !== before?.language) {
        const isChange = before?.personId === person.personId;
        void (isChange ? this.choice.choose(person.language) : this.choice.prefer(person.language));
      }
      before = person;
    });
  }

  protected speak(language: Language): void {
    void this.choice.choose(language);
  }

  protected skipToContent(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }
}

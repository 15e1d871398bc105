import { ApplicationRef, DOCUMENT, inject, Injectable } from '@angular/core';
import { NavigationEnd, NavigationStart, Router } from '@angular/router';

/**
 * Where the page stands after a navigation: a new page begins at its top, a changed filter moves nothing, and going back
 * returns to where the reader was, once the page has its rows again.
 */
@Injectable({ providedIn: 'root' })
export class ScrollMemory {
  private readonly application = inject(ApplicationRef);
  private readonly router = inject(Router);
  private readonly window = inject(DOCUMENT).defaultView;
  /** How far down each visited place of the history was left, by navigation. */
  private readonly left = new Map<number, number>();

  /** Begins to remember; `onNewPage` runs when a link led to another page (not when the reader went back). */
  start(onNewPage: () => void): void {
    if (this.window) this.window.history.scrollRestoration = 'manual';
    let here = { path: pathOf(this.router.url), id: this.router.lastSuccessfulNavigation()?.id ?? 0 };
    let returningTo: number | null = null;
    this.router.events.subscribe((event) => {
      if (event instanceof NavigationStart) {
        this.left.set(here.id, this.window?.scrollY ?? 0);
        returningTo = event.restoredState?.navigationId ?? null;
      }
      if (!(event instanceof NavigationEnd)) return;
      const there = { path: pathOf(event.urlAfterRedirects), id: event.id };
      if (returningTo !== null) this.returnTo(this.left.get(returningTo) ?? 0);
      else if (there.path !== here.path && event.id > 1) {
        this.window?.scrollTo(0, 0);
        onNewPage();
      }
      here = there;
    });
  }

  private returnTo(position: number): void {
    void this.application.whenStable().then(() => this.window?.scrollTo(0, position));
  }
}

function pathOf(url: string): string {
  return url.split(/[?#]/)[0] ?? '';
}

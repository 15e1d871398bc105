import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Words } from '../ui/words';

/** An address that leads nowhere, and the ways on. */
@Component({
  selector: 'app-not-found-page',
  imports: [RouterLink],
  template: `
    <div class="page-head">
      <h1>{{ words.t('not-found.title') }}</h1>
      <p class="lede">{{ words.t('not-found.means') }}</p>
    </div>
    <p>
      <a routerLink="/">{{ words.t('not-found.home') }}</a>
    </p>
  `,
})
export class NotFoundPage {
  protected readonly words = inject(Words);
}

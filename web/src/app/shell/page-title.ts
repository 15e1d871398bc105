import { computed, effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { Words } from '../ui/words';

/** A route's title is a key of the words; the document's title follows the language. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly words = inject(Words);
  private readonly key = signal<string | undefined>(undefined);
  private readonly text = computed(() => {
    const key = this.key();
    return key ? `${this.words.t(key)} · Throughway` : 'Throughway';
  });

  constructor() {
    super();
    const title = inject(Title);
    effect(() => title.setTitle(this.text()));
  }

  override updateTitle(state: RouterStateSnapshot): void {
    this.key.set(this.buildTitle(state));
  }
}

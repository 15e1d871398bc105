import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { LettersClient } from '../data/letters-client';
import { LetterSheet } from './letter-sheet';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** What the server wrote to people, on a development machine, where nothing is sent on. Which letter is shown stands in the address. */
@Component({
  selector: 'app-mailbox-page',
  imports: [LetterSheet, RouterLink, Skeleton, TroubleNotice],
  template: `
    <div class="page-head">
      <h1>{{ words.t('mailbox.title') }}</h1>
      <p class="lede">{{ words.t('mailbox.lede') }}</p>
    </div>
    @if (letters.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="letters.reload()" />
    } @else if (letters.value(); as answered) {
      <p>
        <button type="button" (click)="letters.reload()">{{ words.t('mailbox.look-again') }}</button>
      </p>
      @if (answered.letters.length) {
        <nav class="card" [attr.aria-label]="words.t('mailbox.letters')">
          <ul class="plain rows">
            @for (each of answered.letters; track each.letterId) {
              <li>
                <div>
                  <a
                    [routerLink]="[]"
                    [queryParams]="{ letter: each.letterId }"
                    [attr.aria-current]="each.letterId === letter() ? 'true' : null"
                    >{{ each.subject }}</a
                  >
                  <span class="under breakable">{{ each.to }} · {{ words.instant(each.writtenAt) }}</span>
                </div>
              </li>
            }
          </ul>
        </nav>
      } @else {
        <p class="empty">{{ words.t('mailbox.none') }}</p>
      }
    } @else {
      <app-skeleton [rows]="6" />
    }
    @if (shown.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="shown.reload()" />
    } @else if (shown.value(); as opened) {
      <app-letter-sheet [letter]="opened" />
    }
  `,
})
export class MailboxPage {
  protected readonly words = inject(Words);
  private readonly client = inject(LettersClient);
  /** The letter that is open, if any. */
  readonly letter = input<string>();
  protected readonly letters = this.client.letters();
  protected readonly shown = this.client.letter(() => this.letter());
}

import { Component, inject, input } from '@angular/core';
import type { MailRow } from '@throughway/contracts/jobs';
import { StatusWord } from '../ui/status-word';
import { TableFrame } from '../ui/table-frame';
import { Words } from '../ui/words';
import { letterName } from './job-words';

const MARKS = { 'given-up': 'no', waiting: 'waiting', sent: 'yes' } as const;

/** Mails as rows: which letter went to which mail server, and how that ended; never to whom. */
@Component({
  selector: 'app-mail-table',
  imports: [StatusWord, TableFrame],
  template: `
    <app-table-frame [name]="words.t('jobs.mails')">
      <table class="cards-on-phone" role="table" [attr.aria-label]="words.t('jobs.mails')">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">{{ words.t('jobs.which-letter') }}</th>
            <th scope="col" role="columnheader">{{ words.t('jobs.mail-server') }}</th>
            <th scope="col" role="columnheader">{{ words.t('column.state') }}</th>
            <th scope="col" role="columnheader">{{ words.t('jobs.when') }}</th>
            <th scope="col" role="columnheader" class="number">{{ words.t('jobs.tries') }}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          @for (mail of mails(); track mail.mailId) {
            <tr role="row">
              <th scope="row" role="rowheader">{{ nameOf(mail) }}</th>
              <td role="cell" [attr.data-label]="words.t('jobs.mail-server')">{{ mail.domain }}</td>
              <td role="cell" [attr.data-label]="words.t('column.state')">
                <div>
                  <app-status-word [is]="marks[mail.state]">{{
                    words.t('jobs.mail-state.' + mail.state)
                  }}</app-status-word>
                  @if (mail.reason) {
                    <span class="under">{{ mail.reason }}</span>
                  }
                </div>
              </td>
              <td role="cell" [attr.data-label]="words.t('jobs.when')">
                {{ words.instant(mail.finishedAt ?? mail.createdAt) }}
              </td>
              <td role="cell" class="number" [attr.data-label]="words.t('jobs.tries')">
                {{ words.count(mail.tries) }}
              </td>
            </tr>
          }
        </tbody>
      </table>
    </app-table-frame>
  `,
})
export class MailTable {
  protected readonly words = inject(Words);
  protected readonly marks = MARKS;
  readonly mails = input.required<readonly MailRow[]>();

  protected nameOf({ template }: MailRow): string {
    return letterName(template, (key) => this.words.t(key));
  }
}

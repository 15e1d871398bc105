import { Component, inject, input, output } from '@angular/core';
import type { JobRow } from '@throughway/contracts/jobs';
import { StatusWord } from '../ui/status-word';
import { TableFrame } from '../ui/table-frame';
import { Words } from '../ui/words';
import { queueName, reasonOf } from './job-words';

const MARKS = { failed: 'no', running: 'open', waiting: 'waiting', done: 'yes' } as const;

/** Jobs as rows; one that failed for good can be tried again with one tap. */
@Component({
  selector: 'app-job-table',
  imports: [StatusWord, TableFrame],
  template: `
    <app-table-frame [name]="words.t('jobs.work')">
      <table class="cards-on-phone" role="table" [attr.aria-label]="words.t('jobs.work')">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">{{ words.t('jobs.what') }}</th>
            <th scope="col" role="columnheader">{{ words.t('jobs.whose') }}</th>
            <th scope="col" role="columnheader">{{ words.t('column.state') }}</th>
            <th scope="col" role="columnheader">{{ words.t('jobs.when') }}</th>
            <th scope="col" role="columnheader" class="number">{{ words.t('jobs.tries') }}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          @for (job of jobs(); track job.jobId) {
            <tr role="row">
              <th scope="row" role="rowheader">{{ nameOf(job) }}</th>
              <td role="cell" [attr.data-label]="words.t('jobs.whose')">{{ whose(job) }}</td>
              <td role="cell" [attr.data-label]="words.t('column.state')">
                <div>
                  <app-status-word [is]="marks[job.state]">{{ words.t('jobs.state.' + job.state) }}</app-status-word>
                  @if (job.reason; as reason) {
                    <span class="under">{{ said(reason) }}</span>
                  }
                  @if (job.state === 'failed') {
                    <button
                      type="button"
                      [disabled]="busy()"
                      [attr.aria-label]="words.t('jobs.retry-one', { what: nameOf(job), whose: whose(job) })"
                      (click)="retry.emit(job)"
                    >
                      {{ words.t('jobs.retry') }}
                    </button>
                  }
                </div>
              </td>
              <td role="cell" [attr.data-label]="words.t('jobs.when')">
                <div>
                  {{ words.instant(job.finishedAt ?? job.startedAt ?? job.createdAt) }}
                  @if (job.state === 'waiting' && job.tries > 0) {
                    <span class="under">{{ words.t('jobs.next-try', { at: words.instant(job.nextTryAt) }) }}</span>
                  }
                </div>
              </td>
              <td role="cell" class="number" [attr.data-label]="words.t('jobs.tries')">{{ words.count(job.tries) }}</td>
            </tr>
          }
        </tbody>
      </table>
    </app-table-frame>
  `,
})
export class JobTable {
  protected readonly words = inject(Words);
  protected readonly marks = MARKS;
  readonly jobs = input.required<readonly JobRow[]>();
  readonly busy = input(false);
  readonly retry = output<JobRow>();

  private readonly say = (key: string): string => this.words.t(key);

  protected nameOf({ queue }: JobRow): string {
    return queueName(queue, this.say);
  }

  protected whose({ network, organization }: JobRow): string {
    return network?.name ?? organization?.name ?? this.words.t('jobs.server');
  }

  protected said(reason: string): string {
    return reasonOf(reason, this.say);
  }
}

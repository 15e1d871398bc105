import { Component, computed, inject, input, numberAttribute, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { JOB_STATES, type JobRow, MAIL_STATES } from '@throughway/contracts/jobs';
import { JobsClient } from '../data/jobs-client';
import { Sending } from '../data/sending';
import { Pager } from '../ui/pager';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { JobTable } from './job-table';
import { MailTable } from './mail-table';

/** What the server does by itself: work and mails, what failed and why, and trying it again. What is shown stands in the address. */
@Component({
  selector: 'app-jobs-page',
  imports: [JobTable, MailTable, Pager, RouterLink, Skeleton, TroubleNotice],
  templateUrl: './jobs-page.html',
})
export class JobsPage {
  protected readonly words = inject(Words);
  protected readonly jobStates = JOB_STATES;
  protected readonly mailStates = MAIL_STATES;
  private readonly client = inject(JobsClient);

  /** `mails`, or work without it. */
  readonly show = input<string>();
  /** Those of one state, or all without it. */
  readonly state = input<string>();
  readonly page = input(1, { transform: (page: unknown) => numberAttribute(page, 1) });

  protected readonly showsMails = computed(() => this.show() === 'mails');
  protected readonly jobState = computed(() => JOB_STATES.find((each) => !this.showsMails() && each === this.state()));
  protected readonly mailState = computed(() => MAIL_STATES.find((each) => this.showsMails() && each === this.state()));
  protected readonly jobs = this.client.jobs(() => ({
    state: this.jobState(),
    page: this.showsMails() ? 1 : this.page(),
  }));
  protected readonly mails = this.client.mails(() => ({
    state: this.mailState(),
    page: this.showsMails() ? this.page() : 1,
  }));
  protected readonly shown = computed(() => (this.showsMails() ? this.mails : this.jobs));
  /** Mails are shown to whoever runs the server; to others there are none. */
  protected readonly hasMails = computed(
    () => this.showsMails() || Object.values(this.mails.value()?.counts ?? {}).some((count) => count > 0),
  );
  protected readonly sending = new Sending();
  protected readonly told = signal('');

  protected async retry({ jobId }: JobRow): Promise<void> {
    if (!(await this.sending.run(() => this.client.retry(jobId)))) return;
    this.told.set(this.words.t('jobs.retried'));
    this.jobs.reload();
  }
}

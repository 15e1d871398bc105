import { Component, inject, type OnInit, signal } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import type { SupervisorTask } from '@throughway/contracts/supervisor-links';
import { Sending } from '../data/sending';
import { SupervisorLinksClient } from '../data/supervisor-links-client';
import { SampleMark } from '../ui/sample-mark';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { fragmentOf, wholeToken } from './fragment';

/** What a supervisor's link opens: one role of their employer, to read, without an account. */
@Component({
  selector: 'app-task-page',
  imports: [SampleMark, Skeleton, TroubleNotice],
  template: `
    <div class="page-head">
      <h1>{{ task()?.requirement?.title ?? words.t('task.title') }}</h1>
      @if (task(); as shown) {
        <p class="lede">
          {{ shown.organization.name }} <app-sample-mark [sample]="shown.organization.sample" /> ·
          {{ shown.requirement.siteName }}
        </p>
      }
    </div>
    @if (opening.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="look()" />
    }
    @if (broken) {
      <p class="empty">{{ words.t('task.no-token') }}</p>
    } @else if (opening.busy()) {
      <app-skeleton [rows]="6" />
    }
    @if (task(); as shown) {
      <section class="card narrow" aria-labelledby="asks-title">
        <h2 id="asks-title">{{ words.t('task.asks') }}</h2>
        @if (shown.requirement.occupation; as occupation) {
          <p class="help">
            <span lang="en">{{ occupation }}</span> ({{ shown.requirement.soc }})
          </p>
        }
        <dl class="facts">
          @for (skill of shown.requirement.skills; track $index) {
            <div>
              <dt>{{ skill.name }}</dt>
              <dd>{{ words.t('level.' + skill.level) }}, {{ words.t('necessity.' + skill.necessity) }}</dd>
            </div>
          }
          @for (credential of shown.requirement.credentials; track $index) {
            <div>
              <dt>{{ credential.name }}</dt>
              <dd>{{ words.t('task.credential.' + credential.necessity) }}</dd>
            </div>
          }
        </dl>
        <p class="help">{{ words.t('task.review', { date: words.date(shown.requirement.reviewBy) }) }}</p>
      </section>
      <p class="help">
        {{ words.t('task.for-you', { name: shown.supervisorName, until: words.instant(shown.expiresAt) }) }}
      </p>
    }
  `,
})
export class TaskPage implements OnInit {
  protected readonly words = inject(Words);
  private readonly client = inject(SupervisorLinksClient);
  private readonly token = fragmentOf(inject(ActivatedRoute), 'token');
  protected readonly broken = this.token === null;
  protected readonly opening = new Sending();
  protected readonly task = signal<SupervisorTask | null>(null);

  ngOnInit(): void {
    void this.look();
  }

  protected async look(): Promise<void> {
    const token = this.token;
    if (token === null) return;
    this.task.set((await this.opening.run(() => this.client.open(wholeToken(token)))) ?? null);
  }
}

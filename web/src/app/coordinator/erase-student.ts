import { Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import type { Student } from '@throughway/contracts/students';
import { Sending } from '../data/sending';
import { StudentsClient } from '../data/students-client';
import { ConfirmButton } from '../ui/confirm-button';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** Erases a record for good: says first what goes and what stays. */
@Component({
  selector: 'app-erase-student',
  imports: [ConfirmButton, TroubleNotice],
  template: `
    <section class="card" aria-labelledby="erase-title">
      <h2 id="erase-title">{{ words.t('erase.title') }}</h2>
      <p>{{ words.t('erase.goes') }}</p>
      <p>{{ words.t('erase.stays') }}</p>
      @if (sending.trouble(); as trouble) {
        <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
      }
      <app-confirm-button
        [label]="words.t('erase.do')"
        [name]="words.t('erase.do-this', { name: student().name })"
        [question]="words.t('erase.question')"
        [disabled]="sending.busy()"
        (confirmed)="erase()"
      />
    </section>
  `,
})
export class EraseStudent {
  protected readonly words = inject(Words);
  private readonly client = inject(StudentsClient);
  private readonly router = inject(Router);
  protected readonly sending = new Sending();
  readonly student = input.required<Student>();

  protected async erase(): Promise<void> {
    if (await this.sending.run(() => this.client.erase(this.student()))) {
      await this.router.navigate(['/students'], { replaceUrl: true });
    }
  }
}

import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Student } from '@throughway/contracts/students';
import { Sending } from '../data/sending';
import { SessionStore } from '../data/session-store';
import { StudentsClient } from '../data/students-client';
import { Skeleton } from '../ui/skeleton';
import { StudentFacts } from '../ui/student-facts';
import { TroubleNotice } from '../ui/trouble-notice';
import { type Language, LANGUAGES, Words } from '../ui/words';
import { EraseStudent } from './erase-student';
import { StudentConsents } from './student-consents';

/** One student, for the school: who decides, who can be invited. */
@Component({
  selector: 'app-student-page',
  imports: [EraseStudent, RouterLink, Skeleton, StudentConsents, StudentFacts, TroubleNotice],
  template: `
    <p>
      <a routerLink="/students">{{ words.t('student.back') }}</a>
    </p>
    <div class="page-head">
      <h1>{{ student()?.name ?? words.t('student.title') }}</h1>
    </div>
    @if (answer.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="answer.reload()" />
    }
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    <p aria-live="polite" class="help">{{ told() }}</p>
    @if (student(); as shown) {
      @if (mayBeInvited()) {
        <label class="field narrow">
          <span>{{ words.t('invite.language') }}</span>
          <select #spoken (change)="language.set(spoken.value === 'es' ? 'es' : 'en')">
            @for (each of languages; track each) {
              <option [value]="each" [selected]="each === language()">{{ words.t('nav.languages.' + each) }}</option>
            }
          </select>
        </label>
      }
      <app-student-facts
        [student]="shown"
        [mayInvite]="true"
        [busy]="sending.busy()"
        (inviteStudent)="invite()"
        (inviteGuardian)="invite($event)"
        (unlinkStudent)="unlink()"
        (unlinkGuardian)="unlink($event)"
      />
      <app-student-consents [student]="shown" />
      @if (store.holds('administrator')) {
        <app-erase-student [student]="shown" />
      }
    } @else if (answer.loading()) {
      <app-skeleton [rows]="8" />
    }
  `,
})
export class StudentPage {
  protected readonly words = inject(Words);
  private readonly client = inject(StudentsClient);
  protected readonly store = inject(SessionStore);
  readonly studentId = input.required<string>();
  protected readonly answer = this.client.student(this.studentId);
  protected readonly student = linkedSignal<Student | undefined>(() => this.answer.value());
  protected readonly languages = LANGUAGES;
  /** Of the mail; a record names none. */
  protected readonly language = linkedSignal<Language>(() => this.words.lang());
  protected readonly mayBeInvited = computed(() => {
    const { account, email, guardians, rightsHolder } = this.student() ?? {};
    const isStudent = account !== 'linked' && Boolean(email);
    return isStudent || (rightsHolder === 'guardian' && guardians?.some((each) => each.account !== 'linked'));
  });
  protected readonly sending = new Sending();
  protected readonly told = signal('');

  protected async invite(guardianId?: string): Promise<void> {
    this.told.set('');
    const seen = this.student();
    if (!seen) return;
    const language = this.language();
    const student = await this.sending.run(() =>
      guardianId === undefined
        ? this.client.inviteStudent(seen, language)
        : this.client.inviteGuardian(seen, guardianId, language),
    );
    if (!student) return;
    this.student.set(student);
    this.told.set(this.words.t('student.invited'));
  }

  protected async unlink(guardianId?: string): Promise<void> {
    this.told.set('');
    const seen = this.student();
    if (!seen) return;
    const student = await this.sending.run(() => this.client.unlink(seen, guardianId));
    if (!student) return;
    this.student.set(student);
    this.told.set(this.words.t('student.unlinked'));
  }
}

import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Student } from '@throughway/contracts/students';
import { SessionStore } from '../data/session-store';
import { StudentsClient } from '../data/students-client';
import { Skeleton } from '../ui/skeleton';
import { StudentFacts } from '../ui/student-facts';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** The records that stand for the reader: a student's own, or those of a guardian's children under 18. */
@Component({
  selector: 'app-my-students-page',
  imports: [RouterLink, Skeleton, StudentFacts, TroubleNotice],
  template: `
    <div class="page-head">
      <h1>{{ words.t('my-students.title') }}</h1>
      <p class="lede">{{ words.t('my-students.lede') }}</p>
      <p>
        <a routerLink="/consent">{{ words.t('my-students.consent') }}</a>
      </p>
    </div>
    @if (answer.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="answer.reload()" />
    }
    @if (answer.value(); as mine) {
      @for (student of mine.students; track student.studentId) {
        <h2>{{ student.name }}</h2>
        <app-student-facts [student]="student" [youDecide]="decides(student)" />
      } @empty {
        <p class="empty">{{ words.t('my-students.empty') }}</p>
      }
    } @else if (answer.loading()) {
      <app-skeleton [rows]="8" />
    }
  `,
})
export class MyStudentsPage {
  protected readonly words = inject(Words);
  private readonly store = inject(SessionStore);
  protected readonly answer = inject(StudentsClient).mine();

  /** From 18 the record is shown to the student alone; before, a reader who is only a guardian is the one who decides. */
  protected decides({ rightsHolder }: Student): boolean {
    return rightsHolder === 'student' || (this.store.holds('guardian') && !this.store.holds('student'));
  }
}

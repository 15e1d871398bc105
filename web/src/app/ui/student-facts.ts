import { Component, inject, input, output } from '@angular/core';
import type { Student } from '@throughway/contracts/students';
import { ConfirmButton } from './confirm-button';
import { SampleMark } from './sample-mark';
import { StatusWord } from './status-word';
import { UnreachableNote } from './unreachable-note';
import { Words } from './words';

const MARKS = { none: 'open', invited: 'waiting', linked: 'yes' } as const;

/** One student's record: who decides over it, guardians, accounts and special populations. */
@Component({
  selector: 'app-student-facts',
  imports: [ConfirmButton, SampleMark, StatusWord, UnreachableNote],
  templateUrl: './student-facts.html',
})
export class StudentFacts {
  protected readonly words = inject(Words);
  protected readonly marks = MARKS;
  readonly student = input.required<Student>();
  /** Whether the reader may invite: those of the school. */
  readonly mayInvite = input(false);
  /** Whether the record is shown to the one who decides over it. */
  readonly youDecide = input(false);
  readonly busy = input(false);
  readonly inviteStudent = output();
  /** By guardian id. */
  readonly inviteGuardian = output<string>();
  readonly unlinkStudent = output();
  /** By guardian id. */
  readonly unlinkGuardian = output<string>();
}

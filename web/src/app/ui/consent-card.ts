import { Component, computed, inject, input, output } from '@angular/core';
import type { Consent } from '@throughway/contracts/consents';
import { FocusHere } from './focus-here';
import { SampleMark } from './sample-mark';
import { StatusWord } from './status-word';
import { Words } from './words';

const MARKS = {
  asked: 'waiting',
  'in-force': 'yes',
  declined: 'no',
  withdrawn: 'no',
  expired: 'open',
  'rights-moved': 'open',
} as const;

/** One consent: what, to whom, why, until when, how it stands, and what its reader may do about it. */
@Component({
  selector: 'app-consent-card',
  imports: [FocusHere, SampleMark, StatusWord],
  templateUrl: './consent-card.html',
})
export class ConsentCard {
  private static count = 0;
  protected readonly words = inject(Words);
  protected readonly id = `consent-${ConsentCard.count++}`;
  readonly consent = input.required<Consent>();
  readonly busy = input(false);
  /** Whether something was just done here: the card says what became of it, and takes the focus. */
  readonly justDone = input(false);
  readonly answered = output<'given' | 'declined'>();
  readonly withdrawn = output();
  protected readonly mark = computed(() => MARKS[this.consent().state]);
  protected readonly what = computed(() =>
    this.words.list(this.consent().records.map((part) => this.words.t(`record-part.${part}`))),
  );
  /** How it stands, in a sentence. */
  protected readonly sentence = computed(() => {
    const { state, mayAnswer, mayWithdraw, rightsHolder, withdrawnAs } = this.consent();
    if (state === 'asked' && !mayAnswer) return this.say(mayWithdraw ? `waits.${rightsHolder}` : 'waits.until-18');
    return this.say(state === 'withdrawn' ? `withdrawn.${withdrawnAs}` : state);
  });

  private say(key: string): string {
    const { recipient, school, student, untilOn, withdrawnAt } = this.consent();
    return this.words.t(`consent.means.${key}`, {
      employer: recipient.name,
      school: school.name,
      student: student.name,
      until: this.words.date(untilOn),
      withdrawn: this.words.instant(withdrawnAt),
    });
  }
}

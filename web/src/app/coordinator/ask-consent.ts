import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import type { Student } from '@throughway/contracts/students';
import { CONSENT_PURPOSES, type ConsentPurpose, RECORD_PARTS, type RecordPart } from '@throughway/vocabulary/consent';
import type { Question } from '../data/consents-client';
import { OrganizationsClient } from '../data/organizations-client';
import { SampleMark } from '../ui/sample-mark';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { type Language, LANGUAGES, Words } from '../ui/words';

/** A question to whoever decides: may this employer see these parts, for this, until then? */
@Component({
  selector: 'app-ask-consent',
  imports: [SampleMark, Skeleton, TroubleNotice],
  templateUrl: './ask-consent.html',
})
export class AskConsent {
  protected readonly words = inject(Words);
  protected readonly allParts = RECORD_PARTS;
  protected readonly purposes = CONSENT_PURPOSES;
  protected readonly languages = LANGUAGES;
  readonly student = input.required<Student>();
  readonly busy = input(false);
  readonly asked = output<Question>();

  protected readonly q = signal('');
  protected readonly found = inject(OrganizationsClient).employers(this.q);
  /** Synthetic students are for synthetic employers, real for real. */
  protected readonly employers = computed(() =>
    this.found.value()?.employers.filter(({ sample }) => sample === this.student().school.sample),
  );
  protected readonly recipientId = linkedSignal<string | undefined, string>({
    source: () => this.q(),
    computation: () => '',
  });
  protected readonly records = signal<readonly RecordPart[]>(['name']);
  protected readonly purpose = signal<ConsentPurpose>('placement');
  protected readonly untilOn = signal('');
  /** Of the mail to whom has no account. */
  protected readonly language = linkedSignal<Language>(() => this.words.lang());
  protected readonly complete = computed(
    () => this.recipientId() !== '' && this.records().length > 0 && this.untilOn() !== '',
  );

  protected toggle(part: RecordPart): void {
    this.records.update((chosen) =>
      RECORD_PARTS.filter((each) => (each === part ? !chosen.includes(part) : chosen.includes(each))),
    );
  }

  protected choosePurpose(chosen: string): void {
    this.purpose.set(CONSENT_PURPOSES.find((each) => each === chosen) ?? 'placement');
  }

  protected ask(): void {
    if (!this.complete()) return;
    this.asked.emit({
      recipientId: this.recipientId(),
      records: [...this.records()],
      purpose: this.purpose(),
      untilOn: this.untilOn(),
      language: this.language(),
    });
  }
}

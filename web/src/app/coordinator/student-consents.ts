import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import type { Consent, StudentConsents as Found } from '@throughway/contracts/consents';
import type { Student } from '@throughway/contracts/students';
import { ConsentsClient, type Question } from '../data/consents-client';
import { Sending } from '../data/sending';
import { ConsentCard } from '../ui/consent-card';
import { DisclosureList } from '../ui/disclosure-list';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { AskConsent } from './ask-consent';

const LOOKS_A_PAGE = 20;

/** What employers may see of one student, for the school: asking, how it stands, and who looked. */
@Component({
  selector: 'app-student-consents',
  imports: [AskConsent, ConsentCard, DisclosureList, Skeleton, TroubleNotice],
  template: `
    <h2>{{ words.t('consent.for-employers') }}</h2>
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    <p aria-live="polite" class="help">{{ told() }}</p>
    <app-ask-consent [student]="student()" [busy]="sending.busy()" (asked)="ask($event)" />
    @if (answer.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="answer.reload()" />
    }
    @if (consents(); as found) {
      @for (consent of found.consents; track consent.consentId) {
        <app-consent-card
          [consent]="consent"
          [busy]="sending.busy()"
          [justDone]="done() === consent.consentId"
          (withdrawn)="takeBack(consent)"
        />
      } @empty {
        <p class="empty">{{ words.t('consent.not-asked') }}</p>
      }
    } @else if (answer.loading()) {
      <app-skeleton [rows]="4" />
    }
    <section class="card" aria-labelledby="looks-title">
      <h3 id="looks-title">{{ words.t('disclosure.title') }}</h3>
      @if (looks.trouble(); as trouble) {
        <app-trouble-notice [trouble]="trouble" (retry)="looks.reload()" />
      }
      @if (looks.value(); as found) {
        <app-disclosure-list [disclosures]="found.disclosures" />
        @if (found.total > size) {
          <p class="form-end">
            <button type="button" [disabled]="page() === 1" (click)="page.set(page() - 1)">
              {{ words.t('disclosure.newer') }}
            </button>
            <button type="button" [disabled]="page() * size >= found.total" (click)="page.set(page() + 1)">
              {{ words.t('disclosure.older') }}
            </button>
          </p>
        }
      } @else if (looks.loading()) {
        <app-skeleton [rows]="2" />
      }
    </section>
  `,
})
export class StudentConsents {
  protected readonly words = inject(Words);
  private readonly client = inject(ConsentsClient);
  readonly student = input.required<Student>();
  private readonly studentId = computed(() => this.student().studentId);
  protected readonly answer = this.client.of(this.studentId);
  protected readonly consents = linkedSignal<Found | undefined>(() => this.answer.value());
  protected readonly size = LOOKS_A_PAGE;
  protected readonly page = signal(1);
  protected readonly looks = this.client.disclosures(this.studentId, this.page);
  protected readonly sending = new Sending();
  protected readonly told = signal('');
  protected readonly done = signal<string | null>(null);

  protected async ask(question: Question): Promise<void> {
    this.told.set('');
    const found = await this.sending.run(() => this.client.ask(this.studentId(), question));
    if (!found) return;
    this.consents.set(found);
    this.told.set(this.words.t('ask-consent.sent'));
  }

  protected async takeBack({ consentId }: Consent): Promise<void> {
    this.told.set('');
    this.done.set(null);
    const changed = await this.sending.run(() => this.client.withdraw(consentId));
    const found = this.consents();
    if (!changed || !found) return;
    this.consents.set({ consents: found.consents.map((each) => (each.consentId === consentId ? changed : each)) });
    this.done.set(consentId);
  }
}

import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import type { Consent, MyConsents } from '@throughway/contracts/consents';
import { ConsentsClient } from '../data/consents-client';
import { Sending } from '../data/sending';
import { ConsentCard } from '../ui/consent-card';
import { DisclosureList } from '../ui/disclosure-list';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** What needs the reader comes first, then what is in force, then what is past. */
const ORDER = ['asked', 'in-force', 'declined', 'rights-moved', 'withdrawn', 'expired'];

/** For students and guardians: which employer may see what of a record, their say in it, and who looked. */
@Component({
  selector: 'app-consent-page',
  imports: [ConsentCard, DisclosureList, Skeleton, TroubleNotice],
  template: `
    <div class="page-head">
      <h1>{{ words.t('consent.title') }}</h1>
      <p class="lede">{{ words.t('consent.lede') }}</p>
    </div>
    @if (answer.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="answer.reload()" />
    }
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    @if (students(); as all) {
      @for (student of all; track student.studentId) {
        <h2>{{ student.name }}</h2>
        @for (consent of student.consents; track consent.consentId) {
          <app-consent-card
            [consent]="consent"
            [busy]="sending.busy()"
            [justDone]="done() === consent.consentId"
            (answered)="say(consent, $event)"
            (withdrawn)="takeBack(consent)"
          />
        } @empty {
          <p class="empty">{{ words.t('consent.nobody-asked') }}</p>
        }
        <section class="card" [attr.aria-label]="words.t('disclosure.of', { name: student.name })">
          <h3>{{ words.t('disclosure.title') }}</h3>
          <p class="help">{{ words.t('disclosure.means') }}</p>
          <app-disclosure-list [disclosures]="student.disclosures" />
          @if (student.disclosureCount > student.disclosures.length) {
            <p class="help">
              {{ words.plural('disclosure.earlier', student.disclosureCount - student.disclosures.length) }}
            </p>
          }
        </section>
      } @empty {
        <p class="empty">{{ words.t('my-students.empty') }}</p>
      }
    } @else if (answer.loading()) {
      <app-skeleton [rows]="8" />
    }
  `,
})
export class ConsentPage {
  protected readonly words = inject(Words);
  private readonly client = inject(ConsentsClient);
  protected readonly answer = this.client.mine();
  private readonly mine = linkedSignal<MyConsents | undefined>(() => this.answer.value());
  /** In the order of the last load: what was just decided stays where it was. */
  protected readonly students = computed(() => {
    const loaded = this.answer.value()?.students.flatMap(({ consents }) => consents) ?? [];
    const place = new Map(loaded.map(({ consentId, state }) => [consentId, ORDER.indexOf(state)]));
    const at = ({ consentId }: Consent): number => place.get(consentId) ?? 0;
    return this.mine()?.students.map((student) => ({
      ...student,
      consents: [...student.consents].sort((a, b) => at(a) - at(b)),
    }));
  });
  protected readonly sending = new Sending();
  protected readonly done = signal<string | null>(null);

  protected say({ consentId }: Consent, given: 'given' | 'declined'): Promise<void> {
    return this.decide(() => this.client.answer(consentId, given));
  }

  protected takeBack({ consentId }: Consent): Promise<void> {
    return this.decide(() => this.client.withdraw(consentId));
  }

  private async decide(work: () => Promise<Consent>): Promise<void> {
    this.done.set(null);
    const changed = await this.sending.run(work);
    const mine = this.mine();
    if (!changed || !mine) return;
    const students = mine.students.map((student) => ({
      ...student,
      consents: student.consents.map((each) => (each.consentId === changed.consentId ? changed : each)),
    }));
    this.mine.set({ students });
    this.done.set(changed.consentId);
  }
}

import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Consent, Disclosures, MyConsents, SharedStudents, StudentConsents } from '@throughway/contracts/consents';
import type { ConsentPurpose, RecordPart } from '@throughway/vocabulary/consent';
import { firstValueFrom } from 'rxjs';
import { answer } from './answer';

export interface Question {
  recipientId: string;
  records: RecordPart[];
  purpose: ConsentPurpose;
  untilOn: string;
  language: 'en' | 'es';
}

/** What of students' records is shown to employers, and who said so. */
@Injectable({ providedIn: 'root' })
export class ConsentsClient {
  private readonly http = inject(HttpClient);

  mine() {
    return answer(httpResource<MyConsents>(() => '/api/my-consents'));
  }

  of(studentId: () => string) {
    return answer(httpResource<StudentConsents>(() => `${at(studentId())}/consents`));
  }

  disclosures(studentId: () => string, page: () => number) {
    return answer(
      httpResource<Disclosures>(() => ({ url: `${at(studentId())}/disclosures`, params: { page: page(), size: 20 } })),
      'keeps',
    );
  }

  /** Each answer is written down on the server as a look at every student in it. */
  shared(page: () => number) {
    return answer(httpResource<SharedStudents>(() => ({ url: '/api/shared-students', params: { page: page() } })));
  }

  ask(studentId: string, question: Question): Promise<StudentConsents> {
    return firstValueFrom(this.http.post<StudentConsents>(`${at(studentId)}/consents`, question));
  }

  answer(consentId: string, given: 'given' | 'declined'): Promise<Consent> {
    return firstValueFrom(this.http.post<Consent>(`/api/consents/${consentId}/answer`, { answer: given }));
  }

  withdraw(consentId: string): Promise<Consent> {
    return firstValueFrom(this.http.delete<Consent>(`/api/consents/${consentId}`));
  }

  openLink(token: string): Promise<Consent> {
    return firstValueFrom(this.http.post<Consent>('/api/consent-by-link', { token }));
  }

  answerByLink(token: string, given: 'given' | 'declined'): Promise<Consent> {
    return firstValueFrom(this.http.post<Consent>('/api/consent-by-link/answer', { token, answer: given }));
  }

  withdrawByLink(token: string): Promise<Consent> {
    return firstValueFrom(this.http.post<Consent>('/api/consent-by-link/withdrawal', { token }));
  }
}

function at(studentId: string): string {
  return `/api/students/${encodeURIComponent(studentId)}`;
}

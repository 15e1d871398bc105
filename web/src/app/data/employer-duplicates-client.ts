import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { EmployerDuplicate } from '@throughway/contracts/employer-duplicates';
import { firstValueFrom } from 'rxjs';
import { answer } from './answer';
import { chosen } from './query';

export interface EmployerDuplicates {
  duplicates: EmployerDuplicate[];
  openCount: number;
}

@Injectable({ providedIn: 'root' })
export class EmployerDuplicatesClient {
  private readonly http = inject(HttpClient);

  list(state: () => string | undefined) {
    return answer(
      httpResource<EmployerDuplicates>(() => ({ url: '/api/employer-duplicates', params: chosen({ state: state() }) })),
      'keeps',
    );
  }

  /** Says that they are one; `keepId` names the one that stays. Each decision is about the pair as the reader saw it. */
  merge(pair: EmployerDuplicate, keepId: string): Promise<EmployerDuplicate> {
    return this.decide(pair, 'merge', { keepId });
  }

  keepApart(pair: EmployerDuplicate): Promise<EmployerDuplicate> {
    return this.decide(pair, 'distinct', {});
  }

  undo(pair: EmployerDuplicate): Promise<EmployerDuplicate> {
    return this.decide(pair, 'undo', {});
  }

  private decide(
    { duplicateId, version }: EmployerDuplicate,
    decision: string,
    body: object,
  ): Promise<EmployerDuplicate> {
    return firstValueFrom(
      this.http.post<EmployerDuplicate>(`/api/employer-duplicates/${duplicateId}/${decision}`, body, {
        headers: { 'If-Match': version },
      }),
    );
  }
}

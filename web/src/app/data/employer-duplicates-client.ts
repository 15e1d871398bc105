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

  /** Says that they are one; `keepId` names the one that stays. */
  merge(duplicateId: string, keepId: string): Promise<EmployerDuplicate> {
    return this.decide(duplicateId, 'merge', { keepId });
  }

  keepApart(duplicateId: string): Promise<EmployerDuplicate> {
    return this.decide(duplicateId, 'distinct', {});
  }

  undo(duplicateId: string): Promise<EmployerDuplicate> {
    return this.decide(duplicateId, 'undo', {});
  }

  private decide(duplicateId: string, decision: string, body: object): Promise<EmployerDuplicate> {
    return firstValueFrom(
      this.http.post<EmployerDuplicate>(`/api/employer-duplicates/${duplicateId}/${decision}`, body),
    );
  }
}

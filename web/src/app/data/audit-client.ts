import { httpResource } from '@angular/common/http';
import { Injectable } from '@angular/core';
import type { AuditRecord } from '@throughway/contracts/audit';
import { answer } from './answer';
import { chosen } from './query';

/** What to look for; what is left out narrows nothing. Days are `YYYY-MM-DD`. */
export interface AuditQuery {
  organizationId: string | undefined;
  action: string | undefined;
  person: string | undefined;
  subject: string | undefined;
  from: string | undefined;
  to: string | undefined;
  page: number;
}

@Injectable({ providedIn: 'root' })
export class AuditClient {
  search(query: () => AuditQuery) {
    return answer(
      httpResource<AuditRecord>(() => ({ url: '/api/audit', params: chosen({ ...query() }) })),
      'keeps',
    );
  }
}

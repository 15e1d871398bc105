import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { JobList, MailList } from '@throughway/contracts/jobs';
import { firstValueFrom } from 'rxjs';
import { answer } from './answer';
import { chosen } from './query';

/** `state` of those to list, all without one. */
export interface StateQuery {
  state: string | undefined;
  page: number;
}

@Injectable({ providedIn: 'root' })
export class JobsClient {
  private readonly http = inject(HttpClient);

  jobs(query: () => StateQuery) {
    return answer(
      httpResource<JobList>(() => ({ url: '/api/jobs', params: chosen({ ...query() }) })),
      'keeps',
    );
  }

  mails(query: () => StateQuery) {
    return answer(
      httpResource<MailList>(() => ({ url: '/api/mails', params: chosen({ ...query() }) })),
      'keeps',
    );
  }

  /** Gives a job that failed for good its tries again. */
  async retry(jobId: string): Promise<true> {
    await firstValueFrom(this.http.post(`/api/jobs/${jobId}/retry`, {}));
    return true;
  }
}

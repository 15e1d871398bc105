import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { SupervisorLinks, SupervisorTask } from '@throughway/contracts/supervisor-links';
import { firstValueFrom } from 'rxjs';
import { answer } from './answer';

export interface NewSupervisorLink {
  network: string;
  requirementId: string;
  supervisorName: string;
  email: string;
  language: 'en' | 'es';
}

/** Links by which supervisors without an account reach one task. */
@Injectable({ providedIn: 'root' })
export class SupervisorLinksClient {
  private readonly http = inject(HttpClient);

  links(organizationId: () => string) {
    return answer(httpResource<SupervisorLinks>(() => at(organizationId())));
  }

  create(organizationId: string, link: NewSupervisorLink): Promise<SupervisorLinks> {
    return firstValueFrom(this.http.post<SupervisorLinks>(at(organizationId), link));
  }

  revoke(organizationId: string, linkId: string): Promise<SupervisorLinks> {
    return firstValueFrom(this.http.delete<SupervisorLinks>(`${at(organizationId)}/${linkId}`));
  }

  open(token: string): Promise<SupervisorTask> {
    return firstValueFrom(this.http.post<SupervisorTask>('/api/supervisor-task', { token }));
  }
}

function at(organizationId: string): string {
  return `/api/organizations/${encodeURIComponent(organizationId)}/supervisor-links`;
}

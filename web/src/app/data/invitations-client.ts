import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { OpenedInvitation } from '@throughway/contracts/organizations';
import type { Session } from '@throughway/contracts/session';
import { firstValueFrom } from 'rxjs';
import { SessionStore } from './session-store';

/** An invitation, for whoever holds its link. */
@Injectable({ providedIn: 'root' })
export class InvitationsClient {
  private readonly http = inject(HttpClient);
  private readonly store = inject(SessionStore);

  /** Looking does not use the link up. */
  open(token: string): Promise<OpenedInvitation> {
    return firstValueFrom(this.http.post<OpenedInvitation>('/api/invitation/open', { token }));
  }

  async accept(token: string, account?: { name: string; language: 'en' | 'es' }): Promise<Session> {
    const body = { token, ...account };
    return this.store.set(await firstValueFrom(this.http.post<Session>('/api/invitation/accept', body)));
  }

  async renew(token: string): Promise<void> {
    await firstValueFrom(this.http.post('/api/invitation/renew', { token }));
  }
}

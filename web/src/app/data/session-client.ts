import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Session, sessionApi } from '@throughway/contracts/session';
import { firstValueFrom } from 'rxjs';
import type * as z from 'zod';
import { answer } from './answer';
import { provePasskey } from './passkeys';
import { SessionStore } from './session-store';

type Answered<E extends { response: z.ZodType }> = z.infer<E['response']>;
export type Providers = Answered<typeof sessionApi.providers>;
export type SamplePeople = Answered<typeof sessionApi.samplePeople>;

/** Every way in and out; each answer becomes the session that the whole portal knows. */
@Injectable({ providedIn: 'root' })
export class SessionClient {
  private readonly http = inject(HttpClient);
  private readonly store = inject(SessionStore);

  providers() {
    return answer(httpResource<Providers>(() => '/api/session/providers'));
  }

  /** Asks nothing while `wanted` is false. */
  samplePeople(wanted: () => boolean) {
    return answer(httpResource<SamplePeople>(() => (wanted() ? '/api/development/people' : undefined)));
  }

  withPassword(email: string, password: string): Promise<Session> {
    return this.enter('/api/session/password', { email, password });
  }

  async sendLink(email: string): Promise<void> {
    await firstValueFrom(this.http.post('/api/session/link', { email }));
  }

  withLink(token: string): Promise<Session> {
    return this.enter('/api/session/link/open', { token });
  }

  /** @throws Stopped when the device gave no passkey */
  async withPasskey(): Promise<Session> {
    const options = await firstValueFrom(this.http.post<Record<string, unknown>>('/api/session/passkey/options', {}));
    return this.enter('/api/session/passkey', { response: await provePasskey(options) });
  }

  /** Where the browser goes next. */
  async startProvider(providerId: string): Promise<string> {
    const path = `/api/session/providers/${encodeURIComponent(providerId)}/start`;
    return (await firstValueFrom(this.http.post<{ url: string }>(path, {}))).url;
  }

  withProvider(providerId: string, sentBack: { code: string; state: string; iss?: string }): Promise<Session> {
    return this.enter(`/api/session/providers/${encodeURIComponent(providerId)}`, sentBack);
  }

  secondFactor(code: string): Promise<Session> {
    return this.enter('/api/session/second-factor', { code });
  }

  asSamplePerson(personId: string): Promise<Session> {
    return this.enter('/api/development/session', { personId });
  }

  end(): Promise<Session> {
    return this.store.end();
  }

  async endAll(): Promise<Session> {
    return this.store.set(await firstValueFrom(this.http.delete<Session>('/api/sessions')));
  }

  private async enter(path: string, body: object): Promise<Session> {
    return this.store.set(await firstValueFrom(this.http.post<Session>(path, body)));
  }
}

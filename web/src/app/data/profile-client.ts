import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { OptionalMail, Profile } from '@throughway/contracts/profile';
import { firstValueFrom, type Observable } from 'rxjs';
import { answer } from './answer';
import { makePasskey } from './passkeys';
import { SessionStore } from './session-store';

export interface AuthenticatorSetup {
  secret: string;
  url: string;
  picture: string;
}

/** A person's own account. What may change the session (name, language, second factor) has it read again. */
@Injectable({ providedIn: 'root' })
export class ProfileClient {
  private readonly http = inject(HttpClient);
  private readonly store = inject(SessionStore);

  profile() {
    return answer(httpResource<Profile>(() => '/api/profile'));
  }

  change(facts: { name: string; language: 'en' | 'es' }): Promise<Profile> {
    return this.andSession(this.http.patch<Profile>('/api/profile', facts));
  }

  declineMails(declinedMails: readonly OptionalMail[]): Promise<Profile> {
    return firstValueFrom(this.http.patch<Profile>('/api/profile', { declinedMails }));
  }

  setPassword(password: string, current?: string): Promise<Profile> {
    const body = current === undefined ? { password } : { current, password };
    return firstValueFrom(this.http.put<Profile>('/api/profile/password', body));
  }

  /** @throws Stopped when the device made no passkey */
  async addPasskey(name: string): Promise<Profile> {
    const options = await firstValueFrom(this.http.post<Record<string, unknown>>('/api/profile/passkeys/options', {}));
    const response = await makePasskey(options);
    return this.andSession(this.http.post<Profile>('/api/profile/passkeys', { name, response }));
  }

  removePasskey(passkeyId: string): Promise<Profile> {
    return firstValueFrom(this.http.delete<Profile>(`/api/profile/passkeys/${passkeyId}`));
  }

  startAuthenticator(): Promise<AuthenticatorSetup> {
    return firstValueFrom(this.http.post<AuthenticatorSetup>('/api/profile/authenticator', {}));
  }

  /** Answers recovery codes, which the server never shows again. */
  async confirmAuthenticator(code: string): Promise<string[]> {
    const path = '/api/profile/authenticator/confirm';
    const { recoveryCodes } = await firstValueFrom(this.http.post<{ recoveryCodes: string[] }>(path, { code }));
    return recoveryCodes;
  }

  removeAuthenticator(): Promise<Profile> {
    return this.andSession(this.http.delete<Profile>('/api/profile/authenticator'));
  }

  removeIdentity(identityId: string): Promise<Profile> {
    return firstValueFrom(this.http.delete<Profile>(`/api/profile/identities/${identityId}`));
  }

  /** By a mailed link, without a session. Answers which kind comes no more. */
  async stopMails(token: string): Promise<OptionalMail> {
    const asked = this.http.post<{ mail: OptionalMail }>('/api/mails/stop', null, { params: { token } });
    const { mail } = await firstValueFrom(asked);
    return mail;
  }

  endSession(sessionId: string): Promise<Profile> {
    return firstValueFrom(this.http.delete<Profile>(`/api/profile/sessions/${sessionId}`));
  }

  /** For good. Nobody is signed in here after it. */
  async erase(): Promise<{ erased: true }> {
    const erased = await firstValueFrom(this.http.delete<{ erased: true }>('/api/profile'));
    await this.store.reload();
    return erased;
  }

  private async andSession(asked: Observable<Profile>): Promise<Profile> {
    const profile = await firstValueFrom(asked);
    await this.store.reload();
    return profile;
  }
}

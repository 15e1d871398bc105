import { HttpClient } from '@angular/common/http';
import { computed, inject, Injectable, signal } from '@angular/core';
import type { Session } from '@throughway/contracts/session';
import type { Role } from '@throughway/vocabulary/roles';
import { firstValueFrom } from 'rxjs';

/** Who is signed in here, as the server said last. Only words and menus follow it; what anyone may do, the server decides. */
@Injectable({ providedIn: 'root' })
export class SessionStore {
  private readonly http = inject(HttpClient);
  private readonly known = signal<Session | null>(null);
  private readonly isAnswered = signal(false);
  private asking: Promise<void> | null = null;

  /** Null until the server answered. */
  readonly session = this.known.asReadonly();
  /** Whether the server was asked and answered, or could not be reached. */
  readonly answered = this.isAnswered.asReadonly();
  readonly person = computed(() => this.known()?.person ?? null);
  readonly memberships = computed(() => this.known()?.memberships ?? []);

  /** Asks the server once. A failure leaves the session unknown, and the next call asks again. */
  load(): Promise<void> {
    return (this.asking ??= this.reload());
  }

  async reload(): Promise<void> {
    try {
      this.known.set(await firstValueFrom(this.http.get<Session>('/api/session')));
    } catch {
      this.asking = null;
    } finally {
      this.isAnswered.set(true);
    }
  }

  /** What a sign-in or sign-out answered. */
  set(session: Session): Session {
    this.asking = Promise.resolve();
    this.known.set(session);
    this.isAnswered.set(true);
    return session;
  }

  /** Signs out here. */
  async end(): Promise<Session> {
    return this.set(await firstValueFrom(this.http.delete<Session>('/api/session')));
  }

  /** Whether one of the roles is held anywhere. */
  holds(...roles: Role[]): boolean {
    return this.memberships().some(({ role }) => roles.includes(role));
  }
}

import { Injectable } from '@nestjs/common';
import type { CookieOptions, Request } from 'express';
import { Sessions } from '../platform/auth/sessions.js';
import { digestOf, newToken } from '../platform/auth/tokens.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { refuse, type Refusal } from '../platform/errors/refusal.js';
import { readCookie } from '../platform/http/read-cookie.js';
import {
  type Ceremony,
  type CeremonyPurpose,
  forgetCeremonies,
  insertCeremony,
  takeCeremony,
} from './ceremonies.repository.js';

export const CEREMONY_MS = 5 * 60_000;

/** A sign-in of two steps was begun elsewhere, too long ago, or is already used. */
export function ceremonyOver(): Refusal {
  return refuse(
    'ceremony-over',
    'This sign-in was begun in another browser, more than 5 minutes ago, or is used up. Begin anew.',
  );
}

/**
 * Sign-ins that need two steps. The first leaves a row, and a cookie that binds it to the browser: nobody can bring another
 * person's browser to finish what they began themselves. A browser has one ceremony of each purpose; the latest counts.
 */
@Injectable()
export class Ceremonies {
  constructor(
    private readonly clock: Clock,
    private readonly sessions: Sessions,
    private readonly transactions: Transactions,
  ) {}

  async begin<P extends CeremonyPurpose>(request: Request, purpose: P, ceremony: Ceremony<P>): Promise<void> {
    const id = newToken();
    const replaced = readCookie(request, this.cookieName(purpose));
    const now = this.clock.now();
    await this.transactions.run(async (em) => {
      await forgetCeremonies(em, replaced === null ? null : digestOf(replaced), now);
      const expiresAt = new Date(now.getTime() + CEREMONY_MS);
      await insertCeremony(em, { ...ceremony, purpose, digest: digestOf(id), expiresAt });
    });
    request.res?.cookie(this.cookieName(purpose), id, { ...this.cookieOptions(), maxAge: CEREMONY_MS });
  }

  /** Uses the browser's ceremony up, whatever becomes of the step that wanted it. @throws ceremony-over */
  async take<P extends CeremonyPurpose>(request: Request, purpose: P): Promise<Ceremony<P>> {
    const id = readCookie(request, this.cookieName(purpose));
    if (id === null) throw ceremonyOver();
    request.res?.clearCookie(this.cookieName(purpose), this.cookieOptions());
    const taken = await this.transactions.run((em) => takeCeremony(em, digestOf(id), purpose, this.clock.now()));
    if (!taken) throw ceremonyOver();
    return taken;
  }

  private cookieName(purpose: CeremonyPurpose): string {
    return `${this.sessions.secure ? '__Host-' : ''}throughway-${purpose}`;
  }

  private cookieOptions(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', path: '/', secure: this.sessions.secure };
  }
}

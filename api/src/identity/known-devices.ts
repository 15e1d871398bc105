import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { SecretBox } from '../platform/auth/secret-box.js';
import { Sessions } from '../platform/auth/sessions.js';
import { Clock } from '../platform/clock/clock.js';
import { readCookie } from '../platform/http/read-cookie.js';

const MARK = 'known device';
const KEPT_DAYS = 180;

/**
 * Which devices an account has fully signed in on, kept on the device itself as a sealed cookie (OWASP "Device Cookies"). It opens
 * nothing: it only gives the device guesses that strangers cannot use up.
 */
@Injectable()
export class KnownDevices {
  private readonly cookieName: string;

  constructor(
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly sessions: Sessions,
  ) {
    this.cookieName = `${sessions.cookieName}-device`;
  }

  remember(request: Request, account: string): void {
    const sealed = this.box.seal(JSON.stringify([MARK, account, this.clock.now().getTime()]));
    request.res?.cookie(this.cookieName, sealed.toString('base64url'), {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: this.sessions.secure,
      maxAge: KEPT_DAYS * 86_400_000,
    });
  }

  knows(request: Request, account: string): boolean {
    const sealed = readCookie(request, this.cookieName);
    if (sealed === null) return false;
    try {
      const [mark, whose, since] = JSON.parse(this.box.open(Buffer.from(sealed, 'base64url'))) as unknown[];
      const age = this.clock.now().getTime() - Number(since);
      return mark === MARK && whose === account && age < KEPT_DAYS * 86_400_000;
    } catch {
      return false;
    }
  }
}

import { Injectable } from '@nestjs/common';
import type { CookieOptions, Request } from 'express';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { offersSamplePeople } from '../config/config.js';
import { Config } from '../config/config.provider.js';
import { readCookie } from '../http/read-cookie.js';
import type { Actor, HeldRole, SignInMethod } from './actor.js';
import { describeDevice } from './describe-device.js';
import { digestOf, newToken } from './tokens.js';

/** A session ends after half a day without a request, and after a week whatever happens (docs/adr/0013). */
const IDLE = '12 hours';
const LONGEST_DAYS = 7;
/** `last_seen_at` is exact to this; writing it at every request would be a write for every read. */
const SEEN_EVERY_MS = 60_000;

interface Resolved extends Omit<Actor, 'roles' | 'pendingRoles'> {
  lastSeenAt: string;
  memberships: HeldRole[];
}

/** Sessions: opaque random bits in a cookie, a row in the database, nothing in memory. */
@Injectable()
export class Sessions {
  /** Whether cookies go over https only. */
  readonly secure: boolean;
  readonly cookieName: string;
  private readonly development: boolean;

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    this.development = offersSamplePeople(config);
    this.secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
    this.cookieName = this.secure ? '__Host-throughway' : 'throughway';
  }

  /**
   * Opens a session for a person in the caller's transaction, gives its cookie to the answer, and ends the session that the request
   * came with. `proved` says that nothing more is needed, as after a passkey. Answers who asks from now on; null for someone suspended,
   * and for a sample person outside development or with a password.
   */
  async open(
    em: EntityManager,
    request: Request,
    { personId, method, proved = false }: { personId: string; method: SignInMethod; proved?: boolean },
  ): Promise<Actor | null> {
    await this.endHere(em, request);
    const token = newToken();
    const now = this.clock.now();
    const expires = new Date(now.getTime() + LONGEST_DAYS * 86_400_000);
    await em.query(
      `INSERT INTO session (digest, person_id, method, second_factor_at, device, started_at, last_seen_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`,
      [
        digestOf(token),
        personId,
        method,
        proved ? now : null,
        describeDevice(request.headers['user-agent']),
        now,
        expires,
      ],
    );
    await em.query(
      'UPDATE person SET signed_in_on = $2 WHERE person_id = $1 AND signed_in_on IS DISTINCT FROM $2::date',
      [personId, this.clock.today()],
    );
    request.res?.cookie(this.cookieName, token, { ...this.cookieOptions(), expires });
    const actor = await this.resolve(em, digestOf(token));
    return actor?.sample && method === 'password' ? null : actor;
  }

  /** Who the request's cookie stands for, or null. */
  async recognize(em: EntityManager, request: Request): Promise<Actor | null> {
    const token = this.tokenOf(request);
    return token ? this.resolve(em, digestOf(token)) : null;
  }

  private async resolve(em: EntityManager, digest: Buffer): Promise<Actor | null> {
    const now = this.clock.now();
    const rows: { found: Resolved | null }[] = await em.query('SELECT resolve_session($1, $2, $3) AS found', [
      digest,
      now,
      IDLE,
    ]);
    const found = rows[0]?.found;
    if (!found || (found.sample && !this.development)) return null;
    const { memberships, lastSeenAt, ...who } = found;
    if (now.getTime() - Date.parse(lastSeenAt) > SEEN_EVERY_MS) {
      await em.query('UPDATE session SET last_seen_at = $2 WHERE digest = $1', [digest, now]);
    }
    return { ...who, roles: who.secondFactor === 'settled' ? memberships : [], pendingRoles: memberships };
  }

  /** Marks the second factor as proved in this session. */
  async prove(em: EntityManager, sessionId: string): Promise<void> {
    await em.query('UPDATE session SET second_factor_at = $2 WHERE session_id = $1', [sessionId, this.clock.now()]);
  }

  /** Ends the request's own session, if it has one, and takes the cookie back. */
  async endHere(em: EntityManager, request: Request): Promise<void> {
    const token = this.tokenOf(request);
    if (!token) return;
    await em.query('UPDATE session SET ended_at = $2 WHERE digest = $1 AND ended_at IS NULL', [
      digestOf(token),
      this.clock.now(),
    ]);
    request.res?.clearCookie(this.cookieName, this.cookieOptions());
  }

  /** Ends a person's sessions: all, all but one, or only one. Answers how many ended. */
  async end(
    em: EntityManager,
    personId: string,
    { except = null, only = null }: { except?: string | null; only?: string | null } = {},
  ): Promise<number> {
    const [, count] = await em.query<[unknown, number]>(
      `UPDATE session SET ended_at = $4
       WHERE person_id = $1 AND ended_at IS NULL AND ($2::uuid IS NULL OR session_id <> $2)
         AND ($3::uuid IS NULL OR session_id = $3)`,
      [personId, except, only, this.clock.now()],
    );
    return count;
  }

  /** A person's live sessions, latest first. */
  list(
    em: EntityManager,
    personId: string,
  ): Promise<{ sessionId: string; device: string; startedAt: Date; lastSeenAt: Date }[]> {
    return em.query(
      `SELECT session_id AS "sessionId", device, started_at AS "startedAt", last_seen_at AS "lastSeenAt" FROM session
       WHERE person_id = $1 AND ended_at IS NULL AND expires_at > $2 AND last_seen_at > $2 - $3::interval
       ORDER BY last_seen_at DESC, session_id`,
      [personId, this.clock.now(), IDLE],
    );
  }

  private tokenOf(request: Request): string | null {
    return readCookie(request, this.cookieName);
  }

  private cookieOptions(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', path: '/', secure: this.secure };
  }
}

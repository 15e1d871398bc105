import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { type Limit, Limits } from '../platform/auth/limits.js';
import { digestOf } from '../platform/auth/tokens.js';
import { peerAddress } from '../platform/http/peer-address.js';

/**
 * Half-hour windows keep any hour whatever within TRUST S5: per account 3 × (6 + 4) − 2 = 28 wrong guesses, per peer address
 * 3 × 33 − 1 = 98, mails to one address 5. A device that signed in before has guesses of its own at that account alone, which a
 * stranger cannot use up, nor a stranger behind the same address; and whenever a further link is refused, one sent within its half
 * hour of life lies in the owner's mailbox.
 */
const HALF_HOUR = 1800;
const GUESSES: Limit = { name: 'guess', points: 6, seconds: HALF_HOUR };
const GUESSES_KNOWN_DEVICE: Limit = { name: 'guess-known', points: 4, seconds: HALF_HOUR };
const GUESSES_BY_PEER: Limit = { name: 'guess-peer', points: 33, seconds: HALF_HOUR };
const CODES: Limit = { name: 'code', points: 5, seconds: HALF_HOUR };
const LINKS: Limit = { name: 'link', points: 2, seconds: HALF_HOUR };
/** A school behind one address may ask for many. */
const LINKS_BY_PEER: Limit = { name: 'link-peer', points: 300, seconds: HALF_HOUR };

const FROM_HERE = 'Too many attempts came from this network. Wait, or sign in with a passkey or a mailed link.';
const AT_THIS_ACCOUNT =
  'Too many wrong passwords. Wait, or sign in with a passkey or a mailed link; both keep working.';

/** Counts guesses. Those that turn out right are given back: only wrong ones use anything up. */
@Injectable()
export class SignInLimits {
  constructor(private readonly limits: Limits) {}

  /** Turns away whose guess would be refused anyway, before it takes a place in the line; counts nothing. @throws too-many-attempts */
  async askPassword(request: Request, account: string, knownDevice: boolean): Promise<void> {
    if (!knownDevice) await this.limits.ask(GUESSES_BY_PEER, peerOf(request), FROM_HERE);
    await this.limits.ask(knownDevice ? GUESSES_KNOWN_DEVICE : GUESSES, account, AT_THIS_ACCOUNT);
  }

  /** Counts a guess at a password; call the answer when it was right. @throws too-many-attempts */
  async password(request: Request, account: string, knownDevice: boolean): Promise<() => Promise<void>> {
    const peer = peerOf(request);
    const own = knownDevice ? GUESSES_KNOWN_DEVICE : GUESSES;
    if (!knownDevice) await this.limits.take(GUESSES_BY_PEER, peer, FROM_HERE);
    await this.limits.take(own, account, AT_THIS_ACCOUNT);
    return async () => {
      if (!knownDevice) await this.limits.giveBack(GUESSES_BY_PEER, peer);
      await this.limits.giveBack(own, account);
    };
  }

  /** Counts a guess at a code; call the answer when it was right. @throws too-many-attempts */
  async code(personId: string): Promise<() => Promise<void>> {
    await this.limits.take(CODES, personId, 'Too many wrong codes. Wait, or use a passkey; it keeps working.');
    return () => this.limits.giveBack(CODES, personId);
  }

  /** Counts a mail with a link. @throws too-many-attempts */
  async link(request: Request, account: string, knownDevice: boolean): Promise<void> {
    if (!knownDevice) await this.limits.take(LINKS_BY_PEER, peerOf(request), FROM_HERE);
    await this.limits.take(
      LINKS,
      account,
      'Two links were asked for within half an hour: open the latest one in your mail, or wait.',
    );
  }
}

/** What stands for an account in counts, whether there is such an account or not; no address is kept there. */
export function accountOf(email: string): string {
  return digestOf(email.toLowerCase()).toString('base64url');
}

function peerOf(request: Request): string {
  return digestOf(peerAddress(request)).toString('base64url');
}

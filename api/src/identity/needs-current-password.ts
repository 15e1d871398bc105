import type { Actor, SignInMethod } from '../platform/auth/actor.js';

/** Ways in that show more than the password does: the person's mailbox, or their passkey. */
const STRONGER: readonly SignInMethod[] = ['link', 'invitation', 'passkey'];
const FRESH_MS = 3_600_000;

/**
 * Whether this session may set another password only with the current one. A fresh one that began without the password may not need
 * it: that is how a forgotten or stolen one is replaced.
 */
export function needsCurrentPassword({ method, startedAt }: Actor, now: Date): boolean {
  return !STRONGER.includes(method) || now.getTime() - Date.parse(startedAt) > FRESH_MS;
}

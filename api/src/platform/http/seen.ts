import type { Endpoint } from '@throughway/contracts/endpoint';
import { createHash } from 'node:crypto';
import { badInput, Refusal } from '../errors/refusal.js';

/** The ETags that somebody saw, of which one must still be right; `any` for whoever does not mind what it is now. */
export type Seen = 'any' | readonly string[];

/** One or more quoted tags, or a star (RFC 9110, 13.1.1). */
const TAGS = /^\s*(\*|(W\/)?"[^"]*"(\s*,\s*(W\/)?"[^"]*")*)\s*$/;

/** The ETag of an answer: a digest of its text, so that equal texts have equal tags on every server. */
export function tagOf(text: string | Buffer): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
}

/**
 * Reads `If-Match`. A tag that a proxy weakened on its way (`W/`) is the same digest, and counts as before.
 * @throws if-match-missing; bad-input for what holds no tag
 */
export function readSeen(header: string | undefined): Seen {
  if (header === undefined) {
    throw new Refusal(
      428,
      'if-match-missing',
      'Found no If-Match, expected the ETag of what you saw, so that nobody undoes what another did meanwhile.',
    );
  }
  if (!TAGS.test(header)) {
    throw badInput([{ path: 'header.If-Match', found: header.slice(0, 80), expected: 'an ETag in quotes, or *' }]);
  }
  return header.includes('"') ? (header.match(/"[^"]*"/g) ?? []) : 'any';
}

/**
 * Refuses a command on what is not any more as its asker saw it: `now` is what `answered`, the endpoint that showed it, would answer
 * them. Callers hold the rows, so that nobody changes them between this and the command. @throws changed-meanwhile
 */
export function requireUnchanged(seen: Seen, answered: Endpoint, now: unknown): void {
  if (seen !== 'any') requireVersion(seen, tagOf(JSON.stringify(answered.response.parse(now))));
}

/** The same, for one of several in an answer, which carries its tag as `version`. @throws changed-meanwhile */
export function requireVersion(seen: Seen, version: string): void {
  if (seen === 'any' || seen.includes(version)) return;
  throw new Refusal(
    412,
    'changed-meanwhile',
    'Found that somebody changed this after you looked, expected it as you saw it. Look again, then decide.',
  );
}

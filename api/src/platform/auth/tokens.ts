import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as base64url: what a cookie or a mailed link holds. Only its digest is ever stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A plain digest is enough for random bits: there is nothing to guess. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

import { randomBytes } from 'node:crypto';
import { digestOf } from '../platform/auth/tokens.js';

/** Crockford's base 32: no letter that reads as a digit. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const COUNT = 10;
const LETTER_COUNT = 16;

/** Ten codes of 80 random bits each, in four groups: `7K2M-…`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const letters = [...randomBytes(LETTER_COUNT)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    return letters.match(/.{4}/g)?.join('-') ?? letters;
  });
}

/** What is stored of a code, however it was typed: case, groups and letters that look like digits do not matter. */
export function recoveryCodeDigest(typed: string): Buffer {
  const letters = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return digestOf(letters);
}

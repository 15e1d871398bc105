import { type Refusal, refuse } from '../platform/errors/refusal.js';
import { isCommonPassword } from './common-passwords.js';
import { normal } from './passwords.js';

/** NIST SP 800-63B-4 (2025), 3.1.1.2: a password that stands alone, and one that is only used beside a second factor. */
export const PASSWORD_ALONE = 15;
const BESIDE_SECOND_FACTOR = 8;
const PRODUCT = 'throughway';

/** Length in Unicode code points, as the same section counts. */
export function lengthOf(password: string): number {
  return [...normal(password)].length;
}

/**
 * Why a new password will not do, or null: `password-too-short` or `password-common`. No rule about kinds of characters. Common
 * means: on the list; a short piece over and over; or fewer than eight characters once the product's name, the person's name
 * and mail address and a listed word are taken away.
 */
export function passwordRefusal(
  password: string,
  { name, email, secondFactor }: { name: string; email: string | null; secondFactor: boolean },
): Refusal | null {
  const length = lengthOf(password);
  const enough = secondFactor ? BESIDE_SECOND_FACTOR : PASSWORD_ALONE;
  if (length < enough) {
    const why = secondFactor ? '' : `, or ${BESIDE_SECOND_FACTOR} once a second factor is set up`;
    return refuse('password-too-short', `The password has ${length} characters; it needs at least ${enough}${why}.`);
  }
  if (!isGuessable(normal(password).toLowerCase(), ownWords(name, email))) return null;
  return refuse(
    'password-common',
    'This password is among the first that others would try: it is on the list of common ones, or little more than a name.',
  );
}

function isGuessable(text: string, words: string[]): boolean {
  if (isCommonPassword(text)) return true;
  const piece = [...text].slice(0, periodOf(text)).join('');
  if (lengthOf(piece) < BESIDE_SECOND_FACTOR || isCommonPassword(piece)) return true;
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const known = isCommonPassword(core) ? [...words, core] : words;
  const rest = known.reduce((left, word) => left.replaceAll(word, ''), text);
  return lengthOf(rest) < BESIDE_SECOND_FACTOR;
}

/** The length of the shortest piece that, repeated and cut, gives the whole text. */
function periodOf(text: string): number {
  const letters = [...text];
  for (let period = 1; period < letters.length; period += 1) {
    if (letters.every((letter, at) => at < period || letter === letters[at - period])) return period;
  }
  return letters.length;
}

/** Longest first, so that a word inside another does not break it. */
function ownWords(name: string, email: string | null): string[] {
  const local = email?.split('@')[0] ?? '';
  const words = [PRODUCT, local, name, ...local.split(/[^\p{L}\p{N}]+/u), ...name.split(/[^\p{L}\p{N}]+/u)];
  return words
    .map((word) => normal(word).toLowerCase())
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length);
}

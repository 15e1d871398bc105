import type { Column } from './columns.js';
import { isFormula } from './describe-kind.js';

/** Control characters, line and paragraph separators, marks that turn the direction of what follows, and what was no UTF-8. */
const HOSTILE = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFFFD]/u;
const MAIL =
  /^(?=.{3,254}$)(?=[^@]{1,64}@)[A-Za-z0-9_'+-]+(?:\.[A-Za-z0-9_'+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** Text of a file of persons: no formula, no control character, at most `limit` UTF-16 units; blank is none. */
export function isPlainText(text: string, limit: number): boolean {
  return text.trim() !== '' && text.length <= limit && !isFormula(text) && !HOSTILE.test(text);
}

/** A mail address as sign-in takes it: ASCII, at most 254 characters (RFC 5321), no formula. */
export function isMailAddress(text: string): boolean {
  return MAIL.test(text) && !isFormula(text);
}

/** An id of a person's row: never trimmed or changed. */
export function plainId(name: string, limit: number): Column<string> {
  return {
    name,
    expected: `an id of at most ${limit} characters`,
    read: (cell) => (isPlainText(cell, limit) ? cell : undefined),
    write: (value) => value,
    blank: null,
  };
}

/** A name that must be there; spaces around it are dropped. */
export function plainName(name: string, limit: number): Column<string> {
  return {
    name,
    expected: `a name of at most ${limit} characters on one line`,
    read: (cell) => (isPlainText(cell.trim(), limit) ? cell.trim() : undefined),
    write: (value) => value,
    blank: null,
  };
}

/** Text that may be blank; spaces around it are dropped. */
export function optionalPlainText(name: string, limit: number): Column<string | null> {
  return {
    name,
    expected: `text of at most ${limit} characters on one line, or a blank cell`,
    read: (cell) => (isPlainText(cell.trim(), limit) ? cell.trim() : undefined),
    write: (value) => value ?? '',
    blank: { value: null },
  };
}

export function optionalMailAddress(name: string): Column<string | null> {
  return {
    name,
    expected: 'a mail address or a blank cell',
    read: (cell) => (isMailAddress(cell.trim()) ? cell.trim() : undefined),
    write: (value) => value ?? '',
    blank: { value: null },
  };
}

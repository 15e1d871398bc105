import { formatDay, parseDay, type Day } from '@throughway/vocabulary/local-date';
import type { Level, Network } from '@throughway/vocabulary/network';

/** What one column holds: how its cells are read, written and described. */
export interface Column<Value> {
  readonly name: string;
  /** Completes "expected …" in a message. */
  readonly expected: string;
  /** The value of a cell that is not blank; undefined when the text is no such value. */
  read(text: string): Value | undefined;
  /** The cell that reads as this value. */
  write(value: Value): string;
  /** What is wrong with a cell that could not be read, in a file of persons: it never repeats the cell. */
  fault?(text: string): string;
  /** What a blank cell, or a missing column, means; null = the cell may not be blank and the column must exist. */
  readonly blank: { readonly value: Value } | null;
  /** The file in which the cell's id must occur. */
  readonly references?: keyof Network;
  /** Whether a cell that was read deserves a notice, since it looks unlike what the column is for. */
  doubt?(text: string): boolean;
}

/** Largest number a cell may hold: a count still fits 32 bits, and sums over millions of rows stay exact. */
export const LARGEST_NUMBER = 999_999_999;

const WHOLE = /^\d{1,15}(\.0{1,15})?$/;
const DECIMAL = /^\d{1,15}(\.\d{1,40})?$/;
const DOLLARS = /^(\d{1,9})(?:\.(\d{1,2}))?$/;
const FIPS = /^\d{5}$/;
const SOC = /^\d{2}-\d{4}(\.\d{2})?$/;

/** An opaque id: any text that is not blank, untrimmed. With `references`, one that occurs in that file. */
export function id(name: string, references?: keyof Network): Column<string> {
  return { name, expected: 'an id', read: asWritten, write: asWritten, blank: null, ...(references && { references }) };
}

/** An id that may be blank. */
export function optionalId(name: string, references: keyof Network): Column<string | null> {
  return { name, expected: 'an id or a blank cell', read: asWritten, write: blankForNull, blank: NOTHING, references };
}

/** A name or title; blank is the empty text. */
export function text(name: string): Column<string> {
  return { name, expected: 'text', read: asWritten, write: asWritten, blank: { value: '' } };
}

/** Text that a row cannot do without, such as a projection's source. */
export function neededText(name: string): Column<string> {
  return { name, expected: 'text', read: asWritten, write: asWritten, blank: null };
}

export function optionalText(name: string): Column<string | null> {
  return { name, expected: 'text', read: asWritten, write: blankForNull, blank: NOTHING };
}

/** County FIPS. Text unlike one is kept (EXACT: an unknown county is its own commuting zone), with a notice. */
export function county(name: string): Column<string> {
  return { ...neededText(name), expected: 'a county FIPS code of five digits', doubt: (cell) => !FIPS.test(cell) };
}

/** Occupation code, kept as written, with a notice when it is unlike `29-1141` and `29-1141.00`. */
export function soc(name: string): Column<string> {
  return { ...neededText(name), expected: 'a SOC code such as 29-1141', doubt: (cell) => !SOC.test(cell) };
}

/** Counties separated by `;`; blank is null. */
export function counties(name: string): Column<string[] | null> {
  return {
    name,
    expected: 'county FIPS codes separated by ";"',
    read: splitList,
    write: (codes) => (codes === null ? '' : codes.length === 0 ? ';' : codes.join(';')),
    blank: NOTHING,
    doubt: (cell) => !splitList(cell).every((code) => FIPS.test(code)),
  };
}

/** Occupations separated by `;`; blank is none. */
export function socs(name: string): Column<string[]> {
  return {
    name,
    expected: 'SOC codes separated by ";"',
    read: splitList,
    write: (codes) => codes.join(';'),
    blank: { value: [] },
    doubt: (cell) => !splitList(cell).every((code) => SOC.test(code)),
  };
}

export function day(name: string): Column<Day> {
  return { name, expected: A_DATE, read: (cell) => parseDay(cell) ?? undefined, write: formatDay, blank: null };
}

export function optionalDay(name: string): Column<Day | null> {
  return {
    ...day(name),
    expected: `${A_DATE} or a blank cell`,
    write: (value) => (value === null ? '' : formatDay(value)),
    blank: NOTHING,
  };
}

/** Persons, seats or days: digits only, though `12.0` is 12. No sign, exponent, space or thousands separator. */
export function count(name: string): Column<number> {
  return { name, expected: A_COUNT, read: (cell) => readNumber(cell, WHOLE), write: String, blank: null };
}

/** Hours, openings or quantities: digits with an optional decimal point. No sign, exponent, space or thousands separator. */
export function decimal(name: string): Column<number> {
  const expected = `a number from 0 to ${LARGEST_NUMBER}`;
  return { name, expected, read: (cell) => readNumber(cell, DECIMAL), write: writeDecimal, blank: null };
}

/** A decimal whose blank is 0. */
export function decimalOrZero(name: string): Column<number> {
  return { ...decimal(name), blank: { value: 0 } };
}

/** Dollars in the file, whole cents in the row; `18`, `18.5` and `18.50` are alike, a third decimal is refused rather than rounded. */
export function optionalMoney(name: string): Column<number | null> {
  return {
    name,
    expected: 'dollars with at most two decimals, such as 18.50, or a blank cell',
    read: readCents,
    write: (cents) => (cents === null ? '' : `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`),
    blank: NOTHING,
  };
}

export function level(name: string): Column<Level> {
  return {
    name,
    expected: 'a level from 1 to 4',
    read: (cell) => LEVELS.find((one) => one === readNumber(cell, WHOLE)),
    write: String,
    blank: null,
  };
}

/** A word of a closed list. */
export function word<Word extends string>(name: string, words: readonly Word[]): Column<Word> {
  const expected = `one of ${words.join(', ')}`;
  return { name, expected, read: (cell) => words.find((one) => one === cell), write: asWritten, blank: null };
}

export function optionalWord<Word extends string>(name: string, words: readonly Word[]): Column<Word | null> {
  const expected = `one of ${words.join(', ')}, or a blank cell`;
  return { ...word(name, words), expected, write: blankForNull, blank: NOTHING };
}

/** `yes` or blank. */
export function yesOrBlank(name: string): Column<boolean> {
  return {
    name,
    expected: 'yes or a blank cell',
    read: (cell) => (cell === 'yes' ? true : undefined),
    write: (value) => (value ? 'yes' : ''),
    blank: { value: false },
  };
}

const NOTHING = { value: null } as const;
const A_DATE = 'a date as YYYY-MM-DD';
const A_COUNT = `a whole number from 0 to ${LARGEST_NUMBER}`;
const LEVELS: readonly Level[] = [1, 2, 3, 4];

function asWritten<Text extends string>(cell: Text): Text {
  return cell;
}

function blankForNull(value: string | null): string {
  return value ?? '';
}

function splitList(cell: string): string[] {
  return cell
    .split(';')
    .map((code) => code.trim())
    .filter((code) => code !== '');
}

function readNumber(cell: string, form: RegExp): number | undefined {
  if (!form.test(cell)) return undefined;
  const value = Number(cell);
  return value <= LARGEST_NUMBER ? value : undefined;
}

function readCents(cell: string): number | undefined {
  const match = DOLLARS.exec(cell);
  if (!match) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** Decimal notation that reads as exactly this number; String alone would write 1e-7, which no cell may hold. */
function writeDecimal(value: number): string {
  const plain = String(value);
  return plain.includes('e') ? value.toFixed(40).replace(/0+$/, '') : plain;
}

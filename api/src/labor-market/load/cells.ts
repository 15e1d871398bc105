/** A cell that cannot mean what its column holds. The reader turns it into a {@link Problem} with its file and line. */
export class BadCell extends Error {
  constructor(
    readonly column: string,
    readonly found: string,
    readonly expected: string,
  ) {
    super(`${column}: found ${JSON.stringify(found)}, expected ${expected}`);
  }
}

/**
 * What publishers print where there is no figure: nothing, em dash (BLS projections), `*` wage and `**` employment not
 * available, `#` above the top code (BLS OEWS), `n/a` and `N/A` (O*NET). None of them is zero.
 */
const NO_FIGURE = new Set(['', '—', '–', '-', '*', '**', '#', 'n/a', 'N/A', 'NA']);

/** What a four-byte integer holds: no figure of ours is larger. */
const ANY: readonly [number, number] = [-2_147_483_648, 2_147_483_647];

/** One row of a publisher's table, read by column name. Spaces around a cell never carry meaning. */
export class Cells {
  constructor(
    private readonly positions: ReadonlyMap<string, number>,
    private readonly values: readonly string[],
    readonly line: number,
  ) {}

  /** Whether the table has this column at all (releases and trimmed copies differ). */
  has(column: string): boolean {
    return this.positions.has(column);
  }

  /** The trimmed cell; '' when it is blank. @throws BadCell when the table has no such column. */
  raw(column: string): string {
    const position = this.positions.get(column);
    if (position === undefined) throw new BadCell(column, 'no such column', 'a column of this name');
    return (this.values[position] ?? '').trim();
  }

  /** A text that may not be blank; runs of white space become one space. */
  text(column: string): string {
    const value = this.raw(column).replace(/\s+/g, ' ');
    if (value === '') throw new BadCell(column, value, 'a text');
    return value;
  }

  /** A text, or null when blank or marked as absent. */
  optionalText(column: string): string | null {
    const value = this.raw(column);
    return NO_FIGURE.has(value) ? null : value.replace(/\s+/g, ' ');
  }

  /** A decimal number within `range`, thousands separators allowed, or null for every way of saying "no figure". */
  optionalNumber(column: string, [low, high]: readonly [number, number] = ANY): number | null {
    const value = this.raw(column);
    if (NO_FIGURE.has(value)) return null;
    const digits = value.replace(/^(-?)\$/, '$1').replaceAll(',', '');
    if (!/^-?(\d+\.?\d*|\.\d+)$/.test(digits)) throw new BadCell(column, value, 'a number');
    const number = Number(digits);
    if (number < low || number > high) throw new BadCell(column, value, `a number from ${low} to ${high}`);
    return number;
  }

  optionalInteger(column: string, range: readonly [number, number] = ANY): number | null {
    const value = this.optionalNumber(column, range);
    if (value !== null && !Number.isInteger(value)) throw new BadCell(column, this.raw(column), 'a whole number');
    return value;
  }

  integer(column: string, range: readonly [number, number] = ANY): number {
    const value = this.optionalInteger(column, range);
    if (value === null) throw new BadCell(column, this.raw(column), 'a whole number');
    return value;
  }

  /** The cell's meaning in `words`. @throws BadCell that lists the words. */
  word<T>(column: string, words: ReadonlyMap<string, T>): T {
    const value = this.raw(column);
    const meaning = words.get(value);
    if (meaning === undefined)
      throw new BadCell(column, value, [...words.keys()].map((word) => `"${word}"`).join(', '));
    return meaning;
  }

  /** As {@link word}, null for "no figure". */
  optionalWord<T>(column: string, words: ReadonlyMap<string, T>): T | null {
    return NO_FIGURE.has(this.raw(column)) ? null : this.word(column, words);
  }

  /** The cell when it has the form; `expected` says the form in words. */
  matching(column: string, form: RegExp, expected: string): string {
    const value = this.raw(column);
    if (!form.test(value)) throw new BadCell(column, value, expected);
    return value;
  }
}

/** SOC 2018 with its hyphen, `29-1141`, from `29-1141` or the hyphenless `291141` of some state files. */
export function socCell(cells: Cells, column: string): string {
  const value = cells.matching(column, /^\d{2}-?\d{4}$/, 'a six-digit occupation code such as 29-1141');
  return value.length === 6 ? `${value.slice(0, 2)}-${value.slice(2)}` : value;
}

/** Eight-digit O*NET-SOC, `29-1141.00`. */
export function onetSocCell(cells: Cells, column: string): string {
  return cells.matching(column, /^\d{2}-\d{4}\.\d{2}$/, 'an eight-digit O*NET-SOC code such as 29-1141.00');
}

/** Five-digit county FIPS code. */
export function fipsCell(cells: Cells, column: string): string {
  return cells.matching(column, /^\d{5}$/, 'a five-digit county code');
}

import type { Network } from '@throughway/vocabulary/network';
import type { Column } from './columns.js';
import { compareProblems } from './compare-problems.js';
import { quoteCell, type FormatProblem } from './format-problem.js';
import { fileOf, ROW_KINDS, type RowKind } from './network-files.js';
import { compareKeys, joinKey } from './row-keys.js';
import { ROW_RULES, type Breach, type FindRow } from './row-rules.js';
import { RowsReader, type ReadRow } from './rows-reader.js';

/** What reading a folder came to. */
export interface ReadNetwork {
  /** Every row that has no error and rests on no row that has one, sorted by its key; closed under references. */
  network: Network;
  /** In the order of the files of FORMATS, then by line, then by column. */
  errors: FormatProblem[];
  /** What was ignored or looks odd, in the same order; none of it changes the reading. */
  notices: FormatProblem[];
  /** Rows without an error that are left out of `network`, since they refer to a row that is; in the same order. */
  leftOut: FormatProblem[];
  /** Rows seen, good or not. */
  rowCount: number;
  /** Kinds of row whose file was there, empty or not. */
  present: RowKind[];
}

/** Errors kept; past these a hostile folder only costs time. */
export const ERROR_LIMIT = 100_000;

const NO_FILES: FormatProblem = {
  file: 'folder',
  line: null,
  column: null,
  found: 'none of the CSV files',
  expected: 'at least one of them',
};

/**
 * Reads the CSV folder of FORMATS from bytes, file by file in any order and in pieces of any size, and judges it whole at the end:
 * `file(name)` for each file at hand, `unreadable` for each that cannot be read, then `finish()` once.
 * Linear in the bytes, apart from sorting the rows; holds the rows, and of the text one record.
 */
export class NetworkReader {
  private readonly readers = new Map<RowKind, RowsReader>();
  /** Where the first row with a key stands. */
  private readonly index = new Map<RowKind, Map<string, number>>();
  /** Ids that other files may refer to. */
  private readonly ids = new Map<RowKind, { has(id: string): boolean }>();
  private readonly errors: FormatProblem[] = [];
  private readonly notices: FormatProblem[] = [];
  private readonly unread = new Set<RowKind>();
  private errorCount = 0;

  /** With `everyFile` false a part of a folder is sound too: files that EXACT asks for may be missing and then have no rows. */
  constructor(private readonly options: { everyFile: boolean } = { everyFile: true }) {}

  /** The reader for a file's bytes; null when FORMATS knows no such file, or it was given already. */
  file(name: string): RowsReader | null {
    const kind = ROW_KINDS.find((one) => fileOf(one).name === name);
    if (!kind || this.readers.has(kind)) return null;
    const reader = new RowsReader(
      fileOf(kind),
      (problem) => this.report(problem),
      (notice) => this.notices.push(notice),
    );
    this.readers.set(kind, reader);
    return reader;
  }

  /** Notes that a file is there but cannot be read, for instance since it is a directory. */
  unreadable(name: string, found: string): void {
    const kind = ROW_KINDS.find((one) => fileOf(one).name === name);
    if (!kind) return;
    this.unread.add(kind);
    this.report({ file: name, line: null, column: null, found, expected: 'a file that can be read' });
  }

  get rowCount(): number {
    let rows = 0;
    for (const reader of this.readers.values()) rows += reader.rows.length;
    return rows;
  }

  finish(): ReadNetwork {
    this.reportMissingFiles();
    for (const kind of ROW_KINDS) this.indexRows(kind);
    for (const kind of ROW_KINDS) this.ids.set(kind, this.idsOf(kind));
    for (const kind of ROW_KINDS) this.checkRows(kind);
    const leftOut = this.errorCount > 0 ? ROW_KINDS.flatMap((kind) => this.leaveOutDependents(kind)) : [];
    if (this.errorCount > this.errors.length) this.errors.push(this.tooManyErrors());
    return {
      network: this.takeNetwork(),
      errors: this.errors.sort(compareProblems),
      notices: this.notices.sort(compareProblems),
      leftOut,
      rowCount: this.rowCount,
      present: [...this.readers.keys()],
    };
  }

  private report(problem: FormatProblem): void {
    if (this.errorCount++ < ERROR_LIMIT) this.errors.push(problem);
  }

  private tooManyErrors(): FormatProblem {
    const more = this.errorCount - this.errors.length;
    return {
      file: 'folder',
      line: null,
      column: null,
      found: `${more} more errors`,
      expected: 'fewer; mend the first ones',
    };
  }

  private reportMissingFiles(): void {
    if (!this.options.everyFile) {
      if (this.readers.size + this.unread.size === 0) this.report(NO_FILES);
      this.reportForgottenFiles();
      return;
    }
    for (const kind of ROW_KINDS) {
      const { name, mustExist } = fileOf(kind);
      if (!mustExist || this.readers.has(kind) || this.unread.has(kind)) continue;
      this.unread.add(kind);
      this.report({ file: name, line: null, column: null, found: 'no such file', expected: 'a file of this name' });
    }
  }

  /** In a part of a folder: a file that rows at hand refer to is missing, once, not once for each of those rows. */
  private reportForgottenFiles(): void {
    const isMissing = (kind: RowKind): boolean => !this.readers.has(kind) && !this.unread.has(kind);
    for (const [kind, reader] of this.readers) {
      for (const [field, { references }] of Object.entries(fileOf(kind).columns)) {
        if (!references || !isMissing(references)) continue;
        if (!reader.rows.some((row) => typeof row[field] === 'string')) continue;
        this.unread.add(references);
        const expected = `the file whose ids ${fileOf(kind).name} uses`;
        this.report({ file: fileOf(references).name, line: null, column: null, found: 'no such file', expected });
      }
    }
  }

  /** Learns the ids of a file, and reports the later of two rows with one key at the key's last column. */
  private indexRows(kind: RowKind): void {
    const reader = this.readers.get(kind);
    if (!reader) return;
    const { key, columns } = fileOf(kind);
    const last = key[key.length - 1] as string;
    const seen = new Map<string, number>();
    this.index.set(kind, seen);
    for (const [at, row] of reader.rows.entries()) {
      const joined = joinKey(row, key);
      if (joined === null) continue;
      if (!seen.has(joined)) {
        seen.set(joined, at);
        continue;
      }
      this.reportAt(kind, at, {
        column: (columns[last] as Column<unknown>).name,
        found: `${key.map((field) => quoteCell(String(row[field]))).join(', ')} a second time`,
        expected: `each ${key.map((field) => (columns[field] as Column<unknown>).name).join(', ')} once`,
      });
    }
  }

  /** An id is the first field of a key: an area is a set of rows with one area_id. */
  private idsOf(kind: RowKind): { has(id: string): boolean } {
    const { key } = fileOf(kind);
    if (key.length === 1) return this.index.get(kind) ?? new Set();
    return new Set(this.readers.get(kind)?.rows.map((row) => row[key[0] as string] as string));
  }

  private checkRows(kind: RowKind): void {
    const reader = this.readers.get(kind);
    if (!reader) return;
    const references = Object.entries(fileOf(kind).columns)
      .filter(([, column]) => column.references && !this.isIncomplete(column.references))
      .map(([field, column]) => ({ field, column, ids: this.ids.get(column.references as RowKind) }));
    const rules = (ROW_RULES[kind] ?? []) as readonly ((row: ReadRow, find: FindRow) => Breach | null)[];
    for (const [at, row] of reader.rows.entries()) {
      for (const { field, column, ids } of references) {
        const id = row[field];
        if (typeof id === 'string' && !ids?.has(id)) this.reportAt(kind, at, unknownReference(column, id));
      }
      for (const rule of rules) {
        const breach = rule(row, this.find);
        if (breach) this.reportAt(kind, at, breach);
      }
    }
  }

  /** Whether ids of this file may be unknown to us through no fault of those who refer to them. */
  private isIncomplete(kind: RowKind): boolean {
    return this.unread.has(kind) || this.readers.get(kind)?.incomplete === true;
  }

  private readonly find: FindRow = (kind, id) => {
    const at = id === null || id === undefined ? undefined : this.index.get(kind)?.get(id);
    return at === undefined ? undefined : (this.readers.get(kind)?.rows[at] as ReturnType<FindRow>);
  };

  private reportAt(kind: RowKind, at: number, breach: Breach): void {
    const reader = this.readers.get(kind);
    reader?.broken.add(at);
    this.report({ file: fileOf(kind).name, line: reader?.lines[at] ?? null, ...breach });
  }

  /** Breaks the rows of a kind that refer to broken ones. Called in the order of the files, in which every reference points back. */
  private leaveOutDependents(kind: RowKind): FormatProblem[] {
    const { name, columns } = fileOf(kind);
    const reader = this.readers.get(kind);
    const references = Object.entries(columns).flatMap(([field, column]) =>
      column.references ? [{ field, column, ids: this.unbrokenIds(column.references) }] : [],
    );
    const leftOut: FormatProblem[] = [];
    for (const [at, row] of reader?.rows.entries() ?? []) {
      if (reader?.broken.has(at)) continue;
      const missing = references.find(({ field, ids }) => row[field] !== null && !ids.has(row[field]));
      if (!missing) continue;
      reader?.broken.add(at);
      const { found, expected, ...place } = unknownReference(missing.column, String(row[missing.field]));
      const line = reader?.lines[at] ?? null;
      if (leftOut.length < ERROR_LIMIT)
        leftOut.push({ file: name, line, ...place, found, expected: `${expected} without an error` });
    }
    return leftOut;
  }

  private unbrokenIds(kind: RowKind): ReadonlySet<unknown> {
    const field = fileOf(kind).key[0] as string;
    const reader = this.readers.get(kind);
    return new Set(reader?.rows.filter((_, at) => !reader.broken.has(at)).map((row) => row[field]));
  }

  private takeNetwork(): Network {
    const network: Record<string, ReadRow[]> = {};
    for (const kind of ROW_KINDS) {
      const reader = this.readers.get(kind);
      const { key } = fileOf(kind);
      const good = (reader?.rows ?? []).filter((_, at) => !reader?.broken.has(at));
      network[kind] = good.sort((a, b) => compareKeys(a, b, key));
    }
    return network as unknown as Network;
  }
}

function unknownReference(column: Column<unknown>, id: string): Breach {
  const file = column.references ? fileOf(column.references).name : '';
  return { column: column.name, found: quoteCell(id), expected: `an id that occurs in ${file}` };
}

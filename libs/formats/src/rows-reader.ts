import type { Column } from './columns.js';
import { CsvRecords, type CsvRecord } from './csv-records.js';
import { describeKind } from './describe-kind.js';
import { quoteCell, type FormatProblem } from './format-problem.js';
import { Utf8Text } from './utf8-text.js';

/** Longest record, in characters: far beyond any true row, and small enough that a hostile file cannot fill the memory. */
export const RECORD_LIMIT = 1_048_576;

/** Unknown columns that a notice names. */
const SHOWN_COLUMNS = 10;

/** A file as the reader needs to know it. */
export interface RowsFile {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column<unknown>>>;
  /** Whether cells may name or describe a person: then no problem repeats what a cell, or an unknown column's name, says. */
  readonly personal?: boolean;
}

/** A row as read: fields whose cells could not be read are absent. */
export type ReadRow = Record<string, unknown>;

interface PlannedColumn {
  field: string;
  column: Column<unknown>;
  /** Position in the file's own header; -1 when the file has no such column. */
  at: number;
}

/**
 * Reads one file of the folder from bytes: encoding, CSV, header, ragged rows and every cell by its column.
 * Rows with an error stay among `rows` (marked in `broken`), so that ids they declare are known and their references are still checked.
 */
export class RowsReader {
  readonly rows: ReadRow[] = [];
  /** First physical line of each row. */
  readonly lines: number[] = [];
  /** Indices of rows with an error. */
  readonly broken = new Set<number>();
  /** Whether ids may have been lost, so that an unknown id cannot be held against those who refer to it. */
  incomplete = false;

  private header: string[] | null = null;
  private plan: PlannedColumn[] = [];
  private stopped = false;
  private readonly doubts = new Map<string, FormatProblem & { times: number }>();
  private readonly text: Utf8Text;
  private readonly records: CsvRecords;

  constructor(
    private readonly file: RowsFile,
    private readonly onError: (problem: FormatProblem) => void,
    private readonly onNotice: (problem: FormatProblem) => void,
  ) {
    this.records = new CsvRecords(
      (record) => this.readRecord(record),
      RECORD_LIMIT,
      () => this.abandon(`a record of more than ${RECORD_LIMIT} characters`, 'a shorter one (is a quote left open?)'),
    );
    this.text = new Utf8Text(
      (text) => this.readText(text),
      (byte) => this.readBadByte(byte),
    );
  }

  /** Whether the file has this field's column; before its header was read, none. */
  hasColumn(field: string): boolean {
    return this.plan.some((column) => column.field === field && column.at >= 0);
  }

  /** Takes the next bytes; false when the rest of the file is of no use, so that the caller can stop. */
  push(bytes: Uint8Array): boolean {
    if (!this.stopped) this.text.push(bytes);
    return !this.stopped;
  }

  end(): void {
    if (!this.stopped) this.text.end();
    if (!this.stopped) this.records.end();
    if (!this.stopped && this.header === null) {
      this.fail(1, this.firstColumn(), 'an empty file', `the header ${this.columnNames().join(',')}`);
      this.incomplete = true;
    }
    for (const { times, ...notice } of this.doubts.values()) {
      this.onNotice({
        ...notice,
        found: times > 1 ? `${notice.found} and ${times - 1} more such cells` : notice.found,
      });
    }
  }

  private readText(text: string): void {
    if (this.stopped) return;
    const zero = text.indexOf('\0');
    this.records.push(zero < 0 ? text : text.slice(0, zero));
    if (zero >= 0 && !this.stopped) this.abandon('a zero byte, as UTF-16 or binary files have', 'text in UTF-8');
  }

  private readBadByte(byte: number): void {
    if (this.stopped) return;
    const shown = `byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    const { line, cell } = this.records.position;
    if (line === 1 && cell === 0 && byte >= 0xfe) this.abandon(`${shown}, as UTF-16 files begin with`, 'text in UTF-8');
    else this.fail(line, this.columnAt(cell), shown, 'text in UTF-8');
  }

  /** Reports a fault after which the rest of the file makes no sense, and reads no more of it. */
  private abandon(found: string, expected: string): void {
    const { line, cell } = this.records.position;
    this.fail(line, this.columnAt(cell), found, expected);
    this.incomplete = true;
    this.stopped = true;
    this.records.stop();
  }

  private readRecord(record: CsvRecord): void {
    if (this.header === null) this.readHeader(record);
    else this.readRow(record);
  }

  private readHeader({ line, cells, fault }: CsvRecord): void {
    if (fault) return this.abandon(fault.found, fault.expected);
    this.header = cells;
    const columns = Object.entries(this.file.columns);
    for (const [field, column] of columns) {
      const { name } = column;
      const at = cells.indexOf(name);
      this.plan.push({ field, column, at });
      if (at >= 0 && cells.includes(name, at + 1)) this.fail(line, name, 'this column twice', 'it once');
      if (at < 0 && !column.blank) this.fail(line, name, 'no such column', `a column ${name}`);
      if (at < 0 && this.file.key.includes(field)) this.incomplete = true;
    }
    const unknown = cells.flatMap((name, at) => (this.isKnown(name) ? [] : [{ name, at }]));
    if (unknown.length > 0) {
      const named = unknown.slice(0, SHOWN_COLUMNS);
      // A file without its header has a person's row in its place.
      const shown = this.file.personal
        ? `in place ${named.map(({ at }) => at + 1).join(', ')}`
        : named.map(({ name }) => quoteCell(name)).join(', ');
      const more = unknown.length > SHOWN_COLUMNS ? ` and ${unknown.length - SHOWN_COLUMNS} more` : '';
      this.onNotice({
        ...this.place(line, 'header'),
        found: `unknown columns ${shown}${more}`,
        expected: `only ${this.columnNames().join(', ')}; the others are ignored`,
      });
    }
  }

  private readRow(record: CsvRecord): void {
    const { line, cells, fault } = record;
    const row: ReadRow = {};
    const index = this.rows.push(row) - 1;
    this.lines.push(line);
    if (fault) {
      this.breakRow(index, line, this.columnAt(fault.cell), fault.found, fault.expected);
      this.readKeyOnly(row, record, fault.cell);
      return;
    }
    const width = this.header?.length ?? 0;
    if (cells.length !== width) {
      const first = Math.min(cells.length, width);
      const found =
        cells.length < width ? `the row's end after ${count(cells.length)}` : `a row of ${count(cells.length)}`;
      this.breakRow(index, line, this.columnAt(first), found, `${count(width)}, as the header has`);
      this.readKeyOnly(row, record, first);
      return;
    }
    for (const { field, column, at } of this.plan) {
      const cell = at < 0 ? '' : (cells[at] as string);
      if (cell === '') {
        if (column.blank) row[field] = column.blank.value;
        else if (at < 0) this.broken.add(index);
        else this.breakRow(index, line, column.name, 'a blank cell', column.expected);
        continue;
      }
      const value = column.read(cell);
      if (value === undefined) this.breakRow(index, line, column.name, this.describe(column, cell), column.expected);
      else row[field] = value;
      if (column.doubt?.(cell)) this.doubtCell(line, column, cell);
    }
  }

  /** Of a row whose cells may have shifted, keeps the id if it stands before the fault; else ids are lost. */
  private readKeyOnly(row: ReadRow, record: CsvRecord, before: number): void {
    const key = this.plan.filter(({ field }) => this.file.key.includes(field));
    const safe = key.every(({ at }) => at >= 0 && at < before);
    if (safe) for (const { field, at } of key) row[field] = record.cells[at];
    if (!safe || record.lastLine > record.line) this.incomplete = true;
  }

  private breakRow(index: number, line: number, column: string, found: string, expected: string): void {
    this.broken.add(index);
    this.fail(line, column, found, expected);
  }

  private fail(line: number, column: string, found: string, expected: string): void {
    this.onError({ ...this.place(line, column), found, expected });
  }

  private doubtCell(line: number, column: Column<unknown>, cell: string): void {
    const seen = this.doubts.get(column.name);
    if (seen) seen.times++;
    else
      this.doubts.set(column.name, {
        ...this.place(line, column.name),
        found: this.describe(column, cell),
        expected: column.expected,
        times: 1,
      });
  }

  private place(line: number, column: string): Pick<FormatProblem, 'file' | 'line' | 'column'> {
    return { file: this.file.name, line, column };
  }

  /** The header's name for a cell, counted from 0; before there is a header, the first known column stands for the first cell. */
  private columnAt(cell: number): string {
    const name = this.header === null && cell === 0 ? this.firstColumn() : this.header?.[cell];
    return name && (!this.file.personal || this.isKnown(name)) ? name : `column ${cell + 1}`;
  }

  private isKnown(name: string): boolean {
    return Object.values(this.file.columns).some((column) => column.name === name);
  }

  /** What a cell holds that could not be read, as far as it may be said. */
  private describe(column: Column<unknown>, cell: string): string {
    return this.file.personal ? (column.fault?.(cell) ?? describeKind(cell)) : quoteCell(cell);
  }

  private firstColumn(): string {
    return this.columnNames()[0] as string;
  }

  private columnNames(): string[] {
    return Object.values(this.file.columns).map((column) => column.name);
  }
}

function count(cells: number): string {
  return cells === 1 ? '1 cell' : `${cells} cells`;
}

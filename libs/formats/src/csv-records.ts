/** One record of a CSV file. */
export interface CsvRecord {
  /** First physical line of the record, counted from 1. */
  line: number;
  /** Last physical line of the record; greater than `line` where a quoted cell holds newlines. */
  lastLine: number;
  cells: string[];
  /** The first place where the record is not CSV, or null. Cells after it are a best guess. */
  fault: CsvFault | null;
}

/** Where and how a record breaks RFC 4180; `cell` counts from 0. */
export interface CsvFault {
  cell: number;
  found: string;
  expected: string;
}

const COMMA = 44;
const QUOTE = 34;
const LF = 10;
const CR = 13;

type State = 'cell start' | 'plain' | 'quoted' | 'quote in quoted';

/**
 * Splits CSV text (RFC 4180), given in pieces of any size, into records. LF, CRLF and a lone CR end a line; empty lines are skipped;
 * quoted cells keep commas, newlines and doubled quotes. A quote inside a plain cell, text after a closing quote and a quote that
 * is never closed are faults of their record; reading goes on with the next line.
 * Why not csv-parse: docs/adr/0008.
 * One pass, linear in the text whatever the pieces' sizes; holds one record at a time.
 */
export class CsvRecords {
  private state: State = 'cell start';
  private cells: string[] = [];
  private partial = '';
  private line = 1;
  private firstLine = 1;
  private fault: CsvFault | null = null;
  private skipLf = false;
  private stopped = false;
  /** Characters of the current record in earlier pieces, and where the current record starts in this piece. */
  private carried = 0;
  private recordFrom = 0;

  constructor(
    private readonly onRecord: (record: CsvRecord) => void,
    private readonly recordLimit: number,
    private readonly onTooLong: () => void,
  ) {}

  /** First line of the record being read and the cell within it, counted from 0. */
  get position(): { line: number; cell: number } {
    return { line: this.firstLine, cell: this.cells.length };
  }

  /** Ignores everything from here on; safe to call from within the callbacks. */
  stop(): void {
    this.stopped = true;
    this.cells = [];
    this.partial = '';
  }

  push(text: string): void {
    this.recordFrom = 0;
    let at = 0;
    while (at < text.length && !this.stopped) at = this.step(text, at);
    this.carried += text.length - this.recordFrom;
    if (!this.stopped && this.carried > this.recordLimit) this.onTooLong();
  }

  end(): void {
    if (this.stopped) return;
    if (this.state === 'quoted') this.blame('a quote that is never closed', 'a closing quote');
    if (this.state !== 'cell start' || this.cells.length > 0) this.endRecord();
    this.stop();
  }

  /** Consumes as much as one state covers, and returns where the next step begins. */
  private step(text: string, at: number): number {
    switch (this.state) {
      case 'cell start':
        return this.startCell(text, at);
      case 'plain':
        return this.readPlain(text, at);
      case 'quoted':
        return this.readQuoted(text, at);
      case 'quote in quoted':
        return this.readAfterQuote(text, at);
    }
  }

  private startCell(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (this.skipLf) {
      this.skipLf = false;
      if (code === LF) {
        this.recordFrom = at + 1;
        return at + 1;
      }
    }
    if (this.cells.length === 0 && (code === LF || code === CR)) {
      this.endLine(code, at);
      return at + 1;
    }
    this.state = code === QUOTE ? 'quoted' : 'plain';
    return code === QUOTE ? at + 1 : at;
  }

  private readPlain(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === LF || code === CR) break;
      if (code === QUOTE) this.blame('a quote inside a plain cell', 'the cell in quotes, with its own quotes doubled');
    }
    this.keep(text, from, at);
    return at < text.length ? this.endCell(text, at) : at;
  }

  private readQuoted(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === CR || (code === LF && !this.skipLf)) this.line++;
      this.skipLf = code === CR;
    }
    this.keep(text, from, at);
    if (at === text.length) return at;
    this.skipLf = false;
    this.state = 'quote in quoted';
    return at + 1;
  }

  private readAfterQuote(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      this.partial += '"';
      this.state = 'quoted';
      return at + 1;
    }
    if (code === COMMA || code === LF || code === CR) return this.endCell(text, at);
    this.blame('text after a closing quote', 'a comma or the end of the line');
    this.state = 'plain';
    return at;
  }

  private keep(text: string, from: number, to: number): void {
    const piece = from === 0 && to === text.length ? text : text.slice(from, to);
    this.partial = this.partial === '' ? piece : this.partial + piece;
  }

  private endCell(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (code === COMMA) {
      this.cells.push(this.partial);
      this.partial = '';
      this.state = 'cell start';
      return at + 1;
    }
    if (this.carried + at - this.recordFrom > this.recordLimit) {
      this.onTooLong();
      return at + 1;
    }
    this.endRecord();
    this.endLine(code, at);
    return at + 1;
  }

  private endLine(code: number, at: number): void {
    this.line++;
    this.skipLf = code === CR;
    this.firstLine = this.line;
    this.carried = 0;
    this.recordFrom = at + 1;
  }

  private endRecord(): void {
    this.cells.push(this.partial);
    const record = { line: this.firstLine, lastLine: this.line, cells: this.cells, fault: this.fault };
    this.cells = [];
    this.partial = '';
    this.fault = null;
    this.state = 'cell start';
    this.onRecord(record);
  }

  private blame(found: string, expected: string): void {
    this.fault ??= { cell: this.cells.length, found, expected };
  }
}

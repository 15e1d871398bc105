/** A record of a CSV file; line is its first physical line, the header's being 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

export interface CsvText {
  records: CsvRecord[];
  /** The first line of the record that is not CSV, where reading ended; 'bytes' when the file is not UTF-8; null for neither. */
  broken: number | 'bytes' | null;
}

/**
 * RFC 4180, one character at a time: a cell is quoted as a whole or not at all, a doubled quote is a quote, and line
 * ends are LF or CRLF. A byte order mark is dropped.
 */
export function parseCsv(bytes: Uint8Array): CsvText {
  const records: CsvRecord[] = [];
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { records, broken: 'bytes' };
  }
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const record: CsvRecord = { line, cells: [] };
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        at += 1;
        for (;;) {
          if (at >= text.length) return { records, broken: record.line };
          if (text[at] === '"') {
            if (text[at + 1] !== '"') break;
            at += 1;
          }
          if (text[at] === '\n') line += 1;
          cell += text[at];
          at += 1;
        }
        at += 1;
      } else {
        while (at < text.length && text[at] !== ',' && text[at] !== '\n' && !text.startsWith('\r\n', at)) {
          if (text[at] === '"') return { records, broken: record.line };
          cell += text[at];
          at += 1;
        }
      }
      record.cells.push(cell);
      if (text[at] === ',') {
        at += 1;
        continue;
      }
      if (text.startsWith('\r\n', at)) at += 2;
      else if (text[at] === '\n') at += 1;
      else if (at < text.length) return { records, broken: record.line };
      line += 1;
      break;
    }
    records.push(record);
  }
  return { records, broken: null };
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv, type CsvRecord } from './csv.ts';
import { toDay } from './days.ts';
import { onSeven } from './read-folder.ts';
import { TABLES, type Column, type Table } from './tables.ts';

interface Loaded {
  table: Table;
  header: string[];
  records: CsvRecord[];
  /** Whether every id is at hand; otherwise nobody can say that a reference is unknown. */
  whole: boolean;
}

/** What `throughway align` must and may report of a folder. */
export interface Expected {
  /** Sorted keys: `file.csv` for a missing file, `file.csv:LINE column`, or with * for a place that readers may name differently. */
  must: string[];
  /** Keys that follow from another error in the same comparison: an employer that is unknown, an answer that is no date. */
  may: string[];
  /** Files in which other rows may be reported or not, because a column is missing or the bytes are not UTF-8. */
  unreadable: string[];
}

/** Whether a cell that is not blank reads as its column says; references are checked where every file is at hand. */
function reads(value: string, { type }: Column): boolean {
  if (type === 'date') return toDay(value) !== null;
  if (type === 'count') return /^\d+$/.test(value);
  if (type === 'number') return /^\d+(\.\d+)?$/.test(value);
  if (type === 'level') return /^[1-4]$/.test(value);
  if (type === 'text' || type === 'id' || type.startsWith('>')) return true;
  return type.split('|').includes(value);
}

/**
 * Every error that EXACT names. Rows with errors still lend their ids to references. Where a file is cut short by an error,
 * or a row too short to show its id, references into that file are not judged.
 */
export function checkFolder(folder: string): Expected {
  const problems = new Set<string>();
  const may: string[] = [];
  const unreadable: string[] = [];
  const files = new Map<string, Loaded>();
  for (const table of TABLES) {
    const name = `${table.file}.csv`;
    const path = join(folder, name);
    if (!existsSync(path)) {
      if (table.mustExist) problems.add(name);
      else
        files.set(table.file, { table, header: table.columns.map((column) => column.name), records: [], whole: true });
      continue;
    }
    const { records, broken } = parseCsv(readFileSync(path));
    if (broken !== null) problems.add(broken === 'bytes' ? `${name} *` : `${name}:${broken} *`);
    const header = records.shift()?.cells ?? [];
    const missing = table.columns.filter((column) => !column.mayBeBlank && !header.includes(column.name));
    if (broken !== 'bytes') for (const column of missing) problems.add(`${name}:1 ${column.name}`);
    const idAt = header.indexOf(table.columns[0]!.name);
    const whole = broken === null && records.every((record) => record.cells.length > idAt);
    if (broken !== 'bytes') files.set(table.file, { table, header, records, whole: whole && idAt >= 0 });
    if (missing.length > 0 || broken === 'bytes') unreadable.push(name);
  }
  const cell = ({ header }: Loaded, record: CsvRecord, column: string): string =>
    record.cells[header.indexOf(column)] ?? '';
  /** The record of a file whose first column is id; undefined for none, null when that cannot be known. */
  const find = (file: string, id: string): CsvRecord | undefined | null => {
    const loaded = files.get(file);
    if (!loaded) return null;
    const found = loaded.records.find((other) => cell(loaded, other, loaded.table.columns[0]!.name) === id);
    return found ?? (loaded.whole ? undefined : null);
  };

  for (const loaded of files.values()) {
    const { table, header, records } = loaded;
    if (unreadable.includes(`${table.file}.csv`)) continue;
    const seen = new Set<string>();
    for (const record of records) {
      const blame = (column: string): unknown => problems.add(`${table.file}.csv:${record.line} ${column}`);
      const value = (column: string): string => cell(loaded, record, column);
      if (record.cells.length < header.length) {
        blame(header[record.cells.length]!);
        continue;
      }
      if (record.cells.length > header.length) {
        blame(`column ${header.length + 1}`);
        continue;
      }
      for (const column of table.columns) {
        const text = value(column.name);
        if (text === '') {
          if (!column.mayBeBlank) blame(column.name);
        } else if (!reads(text, column)) blame(column.name);
        else if (column.type.startsWith('>') && find(column.type.slice(1), text) === undefined) blame(column.name);
      }
      const key = JSON.stringify(
        table.key.map((column) => (column === 'soc' ? onSeven(value(column)) : value(column))),
      );
      if (seen.has(key) && !table.key.some((column) => value(column) === '')) blame(table.key.at(-1)!);
      seen.add(key);
      for (const [earlier, later] of [
        ['effective_on', 'review_by'],
        ['opens_on', 'closes_on'],
      ] as const) {
        const from = toDay(value(earlier));
        const to = toDay(value(later));
        if (from !== null && to !== null && to < from) blame(later);
      }
      if (table.file !== 'sites' && table.file !== 'employers' && header.includes('employer_id')) {
        for (const [file, column] of [
          ['sites', 'site_id'],
          ['requirements', 'requirement_id'],
        ] as const) {
          if (file === table.file || value(column) === '') continue;
          const other = find(file, value(column));
          const theirs = other && cell(files.get(file)!, other, 'employer_id');
          if (!theirs || value('employer_id') === '' || theirs === value('employer_id')) continue;
          if (find('employers', theirs) && find('employers', value('employer_id'))) blame(column);
          else may.push(`${table.file}.csv:${record.line} ${column}`);
        }
      }
      if (table.file === 'activations') {
        const commitment = find('commitments', value('commitment_id'));
        const opens = commitment && toDay(cell(files.get('commitments')!, commitment, 'opens_on'));
        const activated = toDay(value('activated_on'));
        if (opens && activated !== null && activated < opens) blame('activated_on');
        if (value('answered_on') !== '' && value('disposition') === '') {
          if (toDay(value('answered_on')) !== null) blame('disposition');
          else may.push(`${table.file}.csv:${record.line} disposition`);
        }
        if (value('answered_on') === '' && value('disposition') !== '') {
          const isWord = !problems.has(`${table.file}.csv:${record.line} disposition`);
          if (isWord) blame('answered_on');
          else may.push(`${table.file}.csv:${record.line} answered_on`);
        }
      }
    }
  }
  return { must: [...problems].sort(), may, unreadable };
}

/** Compares the messages of standard error with what must be said; answers with the first disagreement, or null. */
export function compareErrors({ must, may, unreadable }: Expected, stderr: string): string | null {
  const said = stderr
    .split('\n')
    .filter((line) => line.includes(': found '))
    .map((line) => line.slice(0, line.indexOf(': found ')));
  const matches = (expected: string, key: string): boolean =>
    expected.endsWith(' *') ? key.startsWith(expected.slice(0, -2)) : key === expected;
  const silent = must.find((expected) => !said.some((key) => matches(expected, key)));
  if (silent !== undefined) return `not reported: ${silent}`;
  const extra = said.find(
    (key) =>
      !must.some((expected) => matches(expected, key)) &&
      !may.includes(key) &&
      !unreadable.some((name) => key.startsWith(`${name}:`)),
  );
  if (extra !== undefined) return `reported for nothing: ${extra}`;
  const twice = said.find((key, at) => said.indexOf(key) !== at);
  return twice === undefined || unreadable.some((name) => twice.startsWith(name)) ? null : `reported twice: ${twice}`;
}

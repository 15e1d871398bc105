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

/**
 * What `throughway align` must and may report of a folder, as keys `file.csv:LINE column`, or `file.csv` for a missing file;
 * a key that ends in * stands for all that begin as it does.
 */
export interface Expected {
  /** Every error of EXACT; a star where readers may name the place differently. Sorted. */
  must: string[];
  /** What may follow from those: cells of a ragged row, of a file that breaks off, and what cannot be known without them. */
  may: string[];
}

/** Whether a cell that is not blank reads as its column says; references are judged where every file is at hand. */
function reads(value: string, { type }: Column): boolean {
  if (type === 'date') return toDay(value) !== null;
  if (type === 'count') return /^\d+$/.test(value);
  if (type === 'number') return /^\d+(\.\d+)?$/.test(value);
  if (type === 'level') return /^0*[1-4]$/.test(value);
  if (type === 'text' || type === 'id' || type.startsWith('>')) return true;
  return type.split('|').includes(value);
}

const cell = ({ header }: Loaded, record: CsvRecord, column: string): string =>
  record.cells[header.indexOf(column)] ?? '';

/**
 * Every error that EXACT names. Rows with errors still lend their ids to references; where a file breaks off, or a ragged
 * row shows no id or runs over several lines (and so may have swallowed others), references into it may be called unknown or not.
 */
export function checkFolder(folder: string): Expected {
  const must = new Set<string>();
  const may: string[] = [];
  const files = new Map<string, Loaded>();
  for (const table of TABLES) {
    const name = `${table.file}.csv`;
    const path = join(folder, name);
    if (!existsSync(path)) {
      if (table.mustExist) must.add(name);
      else
        files.set(table.file, { table, header: table.columns.map((column) => column.name), records: [], whole: true });
      continue;
    }
    const { records, broken } = parseCsv(readFileSync(path));
    if (broken !== null) {
      must.add(broken === 'bytes' ? `${name}:*` : `${name}:${broken} *`);
      may.push(`${name}:*`);
      if (records.length === 0) continue;
    }
    const header = records.shift()?.cells ?? [];
    const missing = table.columns.filter((column) => !column.mayBeBlank && !header.includes(column.name));
    for (const column of missing) must.add(`${name}:1 ${column.name}`);
    if (missing.length > 0) may.push(`${name}:*`);
    const idAt = header.indexOf(table.columns[0]!.name);
    const shown = (record: CsvRecord): boolean =>
      record.cells.length === header.length || (record.cells.length > idAt && !record.cells.join('').includes('\n'));
    const whole = broken === null && idAt >= 0 && records.every(shown);
    files.set(table.file, { table, header, records, whole });
  }
  for (const loaded of files.values()) {
    if (loaded.table.columns.some((column) => !column.mayBeBlank && !loaded.header.includes(column.name))) continue;
    checkRows(files, loaded, must, may);
  }
  return { must: [...must].sort(), may };
}

/** The record of a file whose first column is id; undefined for none, null when that cannot be known. */
function findIn(files: Map<string, Loaded>, file: string, id: string): CsvRecord | undefined | null {
  const loaded = files.get(file);
  if (!loaded) return null;
  const found = loaded.records.find((other) => cell(loaded, other, loaded.table.columns[0]!.name) === id);
  return found ?? (loaded.whole ? undefined : null);
}

/** A cell of a row that others point to; null when the row is ragged, so that its cells may have moved. */
function cellOf(files: Map<string, Loaded>, file: string, record: CsvRecord, column: string): string | null {
  const loaded = files.get(file)!;
  return record.cells.length === loaded.header.length ? cell(loaded, record, column) : null;
}

function checkRows(files: Map<string, Loaded>, loaded: Loaded, must: Set<string>, may: string[]): void {
  const { table, header, records } = loaded;
  /** Keys so far, and whether the row that had it first is sound. */
  const seen = new Map<string, boolean>();
  for (const record of records) {
    const at = `${table.file}.csv:${record.line}`;
    const value = (column: string): string => cell(loaded, record, column);
    const key = table.key.map((column) => (column === 'soc' ? onSeven(value(column)) : value(column)));
    const mark = JSON.stringify(key);
    if (record.cells.length !== header.length) {
      const extra = `column ${Math.min(record.cells.length, header.length) + 1}`;
      must.add(`${at} ${header[record.cells.length] || extra}`);
      may.push(`${at} *`);
      if (!seen.has(mark)) seen.set(mark, false);
      continue;
    }
    const blame = (column: string, certain = true): void =>
      void (certain ? must.add(`${at} ${column}`) : may.push(`${at} ${column}`));
    for (const column of table.columns) {
      const text = value(column.name);
      if (text === '') {
        if (!column.mayBeBlank) blame(column.name);
      } else if (!reads(text, column)) blame(column.name);
      else if (column.type.startsWith('>')) {
        const found = findIn(files, column.type.slice(1), text);
        if (!found) blame(column.name, found === undefined);
      }
    }
    if (seen.has(mark) && !key.includes('')) blame(table.key.at(-1)!, seen.get(mark));
    seen.set(mark, true);
    checkOrder(value, blame);
    if (table.file !== 'sites') checkOwner(files, table, value, blame);
    if (table.file === 'activations') checkAnswer(files, value, blame);
  }
}

type Value = (column: string) => string;
type Blame = (column: string, certain?: boolean) => void;

function checkOrder(value: Value, blame: Blame): void {
  for (const [earlier, later] of [
    ['effective_on', 'review_by'],
    ['opens_on', 'closes_on'],
  ] as const) {
    const from = toDay(value(earlier));
    const to = toDay(value(later));
    if (from !== null && to !== null && to < from) blame(later);
  }
}

/** A site or requirement of another employer, which nobody can say for certain when one of the three is unknown. */
function checkOwner(files: Map<string, Loaded>, { file, columns }: Table, value: Value, blame: Blame): void {
  if (!columns.some((column) => column.name === 'employer_id')) return;
  for (const [owned, column] of [
    ['sites', 'site_id'],
    ['requirements', 'requirement_id'],
  ] as const) {
    if (owned === file || value(column) === '' || value('employer_id') === '') continue;
    const other = findIn(files, owned, value(column));
    if (other === undefined) continue;
    const theirs = other && (cellOf(files, owned, other, 'employer_id') || null);
    const known = theirs !== null && [theirs, value('employer_id')].every((id) => findIn(files, 'employers', id));
    if (theirs !== value('employer_id')) blame(column, known);
  }
}

function checkAnswer(files: Map<string, Loaded>, value: Value, blame: Blame): void {
  const commitment = findIn(files, 'commitments', value('commitment_id'));
  const opens = commitment && cellOf(files, 'commitments', commitment, 'opens_on');
  const [from, activated] = [toDay(opens ?? ''), toDay(value('activated_on'))];
  if (from !== null && activated !== null && activated < from) blame('activated_on');
  if (opens === null) blame('activated_on', false);
  const [answered, disposition] = [value('answered_on'), value('disposition')];
  const words = TABLES.find((table) => table.file === 'activations')!.columns.find((c) => c.name === 'disposition')!;
  if (answered !== '' && disposition === '') blame('disposition', toDay(answered) !== null);
  if (answered === '' && disposition !== '') blame('answered_on', reads(disposition, words));
}

/** Compares the messages of standard error with what must be said; answers with the first disagreement, or null. */
export function compareErrors({ must, may }: Expected, stderr: string): string | null {
  const said = stderr
    .split('\n')
    .filter((line) => line.includes(': found ') && !line.startsWith('notice: '))
    .map((line) => line.slice(0, line.indexOf(': found ')));
  const matches = (expected: string, key: string): boolean =>
    expected.endsWith('*') ? key.startsWith(expected.slice(0, -1)) : key === expected;
  const silent = must.find((expected) => !said.some((key) => matches(expected, key)));
  if (silent !== undefined) return `not reported: ${silent}`;
  const extra = said.find((key) => ![...must, ...may].some((expected) => matches(expected, key)));
  if (extra !== undefined) return `reported for nothing: ${extra}`;
  const twice = said.find((key, at) => said.indexOf(key) !== at);
  return twice === undefined || may.some((key) => matches(key, twice)) ? null : `reported twice: ${twice}`;
}

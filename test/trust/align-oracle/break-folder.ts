import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from './chance.ts';
import { fromDay, toDay } from './days.ts';
import type { Folder } from './random-folder.ts';
import { TABLES, type Column } from './tables.ts';

interface Sheet {
  file: string;
  mustExist: boolean;
  names: string[];
  columns: Column[];
  key: string[];
  lines: string[][];
  /** What is done to the text after the cells are written. */
  spoil: ((text: string) => Uint8Array) | null;
  absent: boolean;
}

export interface Planted {
  /** Which kind of error of EXACT's list. */
  kind: string;
  /** As checkFolder writes it. */
  expected: string;
}

const BAD: Record<string, string[]> = {
  date: [
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '30/06/2026',
    '2026-6-30',
    '2026-06-30T00:00:00Z',
    'soon',
    ' 2026-06-30',
    '20260630',
    '2026-06-31',
    '1900-02-29',
  ],
  count: ['-1', '1.5', 'many', 'NaN', 'Infinity', '0x10', '1,000', '1 000', '$5', '--2'],
  number: ['-1', '-0.01', 'many', 'NaN', 'Infinity', '1,5', '$17.50', '1.2.3', '12 h'],
  level: ['0', '5', '2.5', '-1', 'three', '99'],
};
const UNKNOWN = ['no such id', 'nope', 'hasOwnProperty', 'e1\u200B'];

/** The first physical line of a data row, as it will stand on disk. */
function lineOf(sheet: Sheet, row: number): number {
  const before = sheet.lines.slice(0, row).flat().join('');
  return 2 + row + before.split('\n').length - 1;
}

interface Place {
  sheet: Sheet;
  row: number;
  column: Column;
}

function placesOf(sheets: Sheet[], wanted: (column: Column, cell: string, sheet: Sheet) => boolean): Place[] {
  return sheets.flatMap((sheet) =>
    sheet.lines.flatMap((cells, row) =>
      cells.length !== sheet.names.length
        ? []
        : sheet.columns
            .filter(
              (column) => sheet.names.includes(column.name) && wanted(column, get(sheet, row, column.name), sheet),
            )
            .map((column) => ({ sheet, row, column })),
    ),
  );
}

const get = (sheet: Sheet, row: number, column: string): string => sheet.lines[row]![sheet.names.indexOf(column)]!;
const set = (sheet: Sheet, row: number, column: string, value: string): void =>
  void (sheet.lines[row]![sheet.names.indexOf(column)] = value);

/** Changes one cell of a kind into something that may not stand there. */
function spoilCell(
  wanted: (column: Column, cell: string, sheet: Sheet) => boolean,
  values: (place: Place, chance: Chance) => string | null,
): (sheets: Sheet[], chance: Chance) => (() => string) | null {
  return (sheets, chance) => {
    const places = placesOf(sheets, wanted);
    if (places.length === 0) return null;
    const place = chance.pick(places);
    const value = values(place, chance);
    if (value === null) return null;
    set(place.sheet, place.row, place.column.name, value);
    return () => `${place.sheet.file}.csv:${lineOf(place.sheet, place.row)} ${place.column.name}`;
  };
}

const dayBefore =
  (earlier: string) =>
  (place: Place, chance: Chance): string | null => {
    const from = toDay(get(place.sheet, place.row, earlier));
    return from === null ? null : fromDay(from - chance.pick([1, 1, 30]));
  };

function anySheet(sheets: Sheet[], chance: Chance, fits: (sheet: Sheet) => boolean): Sheet | null {
  const fitting = sheets.filter((sheet) => !sheet.absent && sheet.spoil === null && fits(sheet));
  return fitting.length === 0 ? null : chance.pick(fitting);
}

/** Every kind of error of EXACT; each plants one and answers with a function that names it once all are planted. */
export const BREAKS: Record<string, (sheets: Sheet[], chance: Chance) => (() => string) | null> = {
  'unknown reference': spoilCell(
    ({ type }, cell) => type.startsWith('>') && cell !== '',
    (_place, chance) => chance.pick(UNKNOWN),
  ),
  'bad date': spoilCell(
    ({ type }, cell) => type === 'date' && cell !== '',
    (_place, chance) => chance.pick(BAD.date!),
  ),
  'bad count': spoilCell(
    ({ type }) => type === 'count',
    (_place, chance) => chance.pick(BAD.count!),
  ),
  'bad number': spoilCell(
    ({ type }) => type === 'number',
    (_place, chance) => chance.pick(BAD.number!),
  ),
  'level outside 1-4': spoilCell(
    ({ type }) => type === 'level',
    (_place, chance) => chance.pick(BAD.level!),
  ),
  'unknown word': spoilCell(
    ({ type, name }, cell) => (type.includes('|') || name === 'second_person') && cell !== '',
    ({ sheet, row, column }, chance) =>
      chance.pick([
        'Sometimes',
        ` ${get(sheet, row, column.name)}`,
        get(sheet, row, column.name).toUpperCase(),
        'constructor',
      ]),
  ),
  'blank cell': spoilCell(
    ({ mayBeBlank }) => !mayBeBlank,
    () => '',
  ),
  'review before effect': spoilCell(({ name }) => name === 'review_by', dayBefore('effective_on')),
  'closes before it opens': spoilCell(({ name }) => name === 'closes_on', dayBefore('opens_on')),
  'answer without disposition': spoilCell(
    ({ name }, cell) => name === 'disposition' && cell !== '',
    () => '',
  ),
  'disposition without answer': spoilCell(
    ({ name }, cell) => name === 'answered_on' && cell !== '',
    () => '',
  ),
  'activated before it opens': (sheets, chance) =>
    spoilCell(
      ({ name }) => name === 'activated_on',
      ({ sheet, row }) => {
        const commitments = sheets.find(({ file }) => file === 'commitments')!;
        if (!commitments.names.includes('opens_on') || !commitments.names.includes('commitment_id')) return null;
        const id = get(sheet, row, 'commitment_id');
        const at = commitments.lines.findIndex((cells) => cells[commitments.names.indexOf('commitment_id')] === id);
        const opens = at < 0 ? null : toDay(get(commitments, at, 'opens_on') ?? '');
        return opens === null ? null : fromDay(opens - 1);
      },
    )(sheets, chance),
  "another employer's site": (sheets, chance) => foreign(sheets, chance, 'sites', 'site_id'),
  "another employer's requirement": (sheets, chance) => foreign(sheets, chance, 'requirements', 'requirement_id'),
  'duplicate key': (sheets, chance) => {
    const sheet = anySheet(sheets, chance, ({ lines }) => lines.length > 0);
    const copied = sheet && chance.pick(sheet.lines);
    if (!sheet || copied?.length !== sheet.names.length || sheet.key.some((name) => !sheet.names.includes(name)))
      return null;
    if (sheet.key.some((name) => copied[sheet.names.indexOf(name)] === '')) return null;
    const row = sheet.lines.push([...copied]) - 1;
    const soc = copied[sheet.names.indexOf('soc')];
    if (sheet.key.includes('soc') && soc) set(sheet, row, 'soc', soc.length === 7 ? `${soc}.00` : soc.slice(0, 7));
    return () => `${sheet.file}.csv:${lineOf(sheet, row)} ${sheet.key.at(-1)!}`;
  },
  'row too short': (sheets, chance) => {
    const sheet = anySheet(sheets, chance, ({ lines, names }) => lines.length > 0 && names.length > 1);
    if (!sheet) return null;
    const row = chance.below(sheet.lines.length);
    const left = chance.between(1, sheet.names.length - 1);
    const cells = sheet.lines[row]!;
    // A row of one blank cell would be an empty line.
    if (cells.length !== sheet.names.length || cells.slice(0, left).join(',') === '') return null;
    cells.length = left;
    return () => `${sheet.file}.csv:${lineOf(sheet, row)} ${sheet.names[left]!}`;
  },
  'row too long': (sheets, chance) => {
    const sheet = anySheet(sheets, chance, ({ lines }) => lines.length > 0);
    if (!sheet) return null;
    const row = chance.below(sheet.lines.length);
    if (sheet.lines[row]!.length !== sheet.names.length) return null;
    sheet.lines[row]!.push(...chance.pick([[''], ['more'], ['more', '']]));
    return () => `${sheet.file}.csv:${lineOf(sheet, row)} column ${sheet.names.length + 1}`;
  },
  'missing column': (sheets, chance) => {
    const sheet = anySheet(
      sheets,
      chance,
      ({ names, lines }) => names.length > 1 && lines.every((l) => l.length === names.length),
    );
    const needed = sheet?.columns.filter(({ mayBeBlank, name }) => !mayBeBlank && sheet.names.includes(name)) ?? [];
    const column = needed.length > 0 && chance.pick(needed);
    if (!sheet || !column) return null;
    const at = sheet.names.indexOf(column.name);
    for (const cells of [sheet.names, ...sheet.lines]) cells.splice(at, 1);
    return () => `${sheet.file}.csv:1 ${column.name}`;
  },
  'missing file': (sheets, chance) => {
    const sheet = anySheet(sheets, chance, ({ mustExist }) => mustExist);
    if (!sheet) return null;
    sheet.absent = true;
    return () => `${sheet.file}.csv`;
  },
  'malformed CSV': (sheets, chance) => {
    const sheet = anySheet(sheets, chance, ({ lines }) => lines.length > 0);
    if (!sheet) return null;
    const text = chance.pick(['"never closed', '"closed"and more', 'a"quote inside']);
    const rest = sheet.names
      .slice(1)
      .map(() => ',')
      .join('');
    sheet.spoil = (written) => Buffer.from(`${written}${text}${rest}\n`);
    return () => `${sheet.file}.csv:${lineOf(sheet, sheet.lines.length)} *`;
  },
  'not UTF-8': (sheets, chance) => {
    const sheet = anySheet(sheets, chance, () => true);
    if (!sheet) return null;
    const wide = chance.happens(50);
    sheet.spoil = (written) =>
      wide
        ? Buffer.from(`\uFEFF${written}`, 'utf16le')
        : Buffer.concat([Buffer.from(written), Buffer.from([0x63, 0xe9, 0x0a])]);
    return () => `${sheet.file}.csv:*`;
  },
};

function foreign(sheets: Sheet[], chance: Chance, file: string, column: string): (() => string) | null {
  const owners = sheets.find((sheet) => sheet.file === file)!;
  const ids = owners.lines.map((cells) => ({
    id: cells[owners.names.indexOf(column)] ?? '',
    employer: cells[owners.names.indexOf('employer_id')] ?? '',
  }));
  return spoilCell(
    ({ name }, cell, sheet) =>
      name === column && cell !== '' && sheet !== owners && sheet.names.includes('employer_id'),
    ({ sheet, row }) => {
      const own = get(sheet, row, 'employer_id');
      const others = ids.filter(({ id, employer }) => employer !== own && employer !== '' && id !== '');
      return others.length === 0 ? null : chance.pick(others).id;
    },
  )(sheets, chance);
}

const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * Writes a valid folder with one to three errors in it and says which. One alone must be reported as named; of several, one
 * may hide another (a row of a file that cannot be read), so there checkFolder decides.
 */
export function breakFolder(folder: Folder, path: string, chance: Chance): Planted[] {
  const sheets: Sheet[] = TABLES.map(({ file, mustExist, columns, key }) => {
    const names = chance.shuffle(columns.map((column) => column.name));
    const lines = folder.rows.get(file)!.map((row) => names.map((name) => row[name] ?? ''));
    return { file, mustExist, names, columns, key, lines, spoil: null, absent: false };
  });
  const named: { kind: string; name: () => string }[] = [];
  for (let left = chance.pick([1, 1, 2, 3]); left > 0; left -= 1) {
    const kind = chance.pick(Object.keys(BREAKS));
    const name = BREAKS[kind]!(sheets, chance);
    if (name) named.push({ kind, name });
  }
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  const planted = named.map(({ kind, name }) => ({ kind, expected: name() }));
  for (const sheet of sheets) {
    if (sheet.absent) continue;
    const text = [sheet.names, ...sheet.lines].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
    writeFileSync(join(path, `${sheet.file}.csv`), sheet.spoil?.(text) ?? text);
  }
  return planted;
}

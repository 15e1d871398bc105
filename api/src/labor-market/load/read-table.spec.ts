import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readTable, UnreadableTable } from './read-table.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-table-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(
  name: string,
  content: string | Buffer,
  columns = ['ID', 'NAME'],
): Promise<[number, string, string][]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const rows: [number, string, string][] = [];
  for await (const cells of readTable(path, columns)) rows.push([cells.line, cells.raw('ID'), cells.raw('NAME')]);
  return rows;
}

test('columns count by name, in any order, behind a byte order mark, with either kind of line end', async () => {
  expect(await read('a.csv', '\uFEFFNAME,OTHER,ID\r\nNurse,x,1\r\n"Cook, head",y,2\r\n')).toEqual([
    [2, '1', 'Nurse'],
    [3, '2', 'Cook, head'],
  ]);
});

test('UTF-16 with its byte order mark is read as what it is', async () => {
  expect(await read('u.csv', Buffer.from('\uFEFFID,NAME\n1,Köchin\n', 'utf16le'))).toEqual([[2, '1', 'Köchin']]);
});

test('a quoted line break belongs to its cell, and lines are counted as an editor shows them', async () => {
  expect(await read('b.csv', 'ID,NAME\n1,"two\nlines"\n2,x\n')).toEqual([
    [3, '1', 'two\nlines'],
    [4, '2', 'x'],
  ]);
});

test('the tab-separated release knows no quoting', async () => {
  expect(await read('c.txt', 'ID\tNAME\n1\t"Big" machines, all\n')).toEqual([[2, '1', '"Big" machines, all']]);
});

test.each([
  ['a missing column', 'ID,TITLE\n1,x\n', 'expected also "NAME"'],
  ['a ragged row', 'ID,NAME\n1,x\n2\n', 'line 3'],
  ['an empty file', '', 'expected a header row'],
  ['a row without end', Buffer.alloc(3_000_000), 'Max Record Size'],
  ['an open quote', 'ID,NAME\n1,"x\n', 'Quote'],
])('%s makes the table unreadable and says so', async (_, content, message) => {
  await expect(read('d.csv', content)).rejects.toThrow(UnreadableTable);
  await expect(read('d.csv', content)).rejects.toThrow(message);
});

test('a file that is not there is unreadable, not empty', async () => {
  const rows = readTable(join(folder, 'nowhere.csv'), ['ID']);
  await expect(rows.next()).rejects.toThrow(UnreadableTable);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CsvRecords, type CsvRecord } from './csv-records.js';

function recordsOf(text: string, pieces: readonly string[] = [text], limit = 1000): CsvRecord[] {
  const records: CsvRecord[] = [];
  const reader = new CsvRecords(
    (record) => records.push(record),
    limit,
    () => {
      records.push({ line: -1, lastLine: -1, cells: ['too long'], fault: null });
      reader.stop();
    },
  );
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return records;
}

const cellsOf = (text: string) => recordsOf(text).map(({ cells }) => cells);

describe('CSV text becomes records', () => {
  test.each<[string, string, string[][]]>([
    ['nothing', '', []],
    ['a line without an end', 'a,b', [['a', 'b']]],
    ['LF, CRLF and a lone CR', 'a\nb\r\nc\rd', [['a'], ['b'], ['c'], ['d']]],
    [
      'blank cells at every place',
      ',a,\n,,\n',
      [
        ['', 'a', ''],
        ['', '', ''],
      ],
    ],
    ['empty lines, which are skipped', '\n\na\n\r\n\r\nb\n\n', [['a'], ['b']]],
    ['a line of one quoted blank cell, which is not empty', '""\n', [['']]],
    ['commas, newlines and doubled quotes in quotes', '"a,b","c\nd","e""f"""\n', [['a,b', 'c\nd', 'e"f"']]],
    ['CRLF kept within quotes', '"a\r\nb"\r\nc', [['a\r\nb'], ['c']]],
    ['spaces kept', ' a , b ', [[' a ', ' b ']]],
    ['a blank last cell without a line end', 'a,', [['a', '']]],
  ])('%s', (_, text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
    expect(recordsOf(text).every(({ fault }) => fault === null)).toBe(true);
  });

  test('a record knows its first and last physical line, whatever ends the lines', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['a', '"b', 'c', '"', '', 'd', ''].join(end);
      expect(recordsOf(text).map(({ line, lastLine }) => [line, lastLine])).toEqual([
        [1, 1],
        [2, 4],
        [6, 6],
      ]);
    }
  });

  test.each([
    ['a quote inside a plain cell', 'x\na,b"c"\nd,e\n', { cell: 1, found: 'a quote inside a plain cell' }],
    ['text after a closing quote', 'x\n"a"b,c\nd,e\n', { cell: 0, found: 'text after a closing quote' }],
  ])('%s is a fault of its record alone', (_, text, fault) => {
    const [before, faulty, after] = recordsOf(text);
    expect(before?.fault).toBeNull();
    expect(faulty?.line).toBe(2);
    expect(faulty?.fault).toMatchObject(fault);
    expect(after).toMatchObject({ line: 3, cells: ['d', 'e'], fault: null });
  });

  test('a quote that is never closed is a fault of the record that opens it', () => {
    expect(recordsOf('a\nb,"c\nd\n')).toMatchObject([
      { line: 1, fault: null },
      { line: 2, lastLine: 4, fault: { cell: 1, found: 'a quote that is never closed' } },
    ]);
  });

  test('a record longer than the limit ends the reading, whole or in pieces', () => {
    const long = `ok\n"${'x'.repeat(50)}`;
    expect(recordsOf(long, [long], 40).map(({ cells }) => cells)).toEqual([['ok'], ['too long']]);
    expect(recordsOf(long, [...long], 40).map(({ cells }) => cells)).toEqual([['ok'], ['too long']]);
    expect(recordsOf('', [`${'y'.repeat(50)}\nz\n`], 40).map(({ cells }) => cells)).toEqual([['too long']]);
    expect(recordsOf('', ['y'.repeat(40), '\nz\n'], 40).map(({ cells }) => cells)).toEqual([['y'.repeat(40)], ['z']]);
  });

  const csvText = fc
    .array(fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é'), { maxLength: 40 })
    .map((all) => all.join(''));

  test('how the text is cut into pieces changes nothing', () => {
    fc.assert(
      fc.property(csvText, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }), (text, sizes) => {
        const pieces: string[] = [];
        for (let at = 0, turn = 0; at < text.length; turn++) {
          const size = sizes[turn % sizes.length] as number;
          pieces.push(text.slice(at, at + size));
          at += size;
        }
        expect(recordsOf(text, pieces)).toEqual(recordsOf(text));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('rows that were quoted read back as they were', () => {
    const cell = fc
      .array(fc.constantFrom('a', ',', '"', '\n', '\r\n', ' '), { maxLength: 6 })
      .map((all) => all.join(''));
    const row = fc.array(cell, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const quoted = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        expect(cellsOf(quoted)).toEqual(rows);
      }),
      { seed: 2 },
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import { BadCell, Cells, socCell } from './cells.js';

const cell = (value: string): Cells => new Cells(new Map([['figure', 0]]), [value], 7);

describe('a figure', () => {
  test.each(['', ' ', '—', '–', '*', '**', '#', 'n/a', 'N/A'])(
    'printed as %j is not known, which is not zero',
    (mark) => {
      expect(cell(mark).optionalNumber('figure')).toBeNull();
      expect(() => cell(mark).integer('figure')).toThrow(BadCell);
    },
  );

  test.each([
    ['0', 0],
    ['-0.1', -0.1],
    [' 1,234.5 ', 1234.5],
    ['$54,030', 54_030],
    ['.5', 0.5],
  ])('printed as %j is %d', (text, value) => {
    expect(cell(text).optionalNumber('figure')).toBe(value);
  });

  test.each(['>=$239,200', '1e9', '0x10', '12 %', 'Infinity', '1.2.3', '--1'])(
    '%j is no number, and is named',
    (text) => {
      expect(() => cell(text).optionalNumber('figure')).toThrow(
        expect.objectContaining({ column: 'figure', found: text, expected: 'a number' }),
      );
    },
  );

  test('outside its scale is refused', () => {
    expect(() => cell('5.01').optionalNumber('figure', [1, 5])).toThrow('expected a number from 1 to 5');
    expect(() => cell('99999999999').optionalNumber('figure')).toThrow(BadCell);
    expect(() => cell('1.5').integer('figure')).toThrow('expected a whole number');
  });
});

test.each([
  ['291141', '29-1141'],
  ['29-1141', '29-1141'],
])('the occupation code %s is %s', (text, soc) => {
  expect(socCell(cell(text), 'figure')).toBe(soc);
});

test.each(['29-1141.00', '29114', '2-91141', 'nurse', ''])('%j is no six-digit occupation code', (text) => {
  expect(() => socCell(cell(text), 'figure')).toThrow(BadCell);
});

test('a word outside the publisher’s list is refused with the list', () => {
  expect(() => cell('Maybe').word('figure', new Map([['Y', true]]))).toThrow('found "Maybe", expected "Y"');
});

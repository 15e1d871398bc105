import { describe, expect, test } from '@jest/globals';
import { count, counties, decimal, level, optionalMoney, socs, type Column } from './columns.js';

/** What a cell reads as, undefined where it is refused. */
function read<Value>(column: Column<Value>, cell: string): Value | undefined {
  return column.read(cell);
}

describe('what a cell may look like', () => {
  test.each<[string, number | undefined]>([
    ['0', 0],
    ['12', 12],
    ['012', 12],
    ['12.0', 12],
    ['999999999', 999_999_999],
    ['1000000000', undefined],
    ['12.5', undefined],
    ['-1', undefined],
    ['+1', undefined],
    ['1e3', undefined],
    ['1,000', undefined],
    ['1_000', undefined],
    ['0x10', undefined],
    [' 1', undefined],
    ['1 ', undefined],
    ['1.', undefined],
    ['.5', undefined],
    ['\u0661', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['9'.repeat(400), undefined],
  ])('a count: %s', (cell, value) => {
    expect(read(count('seats'), cell)).toBe(value);
  });

  test.each<[string, number | undefined]>([
    ['0', 0],
    ['0.1', 0.1],
    ['33.333333333333336', 33.333333333333336],
    ['999999999.5', undefined],
    ['-0', undefined],
    ['1e-3', undefined],
    ['1,5', undefined],
    ['1.5.5', undefined],
  ])('a number with decimals: %s', (cell, value) => {
    expect(read(decimal('hours'), cell)).toBe(value);
  });

  test.each<[string, number | undefined]>([
    ['18', 1800],
    ['18.5', 1850],
    ['18.50', 1850],
    ['0.07', 7],
    ['1.15', 115],
    ['4.35', 435],
    ['999999999.99', 99_999_999_999],
    ['18.505', undefined],
    ['18.500', undefined],
    ['$18', undefined],
    ['18,50', undefined],
    ['-18', undefined],
  ])('dollars to cents, exactly: %s', (cell, cents) => {
    expect(read(optionalMoney('wage_floor_hourly'), cell)).toBe(cents);
  });

  test.each<[string, number | undefined]>([
    ['1', 1],
    ['4', 4],
    ['2.0', 2],
    ['0', undefined],
    ['5', undefined],
    ['1.5', undefined],
    ['two', undefined],
  ])('a level: %s', (cell, value) => {
    expect(read(level('level'), cell)).toBe(value);
  });

  test('lists are split at semicolons, without the spaces around and without blanks', () => {
    expect(read(counties('reach'), '21067; 21071 ;;')).toEqual(['21067', '21071']);
    expect(read(socs('target_socs'), '51-4121;29-1141.00')).toEqual(['51-4121', '29-1141.00']);
  });

  test.each([0, 0.1, 1e-7, 120.5, 2 / 3, 999_999_999])('the number %d is written so that it reads back', (value) => {
    const hours = decimal('hours');
    expect(read(hours, hours.write(value))).toBe(value);
  });

  test.each([0, 5, 1850, 99_999_999_999])('%d cents are written as dollars and read back', (cents) => {
    const wage = optionalMoney('wage_floor_hourly');
    expect(wage.write(cents)).toMatch(/^\d+\.\d\d$/);
    expect(read(wage, wage.write(cents))).toBe(cents);
  });
});

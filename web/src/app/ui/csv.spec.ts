import { describe, expect, test } from '@jest/globals';
import { csvOf } from './csv';

describe('A CSV download', () => {
  test.each(['=1+1', '+1', '-1', '@sum', '\tx', '\rx'])('never lets a spreadsheet run %j', (text) => {
    expect(csvOf([text], [])).toMatch(/^"?'/);
  });

  test('keeps numbers as numbers and leaves unknown cells blank', () => {
    expect(csvOf(['a', 'b'], [[-1.5, null]])).toBe('a,b\r\n-1.5,\r\n');
  });

  test('quotes commas, quotes and line breaks', () => {
    expect(csvOf(['a,b'], [['say "x"'], ['two\nlines']])).toBe('"a,b"\r\n"say ""x"""\r\n"two\nlines"\r\n');
  });
});

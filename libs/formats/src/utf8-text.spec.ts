import { describe, expect, test } from '@jest/globals';
import { Utf8Text } from './utf8-text.js';

function decode(bytes: readonly number[], size: number): { text: string; bad: [number, string][] } {
  let text = '';
  const bad: [number, string][] = [];
  const decoder = new Utf8Text(
    (piece) => (text += piece),
    (byte) => bad.push([byte, text]),
  );
  for (let at = 0; at < bytes.length; at += size) decoder.push(new Uint8Array(bytes.slice(at, at + size)));
  decoder.end();
  return { text, bad };
}

describe('bytes become text', () => {
  const words = [...Buffer.from('\uFEFFaé€𝄞z', 'utf8')];

  test.each([1, 2, 3, 4, 100])('in pieces of %d bytes, without the byte order mark', (size) => {
    expect(decode(words, size)).toEqual({ text: 'aé€𝄞z', bad: [] });
  });

  test('a byte order mark in the middle is text', () => {
    for (const size of [1, 3, 100]) {
      expect(decode([...Buffer.from('a\uFEFFb', 'utf8')], size).text).toBe('a\uFEFFb');
    }
  });

  test.each([
    ['a Latin-1 letter', [0x61, 0xe9, 0x62], [0xe9, 'a']],
    ['a letter cut short by the end', [0x61, 0xc3], [0xc3, 'a']],
    ['a lone continuation byte', [0x61, 0x80, 0x62], [0x80, 'a']],
    ['an overlong slash', [0x61, 0xc0, 0xaf], [0xc0, 'a']],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], [0xed, 'a']],
    ['a number past Unicode', [0x61, 0xf5, 0x80, 0x80, 0x80], [0xf5, 'a']],
  ])('%s is reported after the text before it', (_, bytes, expected) => {
    for (const size of [1, 2, 3, 100]) expect(decode(bytes, size).bad).toEqual([expected]);
  });

  test('after the first bad byte the others read as U+FFFD without another report', () => {
    expect(decode([0xe9, 0x2c, 0xe9, 0x0a, 0x61], 100)).toEqual({ text: '\uFFFD,\uFFFD\na', bad: [[0xe9, '']] });
  });
});

import { describe, expect, test } from '@jest/globals';
import { lengthOf, passwordRefusal } from './password-rules.js';

const someone = { name: 'Sample Marisol Quintero', email: 'm.quintero-works@example.test' };
const alone = (password: string) => passwordRefusal(password, { ...someone, secondFactor: false })?.code ?? 'fine';
const beside = (password: string) => passwordRefusal(password, { ...someone, secondFactor: true })?.code ?? 'fine';

describe('A password', () => {
  test('stands alone from fifteen characters on, and beside a second factor from eight', () => {
    expect(alone('grau tulpe rost')).toBe('fine');
    expect(alone('grau tulpe ros')).toBe('password-too-short');
    expect(beside('grau tul')).toBe('fine');
    expect(beside('grau tu')).toBe('password-too-short');
  });

  test('counts code points, however the keyboard composes them', () => {
    expect(lengthOf('🌲🌲🌲')).toBe(3);
    expect(lengthOf('a\u0301a\u0301')).toBe(2);
    expect(alone('🌲🌊⛰️🌵 sieben Wege')).toBe('fine');
  });

  test('needs no kind of character', () => {
    expect(alone('onlylowercaseletterswillbefine')).toBe('fine');
  });

  test.each([
    ['on the list of breached ones', '123456789987654321'],
    ['on the list but for case', 'PasswordPassword'],
    ['one letter over and over', 'aaaaaaaaaaaaaaaaaa'],
    ['a short piece over and over', 'abc-abc-abc-abc-ab'],
    ['a listed word with a tail', 'Password!2026.'.padEnd(15, '!')],
    ["the product's name with a tail", 'throughway-2026'],
    ["the person's name", 'Marisol Quintero'],
    ["the person's name and address", 'marisol+quintero-works1'],
  ])('that is %s is refused', (_, password) => {
    expect(alone(password)).toBe('password-common');
  });

  test('may hold a name when enough stands beside it', () => {
    expect(alone('quintero paints seven doors')).toBe('fine');
  });
});

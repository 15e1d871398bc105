import { expect, test } from '@jest/globals';
import {
  centsFromDollars,
  hourlyCentsFromAnnualDollars,
  perYear,
  personsFromThousands,
  shareFromPercent,
} from './units.js';

test.each([
  [36_733, 1_766],
  [2_080, 100],
  [10.4, 1],
  [10.3, 0],
])('$%d a year are %d cents an hour over 2,080 hours, half a cent up', (dollars, cents) => {
  expect(hourlyCentsFromAnnualDollars(dollars)).toBe(cents);
});

test.each([
  [127_826, 12_782.6],
  [9, 0.9],
  [0, 0],
])('a total of %d over ten years is %d a year', (total, annual) => {
  expect(perYear(total, 10)).toBe(annual);
});

test.each([
  [169_956.1, 169_956_100],
  [0.3, 300],
  [-0.1, -100],
])('%d thousand are %d persons', (thousands, persons) => {
  expect(personsFromThousands(thousands)).toBe(persons);
});

test('per cents become shares and dollars whole cents', () => {
  expect(shareFromPercent(-7.4739)).toBe(-0.074739);
  expect(shareFromPercent(100)).toBe(1);
  expect(centsFromDollars(58.29)).toBe(5_829);
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeFields } from './encode-fields.js';

test('fields stand with their lengths, absent ones as a dash', () => {
  expect(encodeFields(['person', null, '', '12:-', 'año'])).toBe('6:person-0:4:12:-3:año');
});

test('two lists of fields have one text only when they are one list', () => {
  const piece = fc.oneof(fc.constantFrom('', '-', '1:', '0:', '1:a', ':', '11'), fc.string({ maxLength: 3 }));
  const fields = fc.array(fc.option(piece), { maxLength: 5 });
  fc.assert(
    fc.property(fields, fields, (a, b) => {
      expect(encodeFields(a) === encodeFields(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 2000 },
  );
});

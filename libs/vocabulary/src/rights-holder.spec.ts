import { expect, test } from '@jest/globals';
import { rightsHolder } from './rights-holder.js';

test.each([
  [17, 'school', 'guardian'],
  [18, 'school', 'student'],
  [16, 'college', 'student'],
  [40, 'college', 'student'],
] as const)('at %d, over the record of a %s: the %s decides', (age, kind, holder) => {
  expect(rightsHolder(age, kind)).toBe(holder);
});

import { jest } from '@jest/globals';
import * as argon2 from '@node-rs/argon2';

let count = 0;
jest.unstable_mockModule('@node-rs/argon2', () => ({
  ...argon2,
  verify: (...given: Parameters<typeof argon2.verify>) => {
    count += 1;
    return argon2.verify(...given);
  },
}));

/** Password verifications so far: the real ones, counted. Counts in what is imported after this file alone. */
export const verifications = (): number => count;

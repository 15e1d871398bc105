import { randomUUID } from 'node:crypto';

/** Headers of a command that is new, and that its sender stands by whatever it is about has become; for specs. */
export const asCommand = (): { 'Idempotency-Key': string; 'If-Match': string } => ({
  'Idempotency-Key': randomUUID(),
  'If-Match': '*',
});

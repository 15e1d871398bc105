import { appendFileSync } from 'node:fs';

/** A row of the table that `npm run trust` prints (test/trust/run.mjs): a promise of TRUST.md, and what was measured of it. */
export interface TrustRow {
  id: string;
  promise: string;
  figure: string;
  goal: string;
  holds: boolean;
  /** The deliberately broken thing, and whether the proof failed on it, as it must. */
  control: { what: string; failed: boolean };
  /** Where it is left out, how long the whole proof took. */
  seconds?: number;
}

/** Whether the proofs are to run at their full size, which `npm test` has no time for. */
export const isFull = process.env['TRUST'] === 'full';

/** Adds the row, as one line of JSON, to the file that TRUST_REPORT names; where none is named, nobody is counting. */
export function reportTrust(row: TrustRow): void {
  const file = process.env['TRUST_REPORT'];
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

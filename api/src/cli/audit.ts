import type { Break } from '@throughway/ledger/break';
import { parseArgs } from 'node:util';
import { PLATFORM_CHAIN } from '../platform/audit/record-acts.js';
import { type Verification, verifyRecord } from '../platform/audit/verify-record.js';
import { Transactions } from '../platform/database/transactions.js';
import { formatTable } from './format-table.js';
import { UsageError } from './usage-error.js';
import { withDatabase } from './with-database.js';

/**
 * `throughway audit verify [--json]`: verifies the whole record in one snapshot and says what was verified; exit 0 when it is whole,
 * 1 with the first place where it is not.
 */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } });
  if (positionals.join(' ') !== 'verify') throw new UsageError(`found "${positionals.join(' ')}", expected "verify"`);
  return withDatabase(async ({ source }) => {
    const verified = await new Transactions(source).read(verifyRecord);
    process.stdout.write(values.json ? `${JSON.stringify(verified, null, 2)}\n` : describe(verified));
    if (verified.break) process.stderr.write(`${describeBreak(verified.break)}\n`);
    return verified.break ? 1 : 0;
  });
}

function describe({ chains, entries, detailsPresent, detailsErased, roots, lastRoot, heads }: Verification): string {
  const counts = { chains, entries, 'details present': detailsPresent, 'details erased': detailsErased, roots };
  const ends = heads.map(({ chain, sequence, digest }) => [
    chain === PLATFORM_CHAIN ? 'the platform' : chain,
    sequence.toLocaleString('en-US'),
    digest,
  ]);
  return [
    ...(ends.length > 0 ? [formatTable(['Chain', 'Entries', 'Head'], ends)] : []),
    `Verified: ${Object.entries(counts)
      .map(([what, count]) => `${what} ${count.toLocaleString('en-US')}`)
      .join(', ')}.`,
    lastRoot
      ? `Newest root: number ${lastRoot.number} of ${lastRoot.on}, ${lastRoot.digest}. Keep it elsewhere to hold the record to it.\n`
      : 'No root yet: a chain that is cut at its end is found once the first daily root was made.\n',
  ].join('\n');
}

function describeBreak({ code, chain, sequence, found, expected }: Break): string {
  const where = chain === null ? `root ${sequence}` : `chain ${chain}, entry ${sequence}`;
  return `NOT WHOLE: ${code} at ${where}: found ${found}, expected ${expected}`;
}

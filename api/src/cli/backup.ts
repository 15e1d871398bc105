import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeBackup } from './describe-backup.js';
import { writeBackup } from '../platform/backup/write-backup.js';
import { openDataSource } from '../platform/database/data-source.js';
import { Transactions } from '../platform/database/transactions.js';
import { keepTombstones, knownTombstones, tombstoneLogOf } from '../platform/erasure/tombstone-log.js';
import { UsageError } from './usage-error.js';
import { withDatabase } from './with-database.js';

/** `throughway backup FILE`: writes one snapshot of everything in the database to a file, while the server works on. */
export async function run(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageError(`found "${positionals.join(' ')}", expected one file to write`);
  }
  const path = resolve(file);
  return withDatabase(async ({ config, source }) => {
    const began = performance.now();
    const worker = await openDataSource(config.DATABASE_WORKER_URL, 2);
    try {
      const backup = await writeBackup(source, worker, path);
      const log = tombstoneLogOf(config.DATA_DIR);
      const known = await knownTombstones(log);
      await new Transactions(source).run((em) => keepTombstones(em, log, known));
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(
        `Wrote ${path} in ${seconds} s: ${describeBackup(backup)}, ${(backup.bytes / 1e6).toFixed(1)} MB.\n` +
          'It holds personal data; SECRET_KEY is not in it, nor is what lies in DATA_DIR. Keep it away from this machine, SECRET_KEY (or\n' +
          `${join(config.DATA_DIR, 'secret.key')}) elsewhere, and copies, made more often, of\n${log}: it says who was erased since.\n`,
      );
      return 0;
    } finally {
      await worker.destroy();
    }
  });
}

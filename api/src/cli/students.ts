import { parseArgs } from 'node:util';
import * as z from 'zod';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { eraseStudent } from '../students/erase-student.js';
import { UsageError } from './usage-error.js';
import { withDatabase } from './with-database.js';

/** `throughway students erase --id ID`: erases a student's record, whole and for good. Exit 1 when there is none of that id. */
export async function run(args: string[]): Promise<number> {
  const studentId = readId(args);
  return withDatabase(async ({ config, source }) => {
    const erasure = {
      reason: 'request',
      by: 'operator',
      at: new Clock(config).now(),
      dataDir: config.DATA_DIR,
    } as const;
    await new Transactions(source).run((em) => eraseStudent(em, studentId, erasure));
    process.stdout.write(`Erased the record of student ${studentId}.\n`);
    return 0;
  });
}

/** Throws {@link UsageError} for an option that is missing or cannot be read. */
function readId(args: string[]): string {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { id: { type: 'string' } } });
  if (positionals.join(' ') !== 'erase') throw new UsageError(`found "${positionals.join(' ')}", expected "erase"`);
  const id = z.uuid().safeParse(values.id);
  if (!id.success) throw new UsageError(`--id: found "${values.id ?? ''}", expected a student's id`);
  return id.data;
}

import { constants } from 'node:os';
import { parseConfig } from '../platform/config/config.js';
import { openDatabase, type OpenDatabase } from '../platform/database/open-database.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command's work on the configured database, migrated, and closes it again. A signal in between stops an embedded
 * server that this process owns (its open transactions roll back) and ends the process with 128 + its number, as a
 * shell would say.
 */
export async function withDatabase<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  // eslint-disable-next-line no-restricted-properties -- a command is an entry of the program: its configuration comes in here
  const database = await openDatabase(parseConfig(process.env));
  let leaving = false;
  // `on`, not `once`: the terminal and the launcher may both send the same signal.
  const leave = (signal: (typeof SIGNALS)[number]): void => {
    if (leaving) return;
    leaving = true;
    void database.stop().finally(() => process.exit(128 + constants.signals[signal]));
  };
  for (const signal of SIGNALS) process.on(signal, leave);
  try {
    return await work(database);
  } finally {
    if (leaving) await new Promise(() => undefined);
    await database.source.destroy();
    await database.stop();
    for (const signal of SIGNALS) process.off(signal, leave);
  }
}

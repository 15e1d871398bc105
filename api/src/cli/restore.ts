import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { EntityManager } from 'typeorm';
import { endEverySession } from '../identity/after-restore.js';
import { inspectBackup, restoreBackup } from '../platform/backup/restore-backup.js';
import { Transactions } from '../platform/database/transactions.js';
import {
  keepTombstones,
  knownTombstones,
  nameOf,
  readTombstones,
  tombstoneLogOf,
} from '../platform/erasure/tombstone-log.js';
import { type ErasedAgain, eraseAgain } from '../students/erase-again.js';
import { describeBackup } from './describe-backup.js';
import { gatherTombstones, type LaterTombstones } from './later-tombstones.js';
import { UsageError } from './usage-error.js';
import { withDatabase } from './with-database.js';

interface RestoreArguments {
  path: string;
  replace: boolean;
  tombstones: string[];
  withoutLaterTombstones: boolean;
}

/**
 * `throughway restore FILE [--replace] [--tombstones FILE]… [--without-later-tombstones]`: puts a backup in the place of everything in
 * the database and erases again what was erased after it, all or nothing.
 */
export async function run(args: string[]): Promise<number> {
  const { path, replace, tombstones, withoutLaterTombstones } = readArguments(args);
  return withDatabase(async ({ config, source }) => {
    const began = performance.now();
    const transactions = new Transactions(source);
    const backup = await inspectBackup(source, path);
    const log = tombstoneLogOf(config.DATA_DIR);
    const later = await transactions.read(async (em) => {
      if (!replace) await requireEmpty(em);
      return gatherTombstones(em, [log, ...tombstones], backup.header);
    });
    if (later.known.length === 0 && !withoutLaterTombstones) throw unknownDeletions(backup.header.takenAt, later);
    let again: ErasedAgain = { students: 0, people: 0 };
    const restored = await restoreBackup(source, config.DATABASE_OWNER_URL, path, backup, async (em) => {
      const before = new Set((await readTombstones(em)).stones.map(nameOf));
      const since = later.stones.filter((stone) => !before.has(nameOf(stone)));
      again = await eraseAgain(em, since, config.DATA_DIR);
      await endEverySession(em);
    });
    const known = await knownTombstones(log);
    await transactions.run((em) => keepTombstones(em, log, known));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(
      [
        `Restored ${path} in ${seconds} s: ${describeBackup(restored)}; every count and digest is the backup's.`,
        restored.migrated.length > 0
          ? `Brought up to this release by ${restored.migrated.length} migrations: ${restored.migrated.join(', ')}.`
          : 'It has the tables of this release.',
        deletions(later, again),
        'Whatever else was done after the backup is undone, consents that were withdrawn since included. Everyone signs in anew.',
        'Now run "throughway audit verify", and start the server.\n',
      ].join('\n'),
    );
    return 0;
  });
}

function deletions({ known }: LaterTombstones, { students, people }: ErasedAgain): string {
  const erased = `Erased again: ${students} student records, ${people} further accounts`;
  return known.length > 0
    ? `${erased}, as known from ${known.join('; ')}.`
    : `${erased}. NOBODY KNOWS WHO WAS ERASED AFTER THE BACKUP: whoever was is back. Erase them again before anyone is served.`;
}

function unknownDeletions(takenAt: string, { lacking }: LaterTombstones): Error {
  return new Error(
    `the deletions after the backup: found none known until after ${takenAt} (${lacking.join('; ')}), expected a log of them: ` +
      'without one, whoever was erased after the backup would be back. Give a copy of tombstones.jsonl from the DATA_DIR of a server ' +
      'with --tombstones FILE, or say --without-later-tombstones. Nothing was changed.',
  );
}

async function requireEmpty(em: EntityManager): Promise<void> {
  const [found]: Record<string, number>[] = await em.query(
    `SELECT (SELECT count(*) FROM organization)::integer AS organizations, (SELECT count(*) FROM person)::integer AS people,
       (SELECT count(*) FROM network)::integer AS networks`,
  );
  const held = Object.entries(found ?? {}).filter(([, count]) => count > 0);
  if (held.length === 0) return;
  throw new Error(
    `the database: found ${held.map(([what, count]) => `${count} ${what}`).join(', ')}, expected none, since a restore replaces ` +
      'everything. Choose an empty database, or say --replace. Nothing was changed.',
  );
}

function readArguments(args: string[]): RestoreArguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      replace: { type: 'boolean', default: false },
      tombstones: { type: 'string', multiple: true, default: [] },
      'without-later-tombstones': { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageError(`found "${positionals.join(' ')}", expected one backup to restore`);
  }
  return {
    path: resolve(file),
    replace: values.replace,
    tombstones: values.tombstones.map((path) => resolve(path)),
    withoutLaterTombstones: values['without-later-tombstones'],
  };
}

import type { EntityManager } from 'typeorm';
import type { Header } from '../platform/backup/backup-format.js';
import { nameOf, readTombstoneLog, readTombstones } from '../platform/erasure/tombstone-log.js';
import type { Tombstone } from '../platform/erasure/tombstones.js';

export interface LaterTombstones {
  /** Everything that is known to be erased; what was so before the backup is among it. */
  stones: Tombstone[];
  /** Who says so, in words; empty where nobody does who kept on after the backup. */
  known: string[];
  /** Where nothing was found that would do, in words. */
  lacking: string[];
}

/**
 * Gathers what was erased since a backup: from the database that it replaces, where that is the same installation's, and from logs.
 * A log does when it is this installation's and was kept for longer than until the backup.
 */
export async function gatherTombstones(
  em: EntityManager,
  logs: readonly string[],
  { installation, takenAt }: Header,
): Promise<LaterTombstones> {
  const found: LaterTombstones = { stones: [], known: [], lacking: [] };
  const here = await readTombstones(em);
  if (here.mark.installation === installation) {
    found.stones.push(...here.stones);
    found.known.push('the database that is replaced');
  } else found.lacking.push('the database that is replaced: another installation’s');
  for (const path of logs) {
    const log = await readTombstoneLog(path);
    const keptUntil = log?.keptUntil.get(installation);
    if (log) found.stones.push(...log.stones);
    if (keptUntil && keptUntil >= new Date(takenAt)) found.known.push(`${path}, kept until ${keptUntil.toISOString()}`);
    else if (keptUntil) found.lacking.push(`${path}: kept until ${keptUntil.toISOString()} alone`);
    else found.lacking.push(`${path}: ${log ? 'another installation’s' : 'no such file'}`);
  }
  const first = new Map<string, Tombstone>();
  for (const stone of found.stones) if (!first.has(nameOf(stone))) first.set(nameOf(stone), stone);
  return { ...found, stones: [...first.values()] };
}

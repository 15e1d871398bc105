import type { EntityManager } from 'typeorm';
import { removeAccountAgain } from '../identity/after-restore.js';
import { layTombstone, type Tombstone } from '../platform/erasure/tombstones.js';
import { eraseStudent } from './erase-student.js';
import { findNamed } from './erasure.repository.js';

export interface ErasedAgain {
  students: number;
  /** Accounts beside those that went with a record. */
  people: number;
}

/**
 * Erases again, in the caller's transaction, what these tombstones say was erased after a backup that was restored, as it was erased
 * then; records first, with what goes with them. Answers how many were there; of the others the tombstone is laid alone.
 */
export async function eraseAgain(
  em: EntityManager,
  tombstones: readonly Tombstone[],
  dataDir: string,
): Promise<ErasedAgain> {
  const again: ErasedAgain = { students: 0, people: 0 };
  for (const stone of tombstones.filter(({ kind }) => kind === 'student')) {
    if (await findNamed(em, stone.id)) {
      await eraseStudent(em, stone.id, { reason: stone.reason, by: 'operator', at: stone.at, dataDir });
      again.students++;
    } else await layTombstone(em, stone);
  }
  for (const stone of tombstones.filter(({ kind }) => kind === 'person')) {
    if (await removeAccountAgain(em, stone, dataDir)) again.people++;
  }
  return again;
}

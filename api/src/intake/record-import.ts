import type { EntityManager } from 'typeorm';
import { finishImport, type ImportOutcome, insertImport } from './import-runs.repository.js';

/** Keeps an import that was done in one go, from its arrival to its report, in the caller's transaction. */
export async function recordImport(
  em: EntityManager,
  given: { importId: string; networkId: number; partial: boolean; bytesTotal: number },
  outcome: ImportOutcome,
): Promise<void> {
  await insertImport(em, given);
  await finishImport(em, given.importId, outcome);
}

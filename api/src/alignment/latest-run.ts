import type { NetworkRef, RunRef } from '@throughway/contracts/words';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { notFound } from '../platform/errors/refusal.js';
import type { NetworkRecord } from '../programs/records.js';
import { latestRun } from './alignment.repository.js';
import type { RunRecord } from './run-record.js';

/** The run that stands behind a network's pages. @throws not-found when the network has not been aligned. */
export async function shownRun(em: EntityManager, networkId: number): Promise<RunRecord> {
  const run = await latestRun(em, networkId);
  if (!run) throw notFound('alignment run');
  return run;
}

export function runRef({ runId, asOf, engine, digest, finishedAt }: RunRecord): z.infer<typeof RunRef> {
  return { runId, asOf, engine, digest, finishedAt: finishedAt.toISOString() };
}

export function networkRef({ slug, name, sample }: NetworkRecord): z.infer<typeof NetworkRef> {
  return { slug, name, sample };
}

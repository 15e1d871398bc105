import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@throughway/vocabulary/audit';
import type { EntityManager } from 'typeorm';
import { type Actor, settled } from '../platform/auth/actor.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { Clock } from '../platform/clock/clock.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import * as repository from './employer-duplicates.repository.js';
import type { DuplicatePair, DuplicateState } from './employer-duplicates.repository.js';
import { grantsOf, maySomewhere, notAllowed, type RoleHolder, rolesFor } from '../platform/auth/sight.js';

/** As many as a person works through before looking again. */
const LISTED = 200;

/**
 * Employers that may be one, and what people decide about them (docs/adr/0015). Only administrators of a region or a state decide, and
 * only they see the pairs, since a wrong merge would give one employer's people another's data: synthetic ones for those of synthetic
 * organizations, real ones for real. Every method runs in the caller's transaction.
 *
 * For the room that keeps placements: merging two employers at both of which one student is placed is to be refused as
 * `merge-conflict`. There are no placements yet, and so no such check.
 */
@Injectable()
export class EmployerDuplicatesService {
  constructor(private readonly clock: Clock) {}

  /** Open ones first; at most 200. @throws not-signed-in, second-factor-needed, not-allowed */
  async list(
    em: EntityManager,
    asking: Actor | null,
    state: DuplicateState | undefined,
  ): Promise<{ pairs: DuplicatePair[]; openCount: number }> {
    const samples = samplesDecidedBy(settled(asking));
    if (samples.length === 0) throw notAllowed('decide whether two employers are one');
    return {
      pairs: await repository.listPairs(em, { samples, state: state ?? null, most: LISTED }),
      openCount: await repository.countOpenPairs(em, samples),
    };
  }

  /**
   * Says that they are one: the one not kept points at the other. Nothing else is written.
   * @throws not-found, already-decided, sample-and-real, merge-circle, not-one-of-them
   */
  merge(em: EntityManager, asking: Actor | null, duplicateId: string, keepId: string): Promise<DuplicatePair> {
    return this.decide(em, asking, duplicateId, 'employers-merged', async (pair, by) => {
      if (pair.state !== 'open') throw alreadyDecided(pair.state);
      if (pair.mixed)
        throw refuse('sample-and-real', 'One of the two is a sample: it never becomes one with a real employer.');
      if (pair.one === pair.other) throw refuse('merge-circle', 'The two are one already, through other merges.');
      if (keepId !== pair.one && keepId !== pair.other) {
        throw refuse(
          'not-one-of-them',
          'The one to keep is neither of the two. Look at the pair again: it may have changed.',
        );
      }
      const merged = keepId === pair.one ? pair.other : pair.one;
      await repository.pointAt(em, merged, { id: keepId, since: by.at });
      await repository.recordDecision(em, duplicateId, by, { decision: 'merged', kept: keepId, merged });
    });
  }

  /** Says that they are two. @throws not-found, already-decided */
  keepApart(em: EntityManager, asking: Actor | null, duplicateId: string): Promise<DuplicatePair> {
    return this.decide(em, asking, duplicateId, 'employers-kept-apart', async (pair, by) => {
      if (pair.state !== 'open') throw alreadyDecided(pair.state);
      await repository.recordDecision(em, duplicateId, by, { decision: 'distinct' });
    });
  }

  /** Takes the last decision back; later merges stay, in whatever order they are undone. @throws not-found, not-decided */
  undo(em: EntityManager, asking: Actor | null, duplicateId: string): Promise<DuplicatePair> {
    return this.decide(em, asking, duplicateId, 'employer-decision-undone', async (pair, by) => {
      if (pair.state === 'open')
        throw refuse('not-decided', 'Nobody has decided about this pair, so there is nothing to undo.');
      if (pair.state === 'merged') await repository.pointAt(em, pair.merged, null);
      await repository.recordDecision(em, duplicateId, by, { decision: 'undone' });
    });
  }

  /** The pair, about which nobody else decides until the transaction ends. @throws as {@link list} does; not-found */
  async hold(em: EntityManager, asking: Actor | null, duplicateId: string): Promise<DuplicatePair> {
    const samples = samplesDecidedBy(settled(asking));
    const locked = await repository.lockPair(em, duplicateId, samples);
    const pair = locked && (await repository.findPair(em, duplicateId, samples));
    if (!pair) throw notFound('pair of employers');
    return pair;
  }

  private async decide(
    em: EntityManager,
    asking: Actor | null,
    duplicateId: string,
    action: AuditAction,
    act: (pair: LockedPair, by: { personId: string; at: Date }) => Promise<void>,
  ): Promise<DuplicatePair> {
    const actor = settled(asking);
    const samples = samplesDecidedBy(actor);
    const pair = await repository.lockPair(em, duplicateId, samples);
    if (!pair) throw notFound('pair of employers');
    const at = this.clock.now();
    await act(pair, { personId: actor.personId, at });
    const decided = await repository.findPair(em, duplicateId, samples);
    if (!decided) throw new Error(`pair ${duplicateId} was decided and is gone`);
    const { first, second } = decided;
    const chains = new Set([first.organizationId, second.organizationId, ...decidesFor(actor)]);
    const subject = { kind: 'employer-pair', id: duplicateId } as const;
    const detail = { first: first.name, second: second.name };
    await recordActs(
      em,
      at,
      ...[...chains].map((organizationId) => ({ organizationId, actor, action, subject, detail })),
    );
    return decided;
  }
}

type LockedPair = NonNullable<Awaited<ReturnType<typeof repository.lockPair>>>;

/** Whether someone decides about real employers (false), synthetic ones (true), both or none. */
export function samplesDecidedBy(actor: RoleHolder): boolean[] {
  return [false, true].filter((sample) => maySomewhere(actor, 'employer.decide-duplicates', sample));
}

/** The organizations for which someone decides: the record of each says so, beside those of the two employers. */
function decidesFor({ roles }: Actor): string[] {
  const deciding = grantsOf('employer.decide-duplicates').flatMap((grant) => rolesFor(roles, grant));
  return deciding.map(({ organizationId }) => organizationId);
}

function alreadyDecided(state: DuplicateState): Error {
  const what = state === 'merged' ? 'that the two are one' : 'that they are two';
  return refuse('already-decided', `Someone has decided ${what}. Undo that first.`);
}

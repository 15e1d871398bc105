import { Injectable } from '@nestjs/common';
import { type EmployerDuplicate, EmployerPair } from '@throughway/contracts/employer-duplicates';
import type { EntityManager } from 'typeorm';
import { EmployerDuplicatesService } from '../identity/employer-duplicates.service.js';
import type { Actor } from '../platform/auth/actor.js';
import { Transactions } from '../platform/database/transactions.js';
import { requireVersion, type Seen, tagOf } from '../platform/http/seen.js';
import { networkNames } from './imported-employers.repository.js';

type Pair = Awaited<ReturnType<EmployerDuplicatesService['undo']>>;

/**
 * Pairs of employers that may be one, with the names of those networks that brought them in which the asker may read. Each decision is
 * about a pair as the asker saw it: other merges may have moved it. @throws changed-meanwhile
 */
@Injectable()
export class DuplicateEmployers {
  constructor(
    private readonly transactions: Transactions,
    private readonly deciding: EmployerDuplicatesService,
  ) {}

  list(
    actor: Actor | null,
    state: EmployerDuplicate['state'] | undefined,
  ): Promise<{ duplicates: EmployerDuplicate[]; openCount: number }> {
    return this.transactions.readInTenant({ actor }, async (em) => {
      const { pairs, openCount } = await this.deciding.list(em, actor, state);
      return { duplicates: await withNetworks(em, pairs), openCount };
    });
  }

  merge(actor: Actor | null, duplicateId: string, keepId: string, seen: Seen): Promise<EmployerDuplicate> {
    return this.answer(actor, duplicateId, seen, (em) => this.deciding.merge(em, actor, duplicateId, keepId));
  }

  keepApart(actor: Actor | null, duplicateId: string, seen: Seen): Promise<EmployerDuplicate> {
    return this.answer(actor, duplicateId, seen, (em) => this.deciding.keepApart(em, actor, duplicateId));
  }

  undo(actor: Actor | null, duplicateId: string, seen: Seen): Promise<EmployerDuplicate> {
    return this.answer(actor, duplicateId, seen, (em) => this.deciding.undo(em, actor, duplicateId));
  }

  private answer(
    actor: Actor | null,
    duplicateId: string,
    seen: Seen,
    decide: (em: EntityManager) => Promise<Pair>,
  ): Promise<EmployerDuplicate> {
    return this.transactions.inTenant({ actor }, async (em) => {
      const found = await show(em, await this.deciding.hold(em, actor, duplicateId));
      requireVersion(seen, found.version);
      return show(em, await decide(em));
    });
  }
}

async function show(em: EntityManager, pair: Pair): Promise<EmployerDuplicate> {
  const [shown] = await withNetworks(em, [pair]);
  if (!shown) throw new Error('a pair was not shown');
  return shown;
}

async function withNetworks(em: EntityManager, pairs: readonly Pair[]): Promise<EmployerDuplicate[]> {
  const names = await networkNames(
    em,
    pairs.flatMap(({ first, second }) => [...first.standsFor, ...second.standsFor]),
  );
  const of = ({ standsFor, ...side }: Pair['first']): EmployerDuplicate['first'] => ({
    ...side,
    networks: [
      ...new Set(names.filter(({ organizationId }) => standsFor.includes(organizationId)).map(({ name }) => name)),
    ],
  });
  return pairs.map((pair) => {
    const shown = EmployerPair.parse({
      ...pair,
      proposedAt: pair.proposedAt.toISOString(),
      decidedAt: pair.decidedAt?.toISOString() ?? null,
      first: of(pair.first),
      second: of(pair.second),
    });
    return { ...shown, version: tagOf(JSON.stringify(shown)) };
  });
}

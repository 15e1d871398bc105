import { Injectable } from '@nestjs/common';
import type { EmployerDuplicate } from '@throughway/contracts/employer-duplicates';
import type { EntityManager } from 'typeorm';
import { EmployerDuplicatesService } from '../identity/employer-duplicates.service.js';
import type { Actor } from '../platform/auth/actor.js';
import { Transactions } from '../platform/database/transactions.js';
import { networkNames } from './imported-employers.repository.js';

type Pair = Awaited<ReturnType<EmployerDuplicatesService['undo']>>;

/** Pairs of employers that may be one, with the names of those networks that brought them in which the asker may read. */
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

  merge(actor: Actor | null, duplicateId: string, keepId: string): Promise<EmployerDuplicate> {
    return this.answer(actor, (em) => this.deciding.merge(em, actor, duplicateId, keepId));
  }

  keepApart(actor: Actor | null, duplicateId: string): Promise<EmployerDuplicate> {
    return this.answer(actor, (em) => this.deciding.keepApart(em, actor, duplicateId));
  }

  undo(actor: Actor | null, duplicateId: string): Promise<EmployerDuplicate> {
    return this.answer(actor, (em) => this.deciding.undo(em, actor, duplicateId));
  }

  private answer(actor: Actor | null, decide: (em: EntityManager) => Promise<Pair>): Promise<EmployerDuplicate> {
    return this.transactions.inTenant({ actor }, async (em) => {
      const [shown] = await withNetworks(em, [await decide(em)]);
      if (!shown) throw new Error('a decided pair was not shown');
      return shown;
    });
  }
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
  return pairs.map((pair) => ({
    ...pair,
    proposedAt: pair.proposedAt.toISOString(),
    decidedAt: pair.decidedAt?.toISOString() ?? null,
    first: of(pair.first),
    second: of(pair.second),
  }));
}

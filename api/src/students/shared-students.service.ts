import { Injectable } from '@nestjs/common';
import type { SharedStudent, SharedStudents } from '@throughway/contracts/consents';
import { type Actor, settled } from '../platform/auth/actor.js';
import { type Limit, Limits } from '../platform/auth/limits.js';
import { type Given, type Sight, sightOf } from '../platform/auth/sight.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import { stateOn } from './consent-sight.js';
import { RECIPIENT } from './consents.repository.js';
import { countShared, discloseShared } from './disclosures.repository.js';

/** Consents that one request for one student reads at most; there is one for each purpose. */
const OF_ONE_STUDENT = 20;

/** Pages that one person looks at within an hour: one every six seconds all hour long is no reader any more, and each is written down. */
const LOOKS: Limit = { name: 'look', points: 600, seconds: 3600 };

/** What employers see of students: the parts that a consent in force names, each look written down with what it shows. */
@Injectable()
export class SharedStudentsService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly limits: Limits,
  ) {}

  /** @throws not-signed-in, second-factor-needed, too-many-attempts */
  async list(asking: Actor | null, { page, size }: { page: number; size: number }): Promise<SharedStudents> {
    const actor = settled(asking);
    await this.count(actor);
    const sight = this.sight(actor);
    return this.transactions.inTenant({ actor }, async (em) => {
      const look = { personId: actor.personId, at: this.clock.now(), limit: size, offset: (page - 1) * size };
      const shared = await discloseShared(em, sight, look);
      return { shared, total: await countShared(em, sight), page, size };
    });
  }

  /** @throws not-signed-in, second-factor-needed, not-found, too-many-attempts */
  async get(asking: Actor | null, studentId: string): Promise<{ shared: SharedStudent[] }> {
    const actor = settled(asking);
    await this.count(actor);
    const sight = this.sight(actor);
    return this.transactions.inTenant({ actor }, async (em) => {
      const look = { studentId, personId: actor.personId, at: this.clock.now(), limit: OF_ONE_STUDENT, offset: 0 };
      const shared = await discloseShared(em, sight, look);
      if (shared.length === 0) throw notFound('student');
      return { shared };
    });
  }

  private count({ personId }: Actor): Promise<void> {
    return this.limits.take(LOOKS, personId, `You looked at ${LOOKS.points} pages within an hour. Try again later.`);
  }

  /**
   * Consents in force today whose recipient was the employer that the actor's role is in, itself or by merges, when it was answered: a
   * later merge shows nobody's people what was said yes to for another's. Asked at each request.
   */
  private sight(actor: Actor): Sight {
    const consent = ({ within, memberships, value }: Given): string =>
      `(c.recipient_id = ANY(${within}) AND ${stateOn(this.clock.todayAsDay(), value).state} = 'in-force'
        AND EXISTS (SELECT FROM membership m WHERE m.membership_id = ANY(${memberships})
          AND standing_organization(m.organization_id, c.answered_at) = ${RECIPIENT}))`;
    return sightOf({ actor }, 'shared-student.read', { consent });
  }
}

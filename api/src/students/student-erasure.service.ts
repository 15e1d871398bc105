import { Injectable } from '@nestjs/common';
import { type Actor, settled } from '../platform/auth/actor.js';
import { type Asker, may, notAllowed } from '../platform/auth/sight.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.provider.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Seen } from '../platform/http/seen.js';
import { eraseStudent } from './erase-student.js';
import { StudentsService } from './students.service.js';

/** Erases a record at the word of the school. */
@Injectable()
export class StudentErasureService {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly students: StudentsService,
  ) {}

  /**
   * @throws not-signed-in, second-factor-needed, not-found, changed-meanwhile; not-allowed for who sees the record and is no
   * administrator of its school
   */
  erase(asker: Asker & { actor: Actor | null }, studentId: string, seen: Seen): Promise<{ erased: true }> {
    const actor = settled(asker.actor);
    return this.transactions.inTenant(asker, async (em) => {
      const { school } = await this.students.show(em, actor, studentId);
      if (!may(actor, 'student.erase', school.organizationId)) throw notAllowed("erase a student's record");
      await this.students.hold(em, actor, studentId, seen);
      await eraseStudent(em, studentId, {
        reason: 'request',
        by: actor,
        at: this.clock.now(),
        dataDir: this.config.DATA_DIR,
      });
      return { erased: true };
    });
  }
}

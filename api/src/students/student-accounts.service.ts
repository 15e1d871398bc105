import { Injectable } from '@nestjs/common';
import type { Student } from '@throughway/contracts/students';
import { InvitationsService } from '../identity/invitations.service.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { type Actor, settled } from '../platform/auth/actor.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import type { Seen } from '../platform/http/seen.js';
import { endSignedAs } from './end-consents.js';
import { StudentsService } from './students.service.js';

/** Ends the link between an account and a record, and what was said yes to there, when the school finds that somebody else stands there. */
@Injectable()
export class StudentAccountsService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly students: StudentsService,
    private readonly invitations: InvitationsService,
  ) {}

  /**
   * Of the student, or of one of the guardians; an open invitation goes too. @throws not-signed-in, second-factor-needed; not-found but
   * for the school's people, and for whom no account stands and no invitation is open; changed-meanwhile
   */
  unlink(asking: Actor | null, studentId: string, guardianId: string | null, seen: Seen): Promise<Student> {
    const actor = settled(asking);
    return this.transactions.inTenant({ actor }, async (em) => {
      const student = await this.students.hold(em, actor, studentId, seen);
      const holder =
        guardianId === null ? student : student.guardians.find((guardian) => guardian.guardianId === guardianId);
      if (!holder) throw notFound('guardian');
      if (holder.account === 'none') throw notFound('account for this record');
      const subjectIds = [guardianId ?? studentId];
      await this.invitations.endAccounts(em, subjectIds, actor.personId);
      const at = this.clock.now();
      const ended = await endSignedAs(em, subjectIds, { actor, at, today: this.clock.today() });
      await recordActs(em, at, ...ended, {
        organizationId: student.school.organizationId,
        actor,
        action: 'account-unlinked',
        subject: guardianId === null ? { kind: 'student', id: studentId } : { kind: 'guardian', id: guardianId },
      });
      return this.students.show(em, actor, studentId);
    });
  }
}

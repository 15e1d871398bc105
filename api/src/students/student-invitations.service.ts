import { Injectable } from '@nestjs/common';
import type { Student } from '@throughway/contracts/students';
import type { Request } from 'express';
import { InvitationsService } from '../identity/invitations.service.js';
import { type Actor, settled } from '../platform/auth/actor.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import type { Seen } from '../platform/http/seen.js';
import { isAddressShared } from './students.repository.js';
import { StudentsService } from './students.service.js';

interface Invited {
  role: 'student' | 'guardian';
  subjectId: string;
  email: string;
}

interface Asked {
  language: 'en' | 'es';
  /** Of the record. */
  seen: Seen;
}

/** Invites those whom a record names to their own account, at the address in the record and no other. */
@Injectable()
export class StudentInvitationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly students: StudentsService,
    private readonly invitations: InvitationsService,
  ) {}

  /** @throws not-signed-in, second-factor-needed, not-found, no-address, address-shared, changed-meanwhile; as identity's invitations do */
  inviteStudent(request: Request, asking: Actor | null, studentId: string, asked: Asked): Promise<Student> {
    return this.invite(request, asking, studentId, asked, ({ email }) => {
      if (email !== null) return { role: 'student', subjectId: studentId, email };
      throw refuse(
        'no-address',
        "Found no mail address in the student's record, expected one from the school's import.",
      );
    });
  }

  /**
   * @throws not-signed-in, second-factor-needed, not-found, rights-with-student, address-shared, changed-meanwhile; and as identity's
   * invitations do
   */
  inviteGuardian(
    request: Request,
    asking: Actor | null,
    { studentId, guardianId }: { studentId: string; guardianId: string },
    asked: Asked,
  ): Promise<Student> {
    return this.invite(request, asking, studentId, asked, ({ guardians, rightsHolder }) => {
      const guardian = guardians.find((one) => one.guardianId === guardianId);
      if (!guardian) throw notFound('guardian');
      if (rightsHolder === 'guardian') return { role: 'guardian', subjectId: guardianId, email: guardian.email };
      throw refuse(
        'rights-with-student',
        'The rights over this record are with the student (18 years old, or at a college): guardians are not invited.',
      );
    });
  }

  private async invite(
    request: Request,
    asking: Actor | null,
    studentId: string,
    { language, seen }: Asked,
    choose: (student: Student) => Invited,
  ): Promise<Student> {
    const actor = settled(asking);
    return this.transactions.inTenant({ actor }, async (em) => {
      const student = await this.students.hold(em, actor, studentId, seen);
      const { role, subjectId, email } = choose(student);
      if (await isAddressShared(em, studentId, email, role)) {
        throw refuse(
          'address-shared',
          'The student and a guardian have the same mail address, expected one each: nobody may act as their own guardian.',
        );
      }
      const { organizationId } = student.school;
      const invitedBy = { personId: actor.personId, name: actor.name };
      await this.invitations.invite(em, { organizationId, role, subjectId, email, language, invitedBy, request });
      return this.students.show(em, actor, studentId);
    });
  }
}

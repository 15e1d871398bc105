import { Injectable } from '@nestjs/common';
import { ageOn } from '@throughway/calendar/age-on';
import { type Student, type StudentList, studentsApi, type StudentSummary } from '@throughway/contracts/students';
import { type Day, parseDay } from '@throughway/vocabulary/local-date';
import { rightsHolder } from '@throughway/vocabulary/rights-holder';
import type { EntityManager } from 'typeorm';
import { type AccountState, InvitationsService } from '../identity/invitations.service.js';
import { type Actor, settled } from '../platform/auth/actor.js';
import { may } from '../platform/auth/sight.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.provider.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import { requireUnchanged, type Seen } from '../platform/http/seen.js';
import { foreseeRetention } from './foresee-retention.js';
import { lockSchool } from './student-rows.repository.js';
import * as repository from './students.repository.js';

/** Students' records as those see them who may: their school, they themselves, and until 18 their guardians. */
@Injectable()
export class StudentsService {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly invitations: InvitationsService,
  ) {}

  /** @throws not-signed-in, second-factor-needed; not-found for an organization whose students are not the reader's to see */
  async list(
    asking: Actor | null,
    {
      organizationId,
      q,
      page,
      size,
    }: { organizationId?: string | undefined; q?: string | undefined; page: number; size: number },
  ): Promise<StudentList> {
    const actor = settled(asking);
    if (organizationId && !may(actor, 'student.search', organizationId)) throw notFound('school');
    const today = this.clock.todayAsDay();
    return this.transactions.readInTenant({ actor }, async (em) => {
      const sight = repository.studentSight(actor, 'student.search', today);
      const search = { organizationId, q, limit: size, offset: (page - 1) * size };
      const { students, total } = await repository.searchStudents(em, sight, search);
      const accounts = await this.invitations.stateOf(
        em,
        students.map(({ studentId }) => studentId),
      );
      return {
        students: students.map((record) => summarize(record, today, accounts)),
        ...{ total, page, size },
        retention: await foreseeRetention(em, actor, today, this.config.STUDENT_RETENTION_YEARS),
      };
    });
  }

  /** @throws not-signed-in, second-factor-needed, not-found */
  get(asking: Actor | null, studentId: string): Promise<Student> {
    const actor = settled(asking);
    return this.transactions.readInTenant({ actor }, (em) => this.show(em, actor, studentId));
  }

  /** @throws not-signed-in, second-factor-needed */
  mine(asking: Actor | null): Promise<{ students: Student[] }> {
    const actor = settled(asking);
    const today = this.clock.todayAsDay();
    return this.transactions.readInTenant({ actor }, async (em) => {
      const sight = repository.studentSight(actor, 'student.read-own', today);
      return { students: await this.complete(em, actor, today, await repository.listStudents(em, sight)) };
    });
  }

  /** A record as `actor` sees it, within the caller's transaction. @throws not-found */
  async show(em: EntityManager, actor: Actor, studentId: string): Promise<Student> {
    const today = this.clock.todayAsDay();
    const record = await repository.findStudent(em, repository.studentSight(actor, 'student.read', today), studentId);
    const [student] = record ? await this.complete(em, actor, today, [record]) : [];
    if (!student) throw notFound('student');
    return student;
  }

  /**
   * The record, which no import changes until the transaction ends, still as the actor saw it; for the school's people alone.
   * @throws not-found, changed-meanwhile
   */
  async hold(em: EntityManager, actor: Actor, studentId: string, seen: Seen): Promise<Student> {
    const sight = repository.studentSight(actor, 'student.manage', this.clock.todayAsDay());
    const found = await repository.findStudent(em, sight, studentId);
    if (!found) throw notFound('student');
    await lockSchool(em, found.school.organizationId);
    const student = await this.show(em, actor, studentId);
    requireUnchanged(seen, studentsApi.get, student);
    return student;
  }

  /** With those parts that the grant shows by which each record was seen. */
  private async complete(
    em: EntityManager,
    actor: Actor,
    today: Day,
    records: readonly repository.SeenStudent[],
  ): Promise<Student[]> {
    const ids = records.map(({ studentId }) => studentId);
    const guardians = await repository.listGuardians(em, ids);
    const populations = await repository.listPopulations(em, ids);
    const accounts = await this.invitations.stateOf(em, [...ids, ...guardians.map(({ guardianId }) => guardianId)]);
    const standsFor = new Set(actor.roles.map(({ subjectId }) => subjectId));
    return records.map((record) => {
      const { studentId, bornOn, email, unreachable, parts } = record;
      const shows = ({ guardianId }: repository.GuardianRecord): boolean =>
        parts.includes('guardians') || (parts.includes('own-guardian') && standsFor.has(guardianId));
      return {
        ...summarize(record, today, accounts),
        bornOn,
        email,
        unreachable,
        guardians: guardians
          .filter((guardian) => guardian.studentId === studentId && shows(guardian))
          .map((guardian) => ({ ...guardian, account: accounts.get(guardian.guardianId) ?? 'none' })),
        populations: populations.filter((entry) => entry.studentId === studentId && parts.includes('populations')),
      };
    });
  }
}

function summarize(
  record: repository.StudentRecord,
  today: Day,
  accounts: ReadonlyMap<string, AccountState>,
): StudentSummary {
  const { studentId, schoolStudentId, givenName, familyName, school, grade, cohortId, bornOn } = record;
  const age = ageOn(parseDay(bornOn) ?? today, today);
  return {
    studentId,
    schoolStudentId,
    name: `${givenName} ${familyName}`,
    school,
    grade,
    cohortId,
    age,
    rightsHolder: rightsHolder(age, school.kind),
    account: accounts.get(studentId) ?? 'none',
  };
}

import { Injectable } from '@nestjs/common';
import { ageOn } from '@throughway/calendar/age-on';
import type { Disclosure, Disclosures, MyConsents, StudentConsents } from '@throughway/contracts/consents';
import { parseDay } from '@throughway/vocabulary/local-date';
import { rightsHolder } from '@throughway/vocabulary/rights-holder';
import { type Actor, settled } from '../platform/auth/actor.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import { consentSight } from './consent-sight.js';
import { listConsents, listConsentsOf } from './consents.repository.js';
import { viewConsent } from './decide-consent.js';
import { countDisclosures, type DisclosureRecord, listDisclosures } from './disclosures.repository.js';
import { findStudent, listStudents, studentSight } from './students.repository.js';

/** Looks of each student that come with all their consents. */
const NEWEST = 20;

/** What was asked and shown of students' records, as those see it whom it concerns. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
  ) {}

  /** @throws not-signed-in, second-factor-needed, not-found */
  list(asking: Actor | null, studentId: string): Promise<StudentConsents> {
    const actor = settled(asking);
    const today = this.clock.todayAsDay();
    return this.transactions.readInTenant({ actor }, async (em) => {
      if (!(await findStudent(em, studentSight(actor, 'consent.read', today), studentId))) throw notFound('student');
      const consents = await listConsentsOf(em, consentSight(actor, 'consent.read', today), studentId);
      return { consents: consents.map(viewConsent) };
    });
  }

  /** @throws not-signed-in, second-factor-needed */
  mine(asking: Actor | null): Promise<MyConsents> {
    const actor = settled(asking);
    const today = this.clock.todayAsDay();
    return this.transactions.readInTenant({ actor }, async (em) => {
      const students = await listStudents(em, studentSight(actor, 'consent.read-own', today));
      const consents = await listConsents(em, consentSight(actor, 'consent.read-own', today));
      const sight = studentSight(actor, 'disclosure.read', today);
      const studentIds = students.map(({ studentId }) => studentId);
      const looks = await listDisclosures(em, sight, { studentIds, limit: NEWEST });
      const counts = await countDisclosures(em, sight, studentIds);
      return {
        students: students.map(({ studentId, givenName, familyName, school, bornOn }) => ({
          studentId,
          name: `${givenName} ${familyName}`,
          school,
          rightsHolder: rightsHolder(ageOn(parseDay(bornOn) ?? today, today), school.kind),
          consents: consents.filter(({ student }) => student.studentId === studentId).map(viewConsent),
          disclosures: looks.filter((look) => look.studentId === studentId).map(viewDisclosure),
          disclosureCount: counts.get(studentId) ?? 0,
        })),
      };
    });
  }

  /** @throws not-signed-in, second-factor-needed, not-found */
  disclosures(
    asking: Actor | null,
    studentId: string,
    { page, size }: { page: number; size: number },
  ): Promise<Disclosures> {
    const actor = settled(asking);
    const sight = studentSight(actor, 'disclosure.read', this.clock.todayAsDay());
    return this.transactions.readInTenant({ actor }, async (em) => {
      if (!(await findStudent(em, sight, studentId))) throw notFound('student');
      const among = { studentIds: [studentId], limit: size, offset: (page - 1) * size };
      const looks = await listDisclosures(em, sight, among);
      const counts = await countDisclosures(em, sight, [studentId]);
      return { disclosures: looks.map(viewDisclosure), total: counts.get(studentId) ?? 0, page, size };
    });
  }
}

function viewDisclosure(record: DisclosureRecord): Disclosure {
  return { ...record, at: record.at.toISOString() };
}

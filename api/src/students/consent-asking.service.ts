import { Injectable } from '@nestjs/common';
import { addMonths } from '@throughway/calendar/add-months';
import type { StudentConsents } from '@throughway/contracts/consents';
import { type ConsentPurpose, LONGEST_CONSENT_MONTHS, type RecordPart } from '@throughway/vocabulary/consent';
import { formatDay, type LocalDate, parseDay } from '@throughway/vocabulary/local-date';
import { rightsHolder } from '@throughway/vocabulary/rights-holder';
import { ageOn } from '@throughway/calendar/age-on';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { type Actor, settled } from '../platform/auth/actor.js';
import { digestOf, newToken } from '../platform/auth/tokens.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { badInput, notFound, Refusal, refuse } from '../platform/errors/refusal.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Outbox } from '../platform/mail/outbox.js';
import * as repository from './consent-asking.repository.js';
import { consentSight } from './consent-sight.js';
import { insertConsent, listConsentsOf } from './consents.repository.js';
import { viewConsent } from './decide-consent.js';
import { recordConsent } from './record-consent.js';
import { lockSchool } from './student-rows.repository.js';
import { findStudent, isAddressShared, type StudentRecord, studentSight } from './students.repository.js';

/** Questions a day about one student: a family is not to be pressed. */
const QUESTIONS_A_DAY = 10;

interface Question {
  recipientId: string;
  records: RecordPart[];
  purpose: ConsentPurpose;
  untilOn: LocalDate;
  language: 'en' | 'es';
}

/** A school asks who holds the rights over a record whether an employer may see parts of it (docs/adr/0020). */
@Injectable()
export class ConsentAsking {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly publicUrl: PublicUrl,
  ) {}

  /**
   * Answers all questions about the student. @throws not-found but for the school's people, and for what is no employer of theirs;
   * bad-input for a day that is past or further than a year; no-administrator, consent-waits, nobody-to-ask, too-many-mails
   */
  ask(asking: Actor | null, request: Request, studentId: string, question: Question): Promise<StudentConsents> {
    const actor = settled(asking);
    const today = this.clock.todayAsDay();
    return this.transactions.inTenant({ actor }, async (em) => {
      const sight = studentSight(actor, 'consent.ask', today);
      const seen = await findStudent(em, sight, studentId);
      if (!seen) throw notFound('student');
      this.requireDay(question.untilOn);
      await lockSchool(em, seen.school.organizationId);
      // Read again: an import that was waited for may have named other guardians.
      const student = (await findStudent(em, sight, studentId)) ?? seen;
      const recipient = await repository.findRecipient(em, question.recipientId, student.school);
      if (!recipient) throw notFound('employer');
      if (!recipient.isAdministered) {
        throw refuse(
          'no-administrator',
          'Found an employer without an administrator, expected one who answers for those that will read. Invite one first.',
        );
      }
      const asked = { ...question, records: [...new Set(question.records)], recipientId: recipient.organizationId };
      await this.requireNew(em, studentId, asked);
      const consentId = await insertConsent(em, {
        ...asked,
        organizationId: student.school.organizationId,
        studentId,
        askedById: actor.personId,
        askedAt: this.clock.now(),
      });
      await this.mail(em, request, student, { ...asked, consentId, employer: recipient.name });
      await recordConsent(
        em,
        { student, school: student.school, recipient, purpose: asked.purpose },
        { action: 'consent-asked', at: this.clock.now(), by: { personId: actor.personId, subjectIds: [] } },
      );
      const consents = await listConsentsOf(em, consentSight(actor, 'consent.read', today), studentId);
      return { consents: consents.map(viewConsent) };
    });
  }

  private requireDay(untilOn: LocalDate): void {
    const today = this.clock.todayAsDay();
    const last = addMonths(today, LONGEST_CONSENT_MONTHS);
    const day = parseDay(untilOn);
    if (day !== null && day >= today && day <= last) return;
    const expected = `a day from ${formatDay(today)} to ${formatDay(last)}`;
    throw badInput([{ path: 'body.untilOn', found: untilOn, expected }]);
  }

  private async requireNew(em: EntityManager, studentId: string, question: Question): Promise<void> {
    const since = new Date(this.clock.now().getTime() - 86_400_000);
    const found = await repository.countQuestions(em, { studentId, ...question }, { today: this.clock.today(), since });
    if (found.waiting > 0) {
      throw refuse('consent-waits', 'Found the same question without an answer yet, expected one that is new.');
    }
    if (found.recent >= QUESTIONS_A_DAY) {
      throw new Refusal(
        429,
        'too-many-mails',
        `${QUESTIONS_A_DAY} questions about this student went out within a day.`,
      );
    }
  }

  /** To each who may answer: a link for whom has no account, the page behind the sign-in for whom has one. @throws nobody-to-ask */
  private async mail(
    em: EntityManager,
    request: Request,
    { studentId, bornOn, school }: StudentRecord,
    asked: { consentId: string; employer: string; untilOn: LocalDate; language: 'en' | 'es' },
  ): Promise<void> {
    const today = this.clock.todayAsDay();
    const rights = rightsHolder(ageOn(parseDay(bornOn) ?? today, today), school.kind);
    let isAsked = false;
    for (const { guardianId, email, language } of await repository.listHolders(em, studentId, rights)) {
      if (await isAddressShared(em, studentId, email, rights)) continue;
      isAsked = true;
      const token = language === null ? newToken() : null;
      if (token !== null) {
        const link = { organizationId: school.organizationId, consentId: asked.consentId, guardianId, email };
        await repository.insertConsentLink(em, { ...link, digest: digestOf(token), at: this.clock.now() });
      }
      const url = token
        ? this.publicUrl.page(request, '/consent-link', `token=${token}`)
        : this.publicUrl.page(request, '/consent');
      const detail = { school: school.name, employer: asked.employer, untilOn: asked.untilOn, url };
      const mail = { recipient: email, language: language ?? asked.language };
      await this.outbox.send(em, { ...mail, template: 'consent-asked', detail, subjectId: guardianId ?? studentId });
    }
    if (!isAsked) {
      throw refuse(
        'nobody-to-ask',
        `Found no mail address of the ${rights} in the record, expected one of theirs alone.`,
      );
    }
  }
}

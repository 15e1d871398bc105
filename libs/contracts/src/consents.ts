import * as z from 'zod';
import { CONSENT_PURPOSES, CONSENT_STATES, RECORD_PARTS } from '@throughway/vocabulary/consent';
import { RIGHTS_HOLDERS } from '@throughway/vocabulary/rights-holder';
import { endpoint } from './endpoint.js';
import * as p from './people.js';
import * as w from './words.js';

const Records = z.array(z.enum(RECORD_PARTS));
const Purpose = z.enum(CONSENT_PURPOSES);

/** What may be shown of whose record, to whom, why, until when; and who said so. */
export const Consent = z.object({
  consentId: z.uuid(),
  student: z.object({ studentId: z.uuid(), name: z.string() }),
  school: p.OrganizationRef,
  /** The employer that stands for the one asked for. */
  recipient: p.OrganizationRef,
  records: Records,
  purpose: Purpose,
  /** The last day. */
  untilOn: w.LocalDate,
  askedAt: w.Instant,
  /** Null when who asked is gone. */
  askedBy: z.string().nullable(),
  state: z.enum(CONSENT_STATES),
  /** Who may decide today. */
  rightsHolder: z.enum(RIGHTS_HOLDERS),
  answeredAt: w.Instant.nullable(),
  answeredAs: z.enum(RIGHTS_HOLDERS).nullable(),
  /** Their name; null for a guardian who reads, and by link. */
  signedBy: z.string().nullable(),
  withdrawnAt: w.Instant.nullable(),
  withdrawnAs: z.enum([...RIGHTS_HOLDERS, 'school']).nullable(),
  mayAnswer: z.boolean(),
  mayWithdraw: z.boolean(),
});
export type Consent = z.infer<typeof Consent>;

/** One look of an employer's person at a student's data. Source: 34 CFR 99.32(a)(3). */
export const Disclosure = z.object({
  disclosureId: z.string(),
  at: w.Instant,
  recipient: p.OrganizationRef,
  /** Null when that person's account is gone. */
  person: z.string().nullable(),
  records: Records,
  purpose: z.string(),
  /** `consent`, or the exception of 34 CFR 99.31, as `99.31(a)(10)`. */
  basis: z.string(),
});
export type Disclosure = z.infer<typeof Disclosure>;

/** Newest first. */
export const Disclosures = z.object({ disclosures: z.array(Disclosure), total: w.Count, page: w.Count, size: w.Count });
export type Disclosures = z.infer<typeof Disclosures>;

/** The questions asked about one student, newest first. */
export const StudentConsents = z.object({ consents: z.array(Consent) });
export type StudentConsents = z.infer<typeof StudentConsents>;

export const MyConsents = z.object({
  students: z.array(
    z.object({
      studentId: z.uuid(),
      name: z.string(),
      school: p.OrganizationRef,
      rightsHolder: z.enum(RIGHTS_HOLDERS),
      consents: z.array(Consent),
      /** The newest 20. */
      disclosures: z.array(Disclosure),
      disclosureCount: w.Count,
    }),
  ),
});
export type MyConsents = z.infer<typeof MyConsents>;

/** What one consent shows of a student; a part that it does not name is null, and so is one that the record does not hold. */
export const SharedStudent = z.object({
  consentId: z.uuid(),
  studentId: z.uuid(),
  records: Records,
  purpose: Purpose,
  untilOn: w.LocalDate,
  name: z.string().nullable(),
  /** A mail address. */
  contact: z.string().nullable(),
  grade: z.string().nullable(),
  school: z.string().nullable(),
});
export type SharedStudent = z.infer<typeof SharedStudent>;

export const SharedStudents = z.object({
  shared: z.array(SharedStudent),
  total: w.Count,
  page: w.Count,
  size: w.Count,
});
export type SharedStudents = z.infer<typeof SharedStudents>;

const ByStudent = z.object({ studentId: z.uuid() });
const ById = z.object({ consentId: z.uuid() });
const Answer = z.enum(['given', 'declined']);
const ByLink = z.object({ token: p.LinkToken });

export const consentsApi = {
  ask: endpoint({
    method: 'POST',
    path: '/api/students/:studentId/consents',
    summary: 'Ask who holds the rights whether an employer may see parts of a record; mails them',
    params: ByStudent,
    body: z.object({
      recipientId: z.uuid(),
      records: Records.min(1),
      purpose: Purpose,
      /** Today, or a day within a year. */
      untilOn: w.LocalDate,
      /** The language of mails to those who have no account. */
      language: p.LanguageCode.default('en'),
    }),
    idempotent: true,
    response: StudentConsents,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/students/:studentId/consents',
    summary: 'What was asked about a student, for their school, the student, and until 18 their guardians',
    params: ByStudent,
    response: StudentConsents,
  }),
  mine: endpoint({
    method: 'GET',
    path: '/api/my-consents',
    summary: 'What was asked and shown of the records that stand for the reader',
    response: MyConsents,
  }),
  answer: endpoint({
    method: 'POST',
    path: '/api/consents/:consentId/answer',
    summary: 'Give or decline; for who holds the rights today',
    params: ById,
    body: z.object({ answer: Answer }),
    idempotent: true,
    response: Consent,
  }),
  withdraw: endpoint({
    method: 'DELETE',
    path: '/api/consents/:consentId',
    summary: 'Withdraw a consent; the next request of its recipient feels it. A school takes back a question, too',
    params: ById,
    idempotent: true,
    response: Consent,
  }),
  openLink: endpoint({
    method: 'POST',
    path: '/api/consent-by-link',
    summary: 'The one consent that a mailed link opens',
    body: ByLink,
    response: Consent,
  }),
  answerByLink: endpoint({
    method: 'POST',
    path: '/api/consent-by-link/answer',
    summary: 'Give or decline by link',
    body: ByLink.extend({ answer: Answer }),
    idempotent: true,
    response: Consent,
  }),
  withdrawByLink: endpoint({
    method: 'POST',
    path: '/api/consent-by-link/withdrawal',
    summary: 'Withdraw by link',
    body: ByLink,
    idempotent: true,
    response: Consent,
  }),
  disclosures: endpoint({
    method: 'GET',
    path: '/api/students/:studentId/disclosures',
    summary: 'Who looked at what of a record, when, on what ground (34 CFR 99.32)',
    params: ByStudent,
    query: z.object({ page: w.Page, size: w.PageSize }),
    response: Disclosures,
  }),
  shared: endpoint({
    method: 'GET',
    path: '/api/shared-students',
    summary: "Students shared with the reader's employer; each one listed is a disclosure that is written down",
    query: z.object({ page: w.Page, size: z.coerce.number().int().min(1).max(20).default(10) }),
    response: SharedStudents,
  }),
  sharedStudent: endpoint({
    method: 'GET',
    path: '/api/shared-students/:studentId',
    summary: 'The same of one student, one entry for each consent',
    params: ByStudent,
    response: z.object({ shared: z.array(SharedStudent) }),
  }),
};

import type { Consent, Disclosure } from '@throughway/contracts/consents';
import { aStudent } from './a-student';

/** A question that waits for a guardian's answer, as the guardian sees it. */
export function aConsent(facts: Partial<Consent> = {}): Consent {
  const { studentId, name, school } = aStudent();
  return {
    consentId: '0199c0de-0000-7000-8000-000000000c01',
    student: { studentId, name },
    school,
    recipient: {
      organizationId: '0199c0de-0000-7000-8000-000000000c02',
      name: 'Sample Works',
      kind: 'employer',
      sample: true,
    },
    records: ['name', 'grade'],
    purpose: 'placement',
    untilOn: '2026-12-31',
    askedAt: '2026-06-01T15:00:00Z',
    askedBy: 'Sample Coordinator',
    state: 'asked',
    rightsHolder: 'guardian',
    answeredAt: null,
    answeredAs: null,
    signedBy: null,
    withdrawnAt: null,
    withdrawnAs: null,
    mayAnswer: true,
    mayWithdraw: false,
    ...facts,
  };
}

/** The same, once the guardian has said yes. */
export function aGivenConsent(facts: Partial<Consent> = {}): Consent {
  return aConsent({
    state: 'in-force',
    answeredAt: '2026-06-02T15:00:00Z',
    answeredAs: 'guardian',
    mayAnswer: false,
    mayWithdraw: true,
    ...facts,
  });
}

export function aWithdrawnConsent(): Consent {
  return aGivenConsent({
    state: 'withdrawn',
    withdrawnAt: '2026-06-03T15:00:00Z',
    withdrawnAs: 'guardian',
    mayWithdraw: false,
  });
}

export function aDisclosure(facts: Partial<Disclosure> = {}): Disclosure {
  return {
    disclosureId: '1',
    at: '2026-06-02T16:00:00Z',
    recipient: aConsent().recipient,
    person: 'Sample Recruiter',
    records: ['name', 'grade'],
    purpose: 'placement',
    basis: 'consent',
    ...facts,
  };
}

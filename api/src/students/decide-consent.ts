import type { Consent } from '@throughway/contracts/consents';
import type { RightsHolder } from '@throughway/vocabulary/rights-holder';
import type { EntityManager } from 'typeorm';
import { notAllowed } from '../platform/auth/sight.js';
import { refuse } from '../platform/errors/refusal.js';
import { type ConsentRecord, saveAnswer, saveWithdrawal } from './consents.repository.js';

/** Who decides: an account (null by link), and the student or guardian rows that they stand for. */
export interface Signer {
  personId: string | null;
  subjectIds: readonly string[];
}

/**
 * Writes an answer to a consent that the transaction holds; whether it is another than before. Who said "not now" may still give; who
 * gave withdraws. @throws not-allowed for whom the rights are not with; consent-over, consent-given
 */
export async function answerConsent(
  em: EntityManager,
  { consentId, answers, state, rightsHolder }: ConsentRecord,
  { answer, at, signer }: { answer: 'given' | 'declined'; at: Date; signer: Signer },
): Promise<boolean> {
  if (!answers) throw notAllowed('answer for this record: whoever holds the rights over it decides');
  if (state === (answer === 'given' ? 'in-force' : 'declined')) return false;
  if (state === 'in-force') {
    throw refuse('consent-given', 'Found a consent that was given. It is taken back by withdrawing it.');
  }
  if (state !== 'asked' && state !== 'declined') {
    throw refuse('consent-over', `Found a question that is over (${state}), expected an open one.`);
  }
  await saveAnswer(em, consentId, { answer, at, as: rightsHolder, ...signer });
  return true;
}

/**
 * Ends a consent that the transaction holds, for good; again changes nothing. The school takes back an unanswered question, too.
 * Answers as what it was withdrawn; null when it was before. @throws not-allowed; consent-not-given
 */
export async function withdrawConsent(
  em: EntityManager,
  consent: ConsentRecord,
  at: Date,
): Promise<RightsHolder | 'school' | null> {
  if (!consent.withdraws) throw notAllowed('withdraw this consent');
  if (consent.state === 'withdrawn') return null;
  const as = consent.answers ? consent.rightsHolder : consent.keeps ? 'school' : (consent.answeredAs ?? 'school');
  const isGiven = consent.answeredAs !== null && consent.state !== 'declined';
  if (!isGiven && as !== 'school') {
    throw refuse('consent-not-given', `Found a question that is ${consent.state}, expected a consent that was given.`);
  }
  await saveWithdrawal(em, consent.consentId, { at, as });
  return as;
}

/** A consent as its reader sees it. */
export function viewConsent(record: ConsentRecord): Consent {
  const { parts, keeps, answers, withdraws, signer, askedAt, answeredAt, withdrawnAt, state } = record;
  const isGiven = state === 'in-force' || state === 'rights-moved';
  return {
    ...record,
    askedAt: askedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    signedBy: parts.includes('signer') && answeredAt ? signer : null,
    mayAnswer: answers && (state === 'asked' || state === 'declined'),
    mayWithdraw: withdraws && (isGiven || (keeps && state === 'asked')),
  };
}

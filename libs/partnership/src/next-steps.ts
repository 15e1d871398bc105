import type { PartnershipStepCode, Rung } from '@throughway/vocabulary/alignment-result';
import type { Day } from '@throughway/vocabulary/local-date';
import { findRung } from './find-rung.js';
import { type PartnershipFacts, spanEvidence } from './partnership-facts.js';

type StepRule = [code: PartnershipStepCode, holds: (facts: PartnershipFacts, day: Day, rung: Rung) => boolean];

/** Steps in the order in which they are proposed, cheapest first (EXACT, nextSteps). */
const STEPS: StepRule[] = [
  ['confirm-evidence', confirmingRaisesRung],
  [
    'answer-activation',
    (facts, day) => facts.activations.some((row) => row.knownFrom <= day && row.answerKnownFrom > day),
  ],
  ['review-requirements', (facts, day) => facts.requirements.some((requirement) => requirement.staleFrom <= day)],
  ['host-placement', (_facts, _day, rung) => rung < 3],
  ['make-commitment', (facts, day, rung) => rung >= 3 && !hasOpenCommitment(facts, day)],
];

/** The codes of the steps that would help on `day`, in the order of {@link STEPS}; `rung` is the partnership's on that day. */
export function nextSteps(facts: PartnershipFacts, day: Day, rung: Rung): PartnershipStepCode[] {
  return STEPS.filter(([, holds]) => holds(facts, day, rung)).map(([code]) => code);
}

function confirmingRaisesRung(facts: PartnershipFacts, day: Day, rung: Rung): boolean {
  if (!facts.evidence.some((item) => item.provenFrom <= day && item.countsFrom > day)) return false;
  const counted = spanEvidence(facts.evidence, (item) => item.provenFrom);
  return findRung({ ...facts, counted }, day, day) > rung;
}

function hasOpenCommitment(facts: PartnershipFacts, day: Day): boolean {
  return facts.commitments.some(({ appliesFrom, row }) => appliesFrom <= day && day <= row.closesOn);
}

import type { Day } from '@throughway/vocabulary/local-date';
import type { Evidence } from '@throughway/vocabulary/network';
import { EVIDENCE_KIND_RULES, type EvidenceRung } from './evidence-kinds.js';
import { BACKDATING_DAYS, CURRENT_DAYS, NEVER } from './periods.js';

/** When a row of evidence is known, when it begins to count and through which day. `NEVER` where it does not. */
export interface WeighedEvidence {
  row: Evidence;
  rung: EvidenceRung;
  knownFrom: Day;
  /** First day on which it would count, had the other side confirmed it at once. */
  provenFrom: Day;
  countsFrom: Day;
  countsUntil: Day;
}

/**
 * Reads one row of evidence once and for all, so that every later day is a comparison: known from the later of
 * occurrence and record; counting needs confirmation, at most 30 days of back-dating or a second person, and the proof
 * of its kind, and ends 365 days after the occurrence. Source: EXACT, Knowledge and Partnerships.
 */
export function weighEvidence(row: Evidence): WeighedEvidence {
  const knownFrom = Math.max(row.recordedOn, row.occurredOn);
  const timely = row.recordedOn - row.occurredOn <= BACKDATING_DAYS || row.secondPerson;
  const provenFrom = timely ? Math.max(knownFrom, proofCompleteOn(row)) : NEVER;
  return {
    row,
    rung: EVIDENCE_KIND_RULES[row.kind].rung,
    knownFrom,
    provenFrom,
    countsFrom: Math.max(provenFrom, row.confirmedOn ?? NEVER),
    countsUntil: row.occurredOn + CURRENT_DAYS,
  };
}

export function countsOn(evidence: WeighedEvidence, day: Day): boolean {
  return evidence.countsFrom <= day && day <= evidence.countsUntil;
}

function proofCompleteOn(row: Evidence): Day {
  const { proof } = EVIDENCE_KIND_RULES[row.kind];
  if (proof === 'none') return -Infinity;
  if (row.quantity <= 0) return NEVER;
  return proof === 'quantity' ? -Infinity : Math.max(row.agreementOn ?? NEVER, row.evaluatedOn ?? NEVER);
}

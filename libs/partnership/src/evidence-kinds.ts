import type { EvidenceKind } from '@throughway/vocabulary/network';

export type EvidenceRung = 1 | 2 | 3;

/** What a kind must show before it counts, beside confirmation and timeliness. */
export type EvidenceProof = 'none' | 'quantity' | 'quantity-agreement-evaluation';

export interface EvidenceKindRule {
  /** The rung that it carries while it counts. */
  rung: EvidenceRung;
  proof: EvidenceProof;
}

/** DOMAIN 4.5 and FORMATS for the rungs; EXACT, Partnerships, for the proofs. */
export const EVIDENCE_KIND_RULES: Record<EvidenceKind, EvidenceKindRule> = {
  meeting: { rung: 1, proof: 'none' },
  survey: { rung: 1, proof: 'none' },
  letter: { rung: 1, proof: 'none' },
  logo: { rung: 1, proof: 'none' },
  speaker: { rung: 1, proof: 'none' },
  tour: { rung: 1, proof: 'none' },
  'mock-interview': { rung: 1, proof: 'none' },
  'career-fair': { rung: 1, proof: 'none' },
  'job-shadow': { rung: 1, proof: 'none' },
  'teaching-hours': { rung: 2, proof: 'none' },
  'mentoring-hours': { rung: 2, proof: 'none' },
  equipment: { rung: 2, proof: 'none' },
  funding: { rung: 2, proof: 'none' },
  'externship-hosted': { rung: 2, proof: 'none' },
  'work-assessed': { rung: 2, proof: 'none' },
  'unpaid-placement': { rung: 2, proof: 'quantity' },
  'curriculum-receipt': { rung: 2, proof: 'none' },
  'paid-placement': { rung: 3, proof: 'quantity-agreement-evaluation' },
  apprenticeship: { rung: 3, proof: 'quantity-agreement-evaluation' },
  clinical: { rung: 3, proof: 'quantity-agreement-evaluation' },
  'wage-offer': { rung: 3, proof: 'none' },
  hire: { rung: 3, proof: 'none' },
};

/** Kinds by which an employer nods to what is already decided; `rubber-stamp` looks for them (EXACT, Partnership flags). */
export const APPROVAL_KINDS: ReadonlySet<EvidenceKind> = new Set(['meeting', 'survey', 'letter']);

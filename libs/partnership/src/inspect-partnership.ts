import type { PartnershipResult } from '@throughway/vocabulary/alignment-result';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import type { Activation, Commitment, Evidence, Network } from '@throughway/vocabulary/network';
import { assessPartnership } from './assess-partnerships.js';
import type { EvidenceRung } from './evidence-kinds.js';
import { tallyPromises } from './find-rung.js';
import { gatherPartnerships, type GatherOptions } from './gather-partnerships.js';
import { type ActivationState, activationState } from './weigh-commitment.js';
import { countsOn } from './weigh-evidence.js';

/** One partnership with the rows behind its judgment: only those known on the day. */
export interface PartnershipInspection {
  result: PartnershipResult;
  /** Latest occurrence first, then by id; `rung` is what the kind carries when it counts. */
  evidence: { row: Evidence; rung: EvidenceRung; counts: boolean; confirmed: boolean }[];
  /** Applying commitments by opening day, then id. */
  commitments: Commitment[];
  /** Latest activation first, then by id; `answered` = an answer is known. */
  activations: { row: Activation; state: ActivationState; answered: boolean }[];
  /** Over the activations that fell due in the last 365 days; null when none did. */
  kept: { kept: number; due: number } | null;
}

/** What stands behind one partnership on `asOf`, or null when it is not known by then. */
export function inspectPartnership(
  network: Network,
  partnership: { employerId: string; pathwayId: string },
  options: Omit<GatherOptions, 'only'>,
): PartnershipInspection | null {
  const { asOf } = options;
  const only = (employerId: string, pathwayId: string): boolean =>
    employerId === partnership.employerId && pathwayId === partnership.pathwayId;
  const [facts] = gatherPartnerships(network, { ...options, only });
  if (!facts) return null;
  const { kept, broken } = tallyPromises(facts, asOf, asOf);
  return {
    result: assessPartnership(facts, asOf),
    evidence: facts.evidence
      .filter((item) => item.knownFrom <= asOf)
      .map((item) => ({
        row: item.row,
        rung: item.rung,
        counts: countsOn(item, asOf),
        confirmed: item.row.confirmedOn !== null && item.row.confirmedOn <= asOf,
      }))
      .sort(({ row: a }, { row: b }) => b.occurredOn - a.occurredOn || compareIds(a.evidenceId, b.evidenceId)),
    commitments: facts.commitments.filter(({ appliesFrom }) => appliesFrom <= asOf).map(({ row }) => row),
    activations: facts.activations
      .filter((activation) => activation.knownFrom <= asOf)
      .map((activation) => ({
        row: activation.row,
        state: activationState(activation, asOf, asOf),
        answered: activation.answerKnownFrom <= asOf,
      }))
      .sort(({ row: a }, { row: b }) => b.activatedOn - a.activatedOn || compareIds(a.activationId, b.activationId)),
    kept: kept + broken > 0 ? { kept, due: kept + broken } : null,
  };
}

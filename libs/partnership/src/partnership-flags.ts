import type { PartnershipFlagCode, Rung } from '@throughway/vocabulary/alignment-result';
import type { Day } from '@throughway/vocabulary/local-date';
import { findRung } from './find-rung.js';
import type { PartnershipFacts } from './partnership-facts.js';
import { APPROVAL_KINDS } from './evidence-kinds.js';
import { CURRENT_DAYS, LOOK_AHEAD_DAYS, NEVER, UNTESTED_DAYS } from './periods.js';
import { anyHolds, countThrough } from './spans.js';
import { activationState, type WeighedActivation, type WeighedCommitment } from './weigh-commitment.js';
import { countsOn, type WeighedEvidence } from './weigh-evidence.js';

/** When a flag stands and which rows raise it. `rung` is the partnership's on `day`; `because` is asked only while it stands. */
export interface FlagRule {
  holds(facts: PartnershipFacts, day: Day, rung: Rung): boolean;
  /** Unsorted ids. */
  because(facts: PartnershipFacts, day: Day): string[];
}

/** The seven partnership flags (DOMAIN 4.5; EXACT, Partnership flags and because). */
export const PARTNERSHIP_FLAGS: Record<PartnershipFlagCode, FlagRule> = {
  'advisory-only': {
    holds: (_facts, _day, rung) => rung === 1,
    because: (facts, day) => evidenceIds(facts, (item) => countsOn(item, day)),
  },
  dormant: {
    holds: (_facts, _day, rung) => rung === 0,
    because: (facts, day) => evidenceIds(facts, (item) => item.knownFrom <= day),
  },
  'promise-broken': {
    holds: (facts, day) => facts.activations.some((activation) => brokeLately(activation, day)),
    because: (facts, day) =>
      facts.activations
        .filter((activation) => brokeLately(activation, day))
        .map((activation) => activation.row.activationId),
  },
  'promise-untested': {
    holds: (facts, day) => facts.commitments.some((commitment) => isUntested(commitment, day)),
    because: (facts, day) =>
      facts.commitments
        .filter((commitment) => isUntested(commitment, day))
        .map((commitment) => commitment.row.commitmentId),
  },
  'requirements-stale': {
    holds: (facts, day) => facts.requirements.some((requirement) => requirement.staleFrom <= day),
    because: (facts, day) =>
      facts.requirements
        .filter((requirement) => requirement.staleFrom <= day)
        .map((requirement) => requirement.requirementId),
  },
  'rubber-stamp': {
    holds: (facts, day) => anyHolds(facts.counted.approval, day, day) && adoptedUnasked(facts, day),
    because: (facts, day) => evidenceIds(facts, (item) => APPROVAL_KINDS.has(item.row.kind) && countsOn(item, day)),
  },
  slipping: {
    holds: slips,
    because: (facts, day) => evidenceIds(facts, (item) => item.knownFrom <= day),
  },
};

function evidenceIds(facts: PartnershipFacts, wanted: (item: WeighedEvidence) => boolean): string[] {
  return facts.evidence.filter(wanted).map((item) => item.row.evidenceId);
}

/** Broken and due at most 365 days ago; a kept rate below one half always shows one. */
function brokeLately(activation: WeighedActivation, day: Day): boolean {
  return (
    activation.knownFrom <= day &&
    day - activation.row.dueOn <= CURRENT_DAYS &&
    activationState(activation, day, day) === 'broken'
  );
}

/** In its window, open for more than 180 days, and nothing ever fell due on this very commitment. */
function isUntested({ row, appliesFrom, activations }: WeighedCommitment, day: Day): boolean {
  if (appliesFrom > day || row.closesOn < day || day - row.opensOn <= UNTESTED_DAYS) return false;
  return activations.every(
    (activation) =>
      activation.knownFrom > day ||
      activation.row.dueOn >= day ||
      activationState(activation, day, day) === 'withdrawn',
  );
}

/**
 * The latest version adopted by `day` came after the first requirement in reach, yet before this employer said what it
 * needs. Requirements recorded after `day` need no exclusion: they are later than that version in any case.
 */
function adoptedUnasked(facts: PartnershipFacts, day: Day): boolean {
  const latest = facts.adoptedOn.reduce((last, on) => (on <= day ? Math.max(last, on) : last), -NEVER);
  const firstAsked = facts.requirements.reduce((first, { recordedOn }) => Math.min(first, recordedOn), NEVER);
  return facts.firstRequirementInReachOn < latest && latest < firstAsked;
}

/** The rung falls within 60 days if nothing more becomes known; only days on which something lapses need a look. */
function slips(facts: PartnershipFacts, day: Day, rung: Rung): boolean {
  if (rung === 0) return false;
  const ahead = facts.lapses.slice(countThrough(facts.lapses, day), countThrough(facts.lapses, day + LOOK_AHEAD_DAYS));
  return ahead.some((lapse) => findRung(facts, day, lapse) < rung);
}

import type { Rung } from '@throughway/vocabulary/alignment-result';
import type { Day } from '@throughway/vocabulary/local-date';
import type { PartnershipFacts } from './partnership-facts.js';
import { CURRENT_DAYS, UNTESTED_DAYS } from './periods.js';
import { anyHolds } from './spans.js';
import { activationState } from './weigh-commitment.js';

/** What the activations of a partnership add up to. Days are ±Infinity where there is none. */
export interface PromiseTally {
  /** Kept and broken among those that fell due in the last 365 days. */
  kept: number;
  broken: number;
  anyFellDue: boolean;
  lastBrokenDueOn: Day;
  lastKeptAnsweredOn: Day;
  /** Different cohorts with a kept activation, ever; those without a cohort add none. */
  keptCohorts: number;
}

/**
 * The rung on `on`, knowing only what is known on `known` (`known` ≤ `on`; equal for the rung of a day, earlier to look
 * ahead): the highest that holds, capped at the highest of 0–3 while a broken promise has not been made good.
 * Source: EXACT, Rungs.
 */
export function findRung(facts: PartnershipFacts, known: Day, on: Day): Rung {
  const tally = tallyPromises(facts, known, on);
  const hosted = rungOfHosting(facts, tally, known, on);
  const capped = tally.lastBrokenDueOn >= tally.lastKeptAnsweredOn && tally.lastBrokenDueOn !== -Infinity;
  if (capped || !isHiringCommitted(facts, tally, known, on)) return hosted;
  return anyHolds(facts.counted.curriculumReceipt, known, on) && tally.keptCohorts >= 2 ? 5 : 4;
}

/** Counts the activations known on `known` as they stand on `on`. O(activations). Source: EXACT, Activations. */
export function tallyPromises(facts: PartnershipFacts, known: Day, on: Day): PromiseTally {
  const tally = { kept: 0, broken: 0, anyFellDue: false, lastBrokenDueOn: -Infinity, lastKeptAnsweredOn: -Infinity };
  const cohorts = new Set<string>();
  for (const activation of facts.activations) {
    if (activation.knownFrom > known) continue;
    const { dueOn, answeredOn, cohortId } = activation.row;
    const state = activationState(activation, known, on);
    const fellDue = dueOn < on && state !== 'withdrawn';
    const recently = fellDue && on - dueOn <= CURRENT_DAYS;
    tally.anyFellDue ||= fellDue;
    if (state === 'broken') {
      if (recently) tally.broken += 1;
      tally.lastBrokenDueOn = Math.max(tally.lastBrokenDueOn, dueOn);
    } else if (state === 'kept') {
      if (recently) tally.kept += 1;
      tally.lastKeptAnsweredOn = Math.max(tally.lastKeptAnsweredOn, answeredOn ?? -Infinity);
      if (cohortId !== null) cohorts.add(cohortId);
    }
  }
  return { ...tally, keptCohorts: cohorts.size };
}

function rungOfHosting(facts: PartnershipFacts, tally: PromiseTally, known: Day, on: Day): 0 | 1 | 2 | 3 {
  if (anyHolds(facts.counted[3], known, on)) return 3;
  if (anyHolds(facts.counted[2], known, on) || isFreshlyCommitted(facts, tally, known, on)) return 2;
  return anyHolds(facts.counted[1], known, on) ? 1 : 0;
}

/** Rung 2 by the earliest-opening job commitment alone, so that a string of untested ones cannot keep renewing it. */
function isFreshlyCommitted(facts: PartnershipFacts, tally: PromiseTally, known: Day, on: Day): boolean {
  if (tally.anyFellDue) return false;
  const first = facts.commitments.find((commitment) => commitment.isJob && commitment.appliesFrom <= known);
  return first !== undefined && on <= first.row.closesOn && on - first.row.opensOn <= UNTESTED_DAYS;
}

/** Rung 4 before any cap: an open promise and, over the last 365 days, at least one and at least half of those due kept. */
function isHiringCommitted(facts: PartnershipFacts, tally: PromiseTally, known: Day, on: Day): boolean {
  const isOpen =
    anyHolds(facts.jobWindows, known, on) ||
    (anyHolds(facts.interviewWindows, known, on) && anyHolds(facts.jobAnswers, known, on));
  return isOpen && tally.kept > 0 && tally.kept >= tally.broken;
}

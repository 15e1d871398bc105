import type { PartnershipFlagCode } from '@throughway/vocabulary/alignment-result';
import type { Day } from '@throughway/vocabulary/local-date';
import { findRung } from './find-rung.js';
import type { PartnershipFacts } from './partnership-facts.js';
import { PARTNERSHIP_FLAGS } from './partnership-flags.js';
import { LOOK_AHEAD_DAYS } from './periods.js';

/**
 * The first day of the unbroken stretch through `asOf` of each flag that stands on `asOf`, replaying earlier days with
 * what was known on them, not before the partnership was first known. Walks back over the days on which anything can
 * turn, never day by day. Source: EXACT, since.
 */
export function traceSince(
  facts: PartnershipFacts,
  standing: readonly PartnershipFlagCode[],
  asOf: Day,
): Map<PartnershipFlagCode, Day> {
  const since = new Map<PartnershipFlagCode, Day>();
  let unbroken = [...standing];
  for (const day of turningDays(facts, asOf, standing.includes('slipping'))) {
    if (unbroken.length === 0) break;
    const rung = findRung(facts, day, day);
    unbroken = unbroken.filter((code) => PARTNERSHIP_FLAGS[code].holds(facts, day, rung));
    for (const code of unbroken) since.set(code, day);
  }
  return since;
}

/**
 * Descending days, from the last one not after `asOf` down to the first known day, between which no flag can change;
 * `slipping` also turns when a lapse comes within its 60 days.
 */
function turningDays(facts: PartnershipFacts, asOf: Day, lookingAhead: boolean): Day[] {
  const days = new Set<Day>([facts.firstKnownOn]);
  const add = (day: Day): void => {
    if (day > facts.firstKnownOn && day <= asOf) days.add(day);
  };
  for (const item of facts.evidence) add(item.countsFrom);
  for (const { appliesFrom } of facts.commitments) add(appliesFrom);
  for (const { knownFrom, answerKnownFrom } of facts.activations) {
    add(knownFrom);
    add(answerKnownFrom);
  }
  for (const { staleFrom } of facts.requirements) add(staleFrom);
  facts.adoptedOn.forEach(add);
  for (const lapse of facts.lapses) {
    add(lapse);
    if (lookingAhead) add(lapse - LOOK_AHEAD_DAYS);
  }
  return [...days].sort((a, b) => b - a);
}

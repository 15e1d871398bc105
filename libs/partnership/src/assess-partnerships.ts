import { PARTNERSHIP_FLAG_CODES, type PartnershipResult } from '@throughway/vocabulary/alignment-result';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Day, formatDay } from '@throughway/vocabulary/local-date';
import type { Network } from '@throughway/vocabulary/network';
import { findRung } from './find-rung.js';
import { gatherPartnerships, type GatherOptions } from './gather-partnerships.js';
import { nextSteps } from './next-steps.js';
import { PARTNERSHIP_FLAGS } from './partnership-flags.js';
import type { PartnershipFacts } from './partnership-facts.js';
import { traceSince } from './trace-since.js';

/**
 * How deep every partnership known on `asOf` is: its rung, its flags with since and because, and its next steps; of
 * those that `only` admits, where given. Sorted by (employerId, pathwayId); row order of the network changes nothing.
 * Time follows the number of partnerships and, for each, its own rows. Source: DOMAIN 4.5 and EXACT, Partnerships to
 * because.
 */
export function assessPartnerships(network: Network, options: GatherOptions): PartnershipResult[] {
  return Array.from(gatherPartnerships(network, options), (facts) => assessPartnership(facts, options.asOf));
}

/** The judgment of one partnership on a day on which it is known. */
export function assessPartnership(facts: PartnershipFacts, asOf: Day): PartnershipResult {
  const rung = findRung(facts, asOf, asOf);
  const standing = PARTNERSHIP_FLAG_CODES.filter((code) => PARTNERSHIP_FLAGS[code].holds(facts, asOf, rung));
  const since = traceSince(facts, standing, asOf);
  return {
    employerId: facts.employerId,
    pathwayId: facts.pathwayId,
    rung,
    flags: standing.map((code) => ({
      code,
      since: formatDay(since.get(code) ?? asOf),
      because: PARTNERSHIP_FLAGS[code].because(facts, asOf).sort(compareIds),
    })),
    nextSteps: nextSteps(facts, asOf, rung),
  };
}

import { employersOf } from '../partnerships/employer-sight.js';
import { type Asker, type Given, type Sight, sightOf, type Terms } from '../platform/auth/sight.js';
import { NETWORK_TERMS, pathwaysOfSchools } from '../programs/network-sight.js';

/** What only its network decides, over the network of parameter 1. */
const ofNetwork =
  (term: (given: Given) => string) =>
  (given: Given): string =>
    `(SELECT ${term(given)} FROM network n WHERE n.network_id = $1)`;

const OF_NETWORK = {
  sample: ofNetwork(NETWORK_TERMS.sample),
  tenant: ofNetwork(NETWORK_TERMS.tenant),
  within: ofNetwork(NETWORK_TERMS.within),
  unclaimed: ofNetwork(NETWORK_TERMS.unclaimed),
} satisfies Terms;

/**
 * The partnerships of a network that someone sees one by one, over `alignment_partnership p`: all of them, those with a pathway of
 * their school, or those of their employer. Parameter 1 is the network.
 */
export function partnershipSight(asker: Asker, networkId: number): Sight {
  const terms: Terms = {
    ...OF_NETWORK,
    school: (given) => `p.pathway_id IN (${pathwaysOfSchools('$1', given)})`,
    party: (given) => `p.employer_id IN (${employersOf('$1', given)})`,
  };
  return sightOf(asker, 'partnership.read', terms, [networkId]);
}

/** Whether someone sees every partnership of a network. Parameter 1 is the network. */
export function wholeSight(asker: Asker, networkId: number): Sight {
  const none = (): string => 'false';
  return sightOf(asker, 'partnership.read', { ...OF_NETWORK, school: none, party: none }, [networkId]);
}

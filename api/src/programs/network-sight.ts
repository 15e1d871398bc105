import type { Line } from '../platform/auth/authorization.js';
import { type Asker, type Given, type Sight, sightOf, type Terms } from '../platform/auth/sight.js';

/**
 * How someone stands to a network, over `network n`. By a school of theirs that the network's institutions name, or as a partner in
 * it, they have to do with parts of it alone.
 */
export const NETWORK_TERMS = {
  sample: () => 'n.sample',
  within: ({ within }) => `n.organization_id = ANY(${within})`,
  tenant: ({ homes }) => `n.organization_id = ANY(${homes})`,
  above: ({ homes }) => `n.organization_id IN (SELECT organizations_above(home) FROM unnest(${homes}) home)`,
  school: ({ within }) =>
    `EXISTS (SELECT FROM institution i WHERE i.network_id = n.network_id AND i.organization_id = ANY(${within}))`,
  party: ({ within }) => `n.network_id = ANY(partner_networks_of(${within}))`,
  unclaimed: () => 'n.organization_id IS NULL',
  every: () => 'true',
} satisfies Terms;

/** The networks that someone reaches by a line, over `network n`. `before` are the values of what the condition joins. */
export function networkSight(asker: Asker, line: Line, before: readonly unknown[] = []): Sight {
  return sightOf(asker, line, NETWORK_TERMS, before);
}

/** Ids of the pathways of institutions that are one of those organizations, in the network of parameter `network`. */
export function pathwaysOfSchools(network: string, { within }: Given): string {
  return `SELECT w.pathway_id FROM pathway w JOIN institution i USING (network_id, institution_id)
    WHERE w.network_id = ${network} AND i.organization_id = ANY(${within})`;
}

import type { Given } from '../platform/auth/sight.js';

/** Ids of the employer rows that are one of those organizations, in the network of parameter `network`. */
export function employersOf(network: string, { within }: Given): string {
  return `SELECT e.employer_id FROM employer_identity e
    WHERE e.network_id = ${network} AND e.organization_id = ANY(${within})`;
}

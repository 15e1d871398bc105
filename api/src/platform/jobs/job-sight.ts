import type { Line } from '../auth/authorization.js';
import { type Asker, type Sight, sightOf } from '../auth/sight.js';

/** The jobs that someone sees by a line of the table, over a job's data `j.data`. */
export function jobSight(asker: Asker, line: Extract<Line, `job.${string}`>): Sight {
  return sightOf(asker, line, {
    every: () => 'true',
    within: ({ within }) => `(j.data ->> 'organizationId' = ANY (${within}::text[]) OR EXISTS (
      SELECT FROM network mine WHERE mine.network_id::text = j.data ->> 'networkId' AND mine.organization_id = ANY (${within})))`,
  });
}

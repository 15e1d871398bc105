import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as w from './words.js';

/** A run is a receipt: what was computed, from which input, by which engine. */
export const Run = w.RunRef.extend({
  network: w.NetworkRef,
  /** Why it ran: first start, import, nightly, or a change to one component. */
  cause: z.enum(['start', 'import', 'nightly', 'change', 'command']),
  threshold: z.string(),
  components: w.Count,
  componentsSolved: w.Count,
  milliseconds: w.Count,
});
export type Run = z.infer<typeof Run>;

export const runsApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/runs',
    summary: 'Alignment runs, newest first',
    query: z.object({ network: w.NetworkSlug.optional(), page: w.Page, size: w.PageSize }),
    response: z.object({ runs: z.array(Run) }),
  }),
};

import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as p from './people.js';
import * as w from './words.js';

/** Why two employers may be one. */
export const DUPLICATE_REASONS = ['ein', 'web-domain', 'name'] as const;
export const DUPLICATE_STATES = ['open', 'merged', 'distinct'] as const;

const Side = p.OrganizationRef.extend({
  webDomain: z.string().nullable(),
  ein: z.string().nullable(),
  siteCount: w.Count,
  peopleCount: w.Count,
  /** Names of the school networks that brought it in. */
  networks: z.array(z.string()),
});

/** What `version` of a pair is the ETag of. */
export const EmployerPair = z.object({
  duplicateId: z.uuid(),
  reasons: z.array(z.enum(DUPLICATE_REASONS)),
  state: z.enum(DUPLICATE_STATES),
  proposedAt: w.Instant,
  decidedAt: w.Instant.nullable(),
  decidedBy: z.string().nullable(),
  first: Side,
  second: Side,
});

/** Two employers that may be one. The first one would stay. `version` is the pair's ETag, for the `If-Match` of a decision. */
export const EmployerDuplicate = EmployerPair.extend({ version: z.string() });
export type EmployerDuplicate = z.infer<typeof EmployerDuplicate>;

const ById = z.object({ duplicateId: z.uuid() });

export const employerDuplicatesApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/employer-duplicates',
    summary: 'Employers that may be one, open ones first',
    query: z.object({ state: z.enum(DUPLICATE_STATES).optional() }),
    response: z.object({ duplicates: z.array(EmployerDuplicate), openCount: w.Count }),
  }),
  merge: endpoint({
    method: 'POST',
    path: '/api/employer-duplicates/:duplicateId/merge',
    summary: 'Say that they are one; `keepId` names the one that stays. Nothing is rewritten, and it can be undone',
    params: ById,
    body: z.object({ keepId: z.uuid() }),
    idempotent: true,
    ifMatch: true,
    response: EmployerDuplicate,
  }),
  keepApart: endpoint({
    method: 'POST',
    path: '/api/employer-duplicates/:duplicateId/distinct',
    summary: 'Say that they are two',
    params: ById,
    idempotent: true,
    ifMatch: true,
    response: EmployerDuplicate,
  }),
  undo: endpoint({
    method: 'POST',
    path: '/api/employer-duplicates/:duplicateId/undo',
    summary: 'Take a decision back',
    params: ById,
    idempotent: true,
    ifMatch: true,
    response: EmployerDuplicate,
  }),
};

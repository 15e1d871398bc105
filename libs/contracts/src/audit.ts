import { AUDIT_ACTIONS, AUDIT_ACTORS, AUDIT_SUBJECTS } from '@throughway/vocabulary/audit';
import * as z from 'zod';
import { endpoint } from './endpoint.js';
import { OrganizationRef } from './people.js';
import * as w from './words.js';

/** One entry of an organization's chain, and what lies beside it. */
export const AuditEntry = z.object({
  organization: OrganizationRef,
  /** Its place in the organization's chain. */
  sequence: z.number().int().min(1),
  at: w.Instant,
  /** `name` is the person's today; null for one who is gone, and for who is no person. */
  actor: z.object({ kind: z.enum(AUDIT_ACTORS), personId: z.uuid().nullable(), name: z.string().nullable() }),
  action: z.enum(AUDIT_ACTIONS),
  /** `name` of a person or an organization, as it is today; null of everything else. */
  subject: z.object({ kind: z.enum(AUDIT_SUBJECTS), id: z.string(), name: z.string().nullable() }),
  /** Null when there is none any more, or never was. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).nullable(),
  /** There was a detail, and it was erased; the chain keeps its digest. */
  erased: z.boolean(),
  /** Seals the entry and all before it, hexadecimal. */
  digest: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditRecord = z.object({
  /** Newest first. */
  entries: z.array(AuditEntry),
  total: w.Count,
  page: z.number(),
  size: z.number(),
  /** Those within the reader's reach of which there is a record. */
  organizations: z.array(OrganizationRef),
  /** The newest daily root over all chains; null before the first. */
  root: z.object({ on: w.LocalDate, digest: z.string() }).nullable(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

export const auditApi = {
  search: endpoint({
    method: 'GET',
    path: '/api/audit',
    summary: 'Who did what to what, in the organizations whose people the reader manages',
    query: z.object({
      organizationId: z.uuid().optional(),
      action: z.enum(AUDIT_ACTIONS).optional(),
      /** Part of the name of who did it, or to whom it was done. */
      person: z.string().trim().max(100).optional(),
      /** The subject's id. */
      subject: z.string().trim().max(100).optional(),
      /** Calendar days in the server's zone, both included. */
      from: w.LocalDate.optional(),
      to: w.LocalDate.optional(),
      page: w.Page,
      size: w.PageSize,
    }),
    response: AuditRecord,
  }),
};

import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as w from './words.js';

export const RungNumber = z.number().int().min(0).max(5);

export const PartnershipRow = z.object({
  employerId: z.string(),
  employerName: z.string(),
  pathwayId: z.string(),
  pathwayName: z.string(),
  institutionName: z.string(),
  rung: RungNumber,
  flags: z.array(z.object({ code: w.PartnershipFlagCode, since: w.LocalDate })),
  /** Cheapest first. */
  nextSteps: z.array(w.PartnershipStepCode),
  lastEvidenceOn: w.LocalDate.nullable(),
});
export type PartnershipRow = z.infer<typeof PartnershipRow>;

export const PartnershipsQuery = z.object({
  network: w.NetworkSlug.optional(),
  region: w.OpaqueId.optional(),
  rung: z.coerce.number().int().min(0).max(5).optional(),
  flag: w.PartnershipFlagCode.optional(),
  q: z.string().max(100).optional(),
  page: w.Page,
  size: w.PageSize,
});
export type PartnershipsQuery = z.infer<typeof PartnershipsQuery>;

/**
 * Advisory-only first, then dormant, then the other rungs upward; within a rung the longest-standing flag first. Who is neither the
 * tenant, nor the school concerned, nor the employer sees counts and no rows (DOMAIN 4.5).
 */
export const PartnershipLadder = z.object({
  network: w.NetworkRef,
  run: w.RunRef,
  regions: z.array(z.object({ areaId: z.string(), name: z.string() })),
  /** Whether `rows` may be any of the network's, those of one's own school or employer, or none. */
  rowsVisible: z.enum(['all', 'own', 'none']),
  /** Whether the next two count the network's partnerships, or only those that the reader sees one by one. */
  countsCover: z.enum(['network', 'own']),
  rungCounts: z.array(z.object({ rung: RungNumber, count: w.Count })),
  flagCounts: z.array(z.object({ code: w.PartnershipFlagCode, count: w.Count })),
  /** Of all pages of `rows`. */
  rowCount: w.Count,
  rows: z.array(PartnershipRow),
});
export type PartnershipLadder = z.infer<typeof PartnershipLadder>;

export const PartnershipPage = z.object({
  network: w.NetworkRef,
  run: w.RunRef,
  employer: z.object({ employerId: z.string(), name: z.string() }),
  pathway: z.object({
    pathwayId: z.string(),
    name: z.string(),
    institutionName: z.string(),
    /** Whether the reader may read the pathway's own page. */
    isReadable: z.boolean(),
  }),
  rung: RungNumber,
  flags: z.array(z.object({ code: w.PartnershipFlagCode, since: w.LocalDate, because: z.array(w.Receipt) })),
  nextSteps: z.array(w.PartnershipStepCode),
  evidence: z.array(
    z.object({
      evidenceId: z.string(),
      kind: z.string(),
      rung: RungNumber,
      occurredOn: w.LocalDate,
      recordedOn: w.LocalDate,
      confirmedOn: w.LocalDate.nullable(),
      quantity: z.number().min(0),
      counted: z.boolean(),
    }),
  ),
  commitments: z.array(
    z.object({
      commitmentId: z.string(),
      kind: z.string(),
      title: z.string(),
      seats: w.Count,
      opensOn: w.LocalDate,
      closesOn: w.LocalDate,
      answerWithinDays: w.Count,
    }),
  ),
  activations: z.array(
    z.object({
      activationId: z.string(),
      commitmentId: z.string(),
      activatedOn: w.LocalDate,
      dueOn: w.LocalDate,
      answeredOn: w.LocalDate.nullable(),
      disposition: z.string().nullable(),
      state: z.enum(['waiting', 'kept', 'broken', 'withdrawn']),
    }),
  ),
  /** kept / due over activations that fell due in the last 365 days; null when none did. */
  kept: z.object({ kept: w.Count, due: w.Count }).nullable(),
});
export type PartnershipPage = z.infer<typeof PartnershipPage>;

export const partnershipsApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/partnerships',
    summary: 'Partnerships as a ladder, advisory-only first',
    query: PartnershipsQuery,
    response: PartnershipLadder,
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/partnerships/:employerId/:pathwayId',
    summary: 'One partnership: rung, flags, and the dated evidence behind them',
    params: z.object({ employerId: w.OpaqueId, pathwayId: w.OpaqueId }),
    query: z.object({ network: w.NetworkSlug.optional() }),
    response: PartnershipPage,
  }),
};

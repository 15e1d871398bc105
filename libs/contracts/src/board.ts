import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as w from './words.js';

/** One cohort on the "Where our pathways lead" board. Null = not known or outside the run's window; never zero in disguise. */
export const BoardRow = z.object({
  cohortId: z.string(),
  pathwayId: z.string(),
  pathwayName: z.string(),
  institutionId: z.string(),
  institutionName: z.string(),
  countyFips: z.string(),
  completesOn: w.LocalDate,
  expectedCompleters: w.Count,
  seated: w.Count.nullable(),
  seatShare: w.Share.nullable(),
  withoutSeat: w.Count.nullable(),
  /** Best defined coverage among the live requirements in reach that this pathway targets. */
  bestCoverage: w.Share.nullable(),
  /** Share of the awarded credentials that one of those requirements requires or prefers; null when none is awarded. */
  credentialRelevance: w.Share.nullable(),
  flags: z.array(w.CohortFlagCode),
});
export type BoardRow = z.infer<typeof BoardRow>;

export const BoardQuery = z.object({
  network: w.NetworkSlug.optional(),
  /** Area id of a region. */
  region: w.OpaqueId.optional(),
  flag: w.CohortFlagCode.optional(),
  /** Part of a pathway's or institution's name. */
  q: z.string().max(100).optional(),
  sort: z.enum(['without-seat', 'seat-share', 'coverage', 'pathway', 'completes']).default('without-seat'),
  page: w.Page,
  size: w.PageSize,
});
export type BoardQuery = z.infer<typeof BoardQuery>;

export const Board = z.object({
  network: w.NetworkRef,
  run: w.RunRef,
  regions: z.array(z.object({ areaId: z.string(), name: z.string() })),
  /** Over the cohorts that complete in the run's window, of the chosen region. The three demand tiers are never added up. */
  totals: z.object({
    cohorts: w.Count,
    completers: w.Count,
    seated: w.Count,
    withoutSeat: w.Count,
    promisedSeats: w.Count,
    postedHeadcount: w.Count,
    projectedOpenings: w.Count.nullable(),
    projectedSources: z.array(w.ProjectionSource),
  }),
  flagCounts: z.array(z.object({ code: w.CohortFlagCode, count: w.Count })),
  rowCount: w.Count,
  rows: z.array(BoardRow),
});
export type Board = z.infer<typeof Board>;

/** Demand against seats, county by county, for the map. */
export const BoardCounty = z.object({
  fips: w.Fips,
  name: z.string(),
  state: z.string(),
  promisedSeats: w.Count,
  postedHeadcount: w.Count,
  completers: w.Count,
  seated: w.Count,
  withoutSeat: w.Count,
});
export type BoardCounty = z.infer<typeof BoardCounty>;

export const BoardCounties = z.object({ network: w.NetworkRef, run: w.RunRef, counties: z.array(BoardCounty) });
export type BoardCounties = z.infer<typeof BoardCounties>;

export const boardApi = {
  get: endpoint({
    method: 'GET',
    path: '/api/board',
    summary: 'Where our pathways lead: cohorts, most graduates without a seat first',
    query: BoardQuery,
    response: Board,
  }),
  counties: endpoint({
    method: 'GET',
    path: '/api/board/counties',
    summary: 'Demand and seats by county',
    query: z.object({ network: w.NetworkSlug.optional(), region: w.OpaqueId.optional() }),
    response: BoardCounties,
  }),
};

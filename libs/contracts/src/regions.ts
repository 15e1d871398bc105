import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as w from './words.js';

export const ENTRY_EDUCATION = [
  'none',
  'high-school',
  'some-college',
  'postsecondary-certificate',
  'associate',
  'bachelor',
  'master',
  'doctoral',
] as const;
export const EntryEducation = z.enum(ENTRY_EDUCATION);
export type EntryEducation = z.infer<typeof EntryEducation>;

export const RegionSummary = z.object({
  areaId: z.string(),
  name: z.string(),
  state: z.string(),
  countyCount: w.Count,
  occupationCount: w.Count,
  annualOpenings: w.Count,
  source: w.SourceRef,
});
export type RegionSummary = z.infer<typeof RegionSummary>;

export const RegionOccupation = z.object({
  soc: z.string(),
  title: z.string(),
  /** Growth, exits and transfers together, persons per year. */
  annualOpenings: z.number().min(0),
  employmentChange: z.number().nullable(),
  /** Over the whole projection, 0.05 = 5 %. */
  growthShare: z.number().nullable(),
  medianWageHourlyCents: w.Cents.nullable(),
  entryEducation: EntryEducation.nullable(),
  jobZone: z.number().int().min(1).max(5).nullable(),
  topSkills: z.array(z.object({ name: z.string(), importance: z.number(), level: z.number().nullable() })),
  source: z.string(),
  vintage: z.string(),
});
export type RegionOccupation = z.infer<typeof RegionOccupation>;

/** An area in the list of all, with its growing roles that pay at least its median: those with the most openings. */
export const RegionListed = RegionSummary.extend({
  topRoles: z.array(
    RegionOccupation.pick({ soc: true, title: true, annualOpenings: true, medianWageHourlyCents: true }),
  ),
});
export type RegionListed = z.infer<typeof RegionListed>;

export const RegionQuery = z.object({
  /** Lowest median hourly wage; default the area's median over all occupations, so that cashiers do not win. 0 = every occupation. */
  minWageHourlyCents: z.coerce.number().int().min(0).max(100_000).optional(),
  /** Highest entry education. */
  maxEducation: EntryEducation.optional(),
  /** Growing roles only, the default. */
  growing: z.enum(['yes', 'no']).default('yes'),
  q: z.string().max(100).optional(),
  /** Most openings, most growth or highest wage first, or by name; what is not known comes last. */
  sort: z.enum(['openings', 'growth', 'wage', 'role']).default('openings'),
  page: w.Page,
  size: w.PageSize,
});
export type RegionQuery = z.infer<typeof RegionQuery>;

export const RegionPage = z.object({
  area: RegionSummary,
  counties: z.array(
    z.object({
      fips: w.Fips,
      name: z.string(),
      population: w.Count.nullable(),
      rucc: z.number().int().min(1).max(9).nullable(),
      /** Of the labor force, 0…1. */
      unemploymentRate: w.Share.nullable(),
    }),
  ),
  /** The gate in force and where it comes from; null when the source has no area median. */
  wageGate: z.object({ hourlyCents: w.Cents, basis: z.enum(['area-median', 'chosen']) }).nullable(),
  /** Occupations left out, each by the first gate it fails: growing, education, wage known, wage. With `rowCount` they add up to all that match `q`. */
  leftOut: z.object({ belowWage: w.Count, aboveEducation: w.Count, notGrowing: w.Count, wageUnknown: w.Count }),
  rowCount: w.Count,
  occupations: z.array(RegionOccupation),
  sources: z.array(w.SourceRef),
});
export type RegionPage = z.infer<typeof RegionPage>;

export const regionsApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/regions',
    summary: 'Labor-market areas with their sources and growing roles',
    response: z.object({ regions: z.array(RegionListed) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/regions/:areaId',
    summary: 'Growing roles of one area, gated by wage and entry education',
    params: z.object({ areaId: w.OpaqueId }),
    query: RegionQuery,
    response: RegionPage,
  }),
};

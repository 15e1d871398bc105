import * as z from 'zod';
import {
  COHORT_FLAG_CODES,
  PARTNERSHIP_FLAG_CODES,
  PARTNERSHIP_STEP_CODES,
} from '@throughway/vocabulary/alignment-result';

/** Pieces of the wire that several resources use. Dates are `YYYY-MM-DD`, instants ISO 8601 in UTC, money whole cents, shares 0…1. */
export const LocalDate = z.iso.date();
export const Instant = z.iso.datetime();
export const OpaqueId = z.string().min(1).max(200);
export const Fips = z.string().regex(/^\d{5}$/, 'five digits');
export const Share = z.number().min(0).max(1);
export const Count = z.number().int().min(0);
export const Cents = z.number().int().min(0);
export const LevelOrUntaught = z.number().int().min(0).max(4);

export const CohortFlagCode = z.enum(COHORT_FLAG_CODES);
export const PartnershipFlagCode = z.enum(PARTNERSHIP_FLAG_CODES);
export const PartnershipStepCode = z.enum(PARTNERSHIP_STEP_CODES);

/** A row that raises a flag, named so that a person recognizes it. `kind` is the FORMATS file it stands in, singular. */
export const Receipt = z.object({ id: z.string(), kind: z.string(), label: z.string() });

/** Which network a figure speaks of. `sample` networks are synthetic, and every screen says so. */
export const NetworkSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'at most 63 lower-case letters, digits and hyphens');
export const NetworkRef = z.object({ slug: NetworkSlug, name: z.string(), sample: z.boolean() });

/** The run a figure comes from: its receipt. */
export const RunRef = z.object({
  runId: z.string(),
  asOf: LocalDate,
  engine: z.string(),
  digest: z.string(),
  finishedAt: Instant,
});

/** Where a reference figure comes from. `overdue` = its vintage is older than its source's review interval. */
export const SourceRef = z.object({
  source: z.string(),
  vintage: z.string(),
  attribution: z.string(),
  overdue: z.boolean(),
});

/** Who projected a figure. `overdue` is null for a source that a network brought itself: nobody said when it is renewed. */
export const ProjectionSource = z.object({
  source: z.string(),
  vintage: z.string(),
  overdue: z.boolean().nullable(),
});

export const Page = z.coerce.number().int().min(1).max(100_000).default(1);
export const PageSize = z.coerce.number().int().min(1).max(100).default(50);

import type {
  Flag,
  PartnershipFlagCode,
  PartnershipResult,
  PartnershipStepCode,
} from '@throughway/vocabulary/alignment-result';
import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import type { Sight } from '../platform/auth/sight.js';
import { likePart } from './board.repository.js';
import type { PartnershipFigures } from './region-totals.js';

/** Which partnerships a request may see and asks for. */
export interface PartnershipFilter {
  /** Over `alignment_partnership p`, and its parameter 1 the network. */
  sight: Sight;
  /** Counties of the pathway's institution; null = every one. */
  counties: readonly string[] | null;
  rung?: number | undefined;
  flag?: string | undefined;
  q?: string | undefined;
}

export interface StoredPartnership {
  employerId: string;
  employerName: string;
  pathwayId: string;
  pathwayName: string;
  institutionName: string;
  rung: number;
  flags: Flag<PartnershipFlagCode>[];
  nextSteps: PartnershipStepCode[];
  lastEvidenceOn: LocalDate | null;
}

/** Advisory-only first, then dormant, then upward; within a rung the longest-standing flag first; ties by ids. */
export function pageOfPartnerships(
  em: EntityManager,
  filter: PartnershipFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<StoredPartnership[]> {
  const { where, values } = visiblePartnerships(filter);
  return em.query(
    `SELECT employer_id AS "employerId", employer_name AS "employerName", pathway_id AS "pathwayId",
       pathway_name AS "pathwayName", institution_name AS "institutionName", rung, result->'flags' AS flags,
       result->'nextSteps' AS "nextSteps", last_evidence_on::text AS "lastEvidenceOn"
     FROM alignment_partnership p WHERE ${where}
     ORDER BY ladder_order, flagged_since NULLS LAST, employer_id, pathway_id LIMIT ${limit} OFFSET ${offset}`,
    values,
  );
}

export async function countPartnerships(em: EntityManager, filter: PartnershipFilter): Promise<number> {
  const { where, values } = visiblePartnerships(filter);
  const rows: { count: number }[] = await em.query(
    `SELECT count(*)::integer AS count FROM alignment_partnership p WHERE ${where}`,
    values,
  );
  return rows[0]?.count ?? 0;
}

/** How many of those that a request may see stand on each rung under the same flags. */
export function partnershipFigures(em: EntityManager, filter: PartnershipFilter): Promise<PartnershipFigures[]> {
  const { where, values } = visiblePartnerships(filter);
  return em.query(
    `SELECT county_fips AS "countyFips", rung, flags, count(*)::integer AS count
     FROM alignment_partnership p WHERE ${where} GROUP BY county_fips, rung, flags`,
    values,
  );
}

/** Whether every partnership of the network is within sight, and whether any is. */
export async function extentOf(
  em: EntityManager,
  sight: Sight,
  whole: Sight,
): Promise<{ isWhole: boolean; isAny: boolean }> {
  const { where, values } = visiblePartnerships({ sight, counties: null });
  const [all]: { isWhole: boolean | null }[] = await em.query(`SELECT ${whole.sql} AS "isWhole"`, [...whole.values]);
  const [any]: { isAny: boolean }[] = await em.query(
    `SELECT EXISTS (SELECT FROM alignment_partnership p WHERE ${where}) AS "isAny"`,
    values,
  );
  return { isWhole: all?.isWhole === true, isAny: any?.isAny === true };
}

/** The stored judgment of one partnership within sight, with the run that made it; null when there is none. */
export async function findPartnership(
  em: EntityManager,
  { sql, values }: Sight,
  employerId: string,
  pathwayId: string,
): Promise<{ runId: string; result: PartnershipResult } | null> {
  const next = values.length + 1;
  const rows: { runId: string; result: PartnershipResult }[] = await em.query(
    `SELECT run_id AS "runId", result FROM alignment_partnership p
     WHERE network_id = $1 AND ${sql} AND employer_id = $${next} AND pathway_id = $${next + 1}`,
    [...values, employerId, pathwayId],
  );
  return rows[0] ?? null;
}

/** The one place that says which partnerships a request sees. */
function visiblePartnerships({ sight, counties, rung, flag, q }: PartnershipFilter): {
  where: string;
  values: unknown[];
} {
  const values = [...sight.values];
  const terms = ['network_id = $1', sight.sql];
  const add = (value: unknown, term: (place: string) => string): void => {
    values.push(value);
    terms.push(term(`$${values.length}`));
  };
  if (counties) add(counties, (place) => `county_fips = ANY(${place})`);
  if (rung !== undefined) add(rung, (place) => `rung = ${place}`);
  if (flag) add(flag, (place) => `${place} = ANY(flags)`);
  if (q) {
    add(
      likePart(q),
      (place) => `(employer_name ILIKE ${place} OR pathway_name ILIKE ${place}
      OR institution_name ILIKE ${place})`,
    );
  }
  return { where: terms.join(' AND '), values };
}

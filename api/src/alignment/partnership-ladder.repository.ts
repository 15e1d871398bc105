import type {
  Flag,
  PartnershipFlagCode,
  PartnershipResult,
  PartnershipStepCode,
} from '@throughway/vocabulary/alignment-result';
import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import { likePart } from './board.repository.js';

/** Which partnerships a request may see and asks for. */
export interface PartnershipFilter {
  networkId: number;
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
     FROM alignment_partnership WHERE ${where}
     ORDER BY ladder_order, flagged_since NULLS LAST, employer_id, pathway_id LIMIT ${limit} OFFSET ${offset}`,
    values,
  );
}

export async function countPartnerships(em: EntityManager, filter: PartnershipFilter): Promise<number> {
  const { where, values } = visiblePartnerships(filter);
  const rows: { count: number }[] = await em.query(
    `SELECT count(*)::integer AS count FROM alignment_partnership WHERE ${where}`,
    values,
  );
  return rows[0]?.count ?? 0;
}

/** The stored judgment of one partnership with the run that made it; null when there is none. */
export async function findPartnership(
  em: EntityManager,
  networkId: number,
  employerId: string,
  pathwayId: string,
): Promise<{ runId: string; result: PartnershipResult } | null> {
  const rows: { runId: string; result: PartnershipResult }[] = await em.query(
    `SELECT run_id AS "runId", result FROM alignment_partnership
     WHERE network_id = $1 AND employer_id = $2 AND pathway_id = $3`,
    [networkId, employerId, pathwayId],
  );
  return rows[0] ?? null;
}

/** The one place that says which partnerships a request sees. */
function visiblePartnerships({ networkId, counties, rung, flag, q }: PartnershipFilter): {
  where: string;
  values: unknown[];
} {
  const values: unknown[] = [networkId];
  const terms = ['network_id = $1'];
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

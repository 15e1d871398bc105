import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { Network } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import { loadRows } from '../platform/database/network-rows.js';
import * as tables from './partnership-tables.js';
import type { RequirementDetail } from './requirement-detail.js';

export function findRequirements(
  em: EntityManager,
  networkId: number,
  requirementIds: readonly string[],
): Promise<RequirementDetail[]> {
  return em.query(
    `SELECT r.requirement_id AS "requirementId", r.employer_id AS "employerId", e.name AS "employerName", r.title,
       r.soc, s.county_fips AS "countyFips", r.headcount_per_year AS "headcountPerYear",
       r.wage_floor_hourly_cents::float8 AS "wageFloorHourlyCents", r.recorded_on::text AS "recordedOn",
       r.review_by::text AS "reviewBy",
       (SELECT coalesce(json_agg(json_build_object('skillId', l.skill_id, 'name', k.name, 'level', l.level,
            'necessity', l.necessity, 'vote', l.vote)
            ORDER BY array_position(ARRAY['day-one', 'trainable', 'preferred'], l.necessity), k.name, l.skill_id), '[]')
          FROM requirement_skill l JOIN skill k USING (network_id, skill_id)
         WHERE l.network_id = r.network_id AND l.requirement_id = r.requirement_id) AS skills,
       (SELECT coalesce(json_agg(json_build_object('credentialId', c.credential_id, 'necessity', c.necessity)), '[]')
          FROM requirement_credential c
         WHERE c.network_id = r.network_id AND c.requirement_id = r.requirement_id) AS credentials
     FROM requirement r
       JOIN site s USING (network_id, site_id)
       JOIN employer e ON e.network_id = r.network_id AND e.employer_id = r.employer_id
     WHERE r.network_id = $1 AND r.requirement_id = ANY($2)`,
    [networkId, requirementIds],
  );
}

/** Names of requirements, as receipts show them. */
export function requirementLabels(
  em: EntityManager,
  networkId: number,
  requirementIds: readonly string[],
): Promise<{ id: string; title: string; employerName: string }[]> {
  return em.query(
    `SELECT r.requirement_id AS id, r.title, e.name AS "employerName"
     FROM requirement r JOIN employer e USING (network_id, employer_id)
     WHERE r.network_id = $1 AND r.requirement_id = ANY($2)`,
    [networkId, requirementIds],
  );
}

/** Commitments that name one of the requirements, with their activations. */
export async function commitmentsNaming(
  em: EntityManager,
  networkId: number,
  requirementIds: readonly string[],
): Promise<Pick<Network, 'commitments' | 'activations'>> {
  const commitments = await loadRows(em, networkId, tables.COMMITMENT, {
    field: 'requirementId',
    values: requirementIds,
  });
  const activations = await loadRows(em, networkId, tables.ACTIVATION, {
    field: 'commitmentId',
    values: commitments.map((row) => row.commitmentId),
  });
  return { commitments, activations };
}

/** Those of the skills that a requirement live on `asOf` in one of the counties lists, with any necessity. */
export async function askedSkills(
  em: EntityManager,
  networkId: number,
  { counties, asOf, skillIds }: { counties: readonly string[]; asOf: LocalDate; skillIds: readonly string[] },
): Promise<Set<string>> {
  const rows: { id: string }[] = await em.query(
    `SELECT DISTINCT l.skill_id AS id
     FROM requirement_skill l JOIN requirement r USING (network_id, requirement_id) JOIN site s USING (network_id, site_id)
     WHERE l.network_id = $1 AND l.skill_id = ANY($4) AND s.county_fips = ANY($2)
       AND r.recorded_on <= $3 AND r.effective_on <= $3 AND r.review_by >= $3`,
    [networkId, counties, asOf, skillIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Everything of one employer that its partnership with one pathway is judged by; null when there is no such employer. */
export async function findEngagement(
  em: EntityManager,
  networkId: number,
  employerId: string,
  pathwayId: string,
): Promise<Pick<Network, 'employers' | 'sites' | 'requirements' | 'commitments' | 'activations' | 'evidence'> | null> {
  const own = { field: 'employerId', values: [employerId] } as const;
  const employers = await loadRows(em, networkId, tables.EMPLOYER, own);
  if (employers.length === 0) return null;
  const commitments = await loadRows(em, networkId, tables.COMMITMENT, own);
  const evidence = await loadRows(em, networkId, tables.EVIDENCE, own);
  return {
    employers,
    sites: await loadRows(em, networkId, tables.SITE, own),
    requirements: await loadRows(em, networkId, tables.REQUIREMENT, own),
    commitments,
    activations: await loadRows(em, networkId, tables.ACTIVATION, {
      field: 'commitmentId',
      values: commitments.map((row) => row.commitmentId),
    }),
    evidence: evidence.filter((row) => row.pathwayId === pathwayId),
  };
}

import type { Institution, Pathway, PathwayVersion } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import { loadRows } from '../platform/database/network-rows.js';
import { INSTITUTION, PATHWAY, VERSION } from './program-tables.js';
import type { EducatorDetail, PathwayCohort, UnitDetail } from './records.js';

/** A pathway with its institution and versions; null when the network has none of that id. */
export async function findPathway(
  em: EntityManager,
  networkId: number,
  pathwayId: string,
): Promise<{ pathway: Pathway; institution: Institution; versions: PathwayVersion[] } | null> {
  const [pathway] = await loadRows(em, networkId, PATHWAY, { field: 'pathwayId', values: [pathwayId] });
  if (!pathway) return null;
  const [institution] = await loadRows(em, networkId, INSTITUTION, {
    field: 'institutionId',
    values: [pathway.institutionId],
  });
  if (!institution) throw new Error(`pathway ${pathwayId} has no institution`);
  const versions = await loadRows(em, networkId, VERSION, { field: 'pathwayId', values: [pathwayId] });
  return { pathway, institution, versions };
}

/** Soonest first, then by id. */
export function cohortsOf(em: EntityManager, networkId: number, pathwayId: string): Promise<PathwayCohort[]> {
  return em.query(
    `SELECT c.cohort_id AS "cohortId", c.version_id AS "versionId", v.adopted_on::text AS "adoptedOn",
       c.completes_on::text AS "completesOn", c.expected_completers AS "expectedCompleters"
     FROM cohort c JOIN pathway_version v USING (network_id, version_id)
     WHERE c.network_id = $1 AND v.pathway_id = $2 ORDER BY c.completes_on, c.cohort_id`,
    [networkId, pathwayId],
  );
}

/** Units of a version by name, each with what it teaches. */
export function unitsOf(em: EntityManager, networkId: number, versionId: string): Promise<UnitDetail[]> {
  return em.query(
    `SELECT u.unit_id AS "unitId", u.name, u.hours, coalesce(json_agg(json_build_object(
         'skillId', t.skill_id, 'name', s.name, 'level', t.level) ORDER BY s.name, t.skill_id)
         FILTER (WHERE t.skill_id IS NOT NULL), '[]') AS skills
     FROM unit u
       LEFT JOIN unit_skill t ON t.network_id = u.network_id AND t.unit_id = u.unit_id
       LEFT JOIN skill s ON s.network_id = t.network_id AND s.skill_id = t.skill_id
     WHERE u.network_id = $1 AND u.version_id = $2
     GROUP BY u.unit_id, u.name, u.hours ORDER BY u.name, u.unit_id`,
    [networkId, versionId],
  );
}

/** What a version awards, by name. */
export function credentialsOf(
  em: EntityManager,
  networkId: number,
  versionId: string,
): Promise<{ credentialId: string; name: string }[]> {
  return em.query(
    `SELECT credential_id AS "credentialId", name FROM version_credential JOIN credential USING (network_id, credential_id)
     WHERE network_id = $1 AND version_id = $2 ORDER BY name, credential_id`,
    [networkId, versionId],
  );
}

/** Educators of an institution who know one of the skills, by name, with those skills. */
export function educatorsOf(
  em: EntityManager,
  networkId: number,
  institutionId: string,
  skillIds: readonly string[],
): Promise<EducatorDetail[]> {
  return em.query(
    `SELECT e.educator_id AS "educatorId", e.name, json_agg(json_build_object('skillId', k.skill_id, 'name', s.name,
         'lastIndustryContactOn', k.last_industry_contact_on - DATE '1970-01-01') ORDER BY s.name, k.skill_id) AS skills
     FROM educator e JOIN educator_skill k USING (network_id, educator_id) JOIN skill s USING (network_id, skill_id)
     WHERE e.network_id = $1 AND e.institution_id = $2 AND k.skill_id = ANY($3)
     GROUP BY e.educator_id, e.name ORDER BY e.name, e.educator_id`,
    [networkId, institutionId, skillIds],
  );
}

export async function skillNames(
  em: EntityManager,
  networkId: number,
  skillIds: readonly string[],
): Promise<Map<string, string>> {
  const rows: { id: string; name: string }[] = await em.query(
    'SELECT skill_id AS id, name FROM skill WHERE network_id = $1 AND skill_id = ANY($2)',
    [networkId, skillIds],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function credentialNames(
  em: EntityManager,
  networkId: number,
  credentialIds: readonly string[],
): Promise<Map<string, string>> {
  const rows: { id: string; name: string }[] = await em.query(
    'SELECT credential_id AS id, name FROM credential WHERE network_id = $1 AND credential_id = ANY($2)',
    [networkId, credentialIds],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

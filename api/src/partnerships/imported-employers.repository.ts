import type { EntityManager } from 'typeorm';
import type { DescribedEmployer } from '../identity/employer-identities.service.js';

export interface ImportedEmployer extends DescribedEmployer {
  employerId: string;
}

/** A network's employers of these ids, or all that have no identity yet, with their sites; by id. */
export function importedEmployers(
  em: EntityManager,
  networkId: number,
  employerIds: readonly string[] | null,
): Promise<ImportedEmployer[]> {
  return em.query(
    `SELECT e.employer_id AS "employerId", i.organization_id AS "organizationId", e.name, e.website,
       e.contact_email AS "contactEmail", e.ein, n.sample, coalesce(s.sites, '[]') AS sites
     FROM employer e
       JOIN network n USING (network_id)
       LEFT JOIN employer_identity i USING (network_id, employer_id)
       LEFT JOIN (
         SELECT employer_id, json_agg(json_build_object('name', name, 'countyFips', county_fips, 'timeZone', time_zone)) AS sites
         FROM site WHERE network_id = $1 AND ($2::text[] IS NULL OR employer_id = ANY($2)) GROUP BY employer_id
       ) s USING (employer_id)
     WHERE e.network_id = $1 AND CASE WHEN $2::text[] IS NULL THEN i.organization_id IS NULL ELSE e.employer_id = ANY($2) END
     ORDER BY e.employer_id`,
    [networkId, employerIds],
  );
}

export async function saveIdentities(
  em: EntityManager,
  networkId: number,
  identities: readonly { employerId: string; organizationId: string | undefined }[],
): Promise<void> {
  await em.query(
    `INSERT INTO employer_identity (network_id, employer_id, organization_id)
     SELECT $1, "employerId", "organizationId"
     FROM json_to_recordset($2::json) AS g("employerId" text, "organizationId" uuid)
     ON CONFLICT DO NOTHING`,
    [networkId, JSON.stringify(identities)],
  );
}

/** Networks with an employer that has no identity. */
export async function networksToIdentify(em: EntityManager): Promise<number[]> {
  const rows: { networkId: number }[] = await em.query(
    `SELECT network_id AS "networkId" FROM network n WHERE EXISTS (
       SELECT FROM employer e LEFT JOIN employer_identity i USING (network_id, employer_id)
       WHERE e.network_id = n.network_id AND i.organization_id IS NULL)
     ORDER BY network_id`,
  );
  return rows.map(({ networkId }) => networkId);
}

/** Names of the networks that brought each of the organizations in, by organization. */
export async function networkNames(
  em: EntityManager,
  organizationIds: readonly string[],
): Promise<{ organizationId: string; name: string }[]> {
  return em.query(
    `SELECT DISTINCT i.organization_id AS "organizationId", n.name
     FROM employer_identity i JOIN network n USING (network_id) WHERE i.organization_id = ANY($1) ORDER BY n.name`,
    [organizationIds],
  );
}

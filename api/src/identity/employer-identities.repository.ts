import type { EntityManager } from 'typeorm';

/** An employer's organization as an import would have it. */
export interface EmployerOrganization {
  organizationId: string;
  name: string;
  plainName: string;
  webDomain: string | null;
  ein: string | null;
  sample: boolean;
}

export interface EmployerSite {
  organizationId: string;
  name: string;
  countyFips: string;
  timeZone: string | null;
}

/** Whether people have taken over organization `o`: someone is a member of it, or of what it was merged with. */
const TAKEN_OVER = `
  CASE WHEN o.merged_into_id IS NULL
    AND NOT EXISTS (SELECT FROM organization m WHERE m.merged_into_id = o.organization_id)
  THEN EXISTS (SELECT FROM membership WHERE organization_id = o.organization_id AND ended_at IS NULL)
  ELSE EXISTS (SELECT FROM membership m JOIN organizations_within(o.organization_id) w ON w = m.organization_id
    WHERE m.ended_at IS NULL) END`;

/** Adds the organizations that are not there and refreshes those that nobody has taken over. Answers the ids that changed. */
export async function saveEmployers(em: EntityManager, employers: readonly EmployerOrganization[]): Promise<string[]> {
  const rows: { id: string }[] = await em.query(
    `WITH saved AS (
       INSERT INTO organization AS o (organization_id, kind, name, plain_name, web_domain, ein, sample)
       SELECT "organizationId", 'employer', name, "plainName", "webDomain", ein, sample FROM json_to_recordset($1::json)
         AS g("organizationId" uuid, name text, "plainName" text, "webDomain" text, ein text, sample boolean)
       ON CONFLICT (organization_id) DO UPDATE SET name = excluded.name, plain_name = excluded.plain_name,
         web_domain = excluded.web_domain, ein = excluded.ein
       WHERE (o.name, o.plain_name, o.web_domain, o.ein)
           IS DISTINCT FROM (excluded.name, excluded.plain_name, excluded.web_domain, excluded.ein)
         AND NOT ${TAKEN_OVER}
       RETURNING o.organization_id
     ) SELECT organization_id AS id FROM saved`,
    [JSON.stringify(employers)],
  );
  return rows.map(({ id }) => id);
}

/**
 * Makes `sites` the open sites of the organizations, where nobody has taken them over: others are closed, missing ones added.
 * Answers the ids of the organizations whose sites changed.
 */
export async function saveEmployerSites(
  em: EntityManager,
  organizationIds: readonly string[],
  sites: readonly EmployerSite[],
): Promise<string[]> {
  const same = (one: string): string => `${one}.organization_id = s.organization_id AND ${one}.name = s.name
    AND ${one}.county_fips = s.county_fips AND ${one}.time_zone IS NOT DISTINCT FROM s.time_zone`;
  const rows: { id: string }[] = await em.query(
    `WITH due AS MATERIALIZED (
       SELECT o.organization_id FROM organization o WHERE o.organization_id = ANY($1) AND NOT ${TAKEN_OVER}
     ), given AS MATERIALIZED (
       SELECT DISTINCT "organizationId" AS organization_id, name, "countyFips" AS county_fips, "timeZone" AS time_zone
       FROM json_to_recordset($2::json) AS g("organizationId" uuid, name text, "countyFips" text, "timeZone" text)
     ), closed AS (
       UPDATE organization_site s SET closed_at = now() FROM due
       WHERE s.organization_id = due.organization_id AND s.closed_at IS NULL
         AND NOT EXISTS (SELECT FROM given g WHERE ${same('g')})
       RETURNING s.organization_id
     ), added AS (
       INSERT INTO organization_site (organization_id, name, county_fips, time_zone)
       SELECT s.* FROM given s JOIN due USING (organization_id)
       WHERE NOT EXISTS (SELECT FROM organization_site o WHERE ${same('o')} AND o.closed_at IS NULL)
       RETURNING organization_id
     ) SELECT organization_id AS id FROM closed UNION SELECT organization_id FROM added`,
    [organizationIds, JSON.stringify(sites)],
  );
  return rows.map(({ id }) => id);
}

/** Without statistics what follows a large import would be planned for an empty table. */
export async function analyzeEmployers(em: EntityManager): Promise<void> {
  await em.query(`SELECT refresh_statistics('organization', 'organization_site')`);
}

import type { OrganizationRef } from '@throughway/contracts/people';
import type { EntityManager } from 'typeorm';
import { einDigits, normalizeEmployerName, webDomainOf } from './employer-names.js';

export interface FoundEmployer extends OrganizationRef {
  webDomain: string | null;
  siteCount: number;
}

/** As many as a person reads before typing more. */
const FOUND_MOST = 20;

/**
 * Standing employers whose name holds or resembles `q`, or whose web domain or EIN it is, one merged into them included; best
 * first, at most 20. `samples` says whether to look at real ones (false), synthetic ones (true) or both.
 */
export function findEmployers(em: EntityManager, q: string, samples: readonly boolean[]): Promise<FoundEmployer[]> {
  return em.query(
    `WITH alike AS (
       SELECT standing_organization(e.organization_id) AS organization_id,
         max(CASE WHEN e.ein = $4 OR e.web_domain = $3 OR e.plain_name = $2 THEN 2 ELSE similarity(lower(e.name), lower($1)) END)
           AS closeness
       FROM organization e
       WHERE e.kind = 'employer' AND e.sample = ANY($5)
         AND (e.ein = $4 OR e.web_domain = $3 OR e.plain_name = $2 OR lower(e.name) % lower($1) OR lower(e.name) LIKE $6)
       GROUP BY 1
     )
     SELECT o.organization_id AS "organizationId", o.name, o.kind, o.sample, o.web_domain AS "webDomain",
       (SELECT count(*)::int FROM organization_site s
        WHERE s.organization_id IN (SELECT organizations_within(o.organization_id)) AND s.closed_at IS NULL) AS "siteCount"
     FROM alike JOIN organization o USING (organization_id)
     ORDER BY closeness DESC, o.name, o.organization_id LIMIT ${FOUND_MOST}`,
    [
      q,
      normalizeEmployerName(q),
      webDomainOf(q),
      einDigits(q),
      samples,
      `%${q.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
    ],
  );
}

export interface AlikeEmployer {
  name: string;
  /** What it has in common with the one asked about. */
  by: 'ein' | 'webDomain' | 'name';
}

/** Employers with the same EIN, web domain or compared name, by the name of the one that stands for them; at most 20. */
export function alikeEmployers(
  em: EntityManager,
  { name, webDomain, ein, sample }: { name: string; webDomain: string | null; ein: string | null; sample: boolean },
): Promise<AlikeEmployer[]> {
  return em.query(
    `SELECT DISTINCT ON (o.organization_id) o.name,
       CASE WHEN e.ein = $3 THEN 'ein' WHEN e.web_domain = $2 THEN 'webDomain' ELSE 'name' END AS by
     FROM organization e JOIN organization o ON o.organization_id = standing_organization(e.organization_id)
     WHERE e.kind = 'employer' AND e.sample = $4 AND (e.ein = $3 OR e.web_domain = $2 OR e.plain_name = $1)
     ORDER BY o.organization_id, by LIMIT ${FOUND_MOST}`,
    [normalizeEmployerName(name), webDomain, ein, sample],
  );
}

/** Employers are added one at a time, so that two who add the same one at once do not both find none. */
export async function lockAddingEmployers(em: EntityManager): Promise<void> {
  await em.query(`SELECT pg_advisory_xact_lock(hashtext('employer'))`);
}

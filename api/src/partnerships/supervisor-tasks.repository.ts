import type { EntityManager } from 'typeorm';

export interface OwnRequirement {
  network: string;
  networkId: number;
  requirementId: string;
  title: string;
  siteName: string;
}

/** Requirements of the employer rows that are one of these organizations; by title, network and id. `only` asks for one of them. */
export function requirementsOf(
  em: EntityManager,
  organizationIds: readonly string[],
  only: { network: string; requirementId: string } | null = null,
): Promise<OwnRequirement[]> {
  return em.query(
    `SELECT n.slug AS network, n.network_id AS "networkId", r.requirement_id AS "requirementId", r.title,
       s.name AS "siteName"
     FROM employer_identity i
       JOIN requirement r USING (network_id, employer_id)
       JOIN site s USING (network_id, site_id)
       JOIN network n USING (network_id)
     WHERE i.organization_id = ANY($1) AND ($2::text IS NULL OR (n.slug = $2 AND r.requirement_id = $3))
     ORDER BY r.title, n.slug, r.requirement_id`,
    [organizationIds, only?.network ?? null, only?.requirementId ?? null],
  );
}

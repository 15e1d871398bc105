import type { EntityManager } from 'typeorm';

/** A name as it is compared: in small letters, with one space for many. */
const folded = (name: string): string => `lower(regexp_replace(btrim(${name}), '\\s+', ' ', 'g'))`;

/**
 * Says of each institution of a network which organization it is: of a school's or college's network, that one; else the one
 * school, college or district at or below the tenant that has its name, upper and lower case and spaces aside. Of none, and of two of
 * one name, nothing is said: who reads a partnership as the school concerned must be that school. Said anew at each call; what was
 * said of one that still has the name stays, whoever takes the name after it.
 */
export async function identifyInstitutions(em: EntityManager, networkId: number): Promise<void> {
  await em.query(
    `WITH tenant AS (
       SELECT t.organization_id, t.kind FROM network n JOIN organization t USING (organization_id) WHERE n.network_id = $1
     ), named AS (
       SELECT ${folded('o.name')} AS name, o.organization_id, count(*) OVER (PARTITION BY ${folded('o.name')}) AS bearers
       FROM organization o
       WHERE o.organization_id IN (SELECT organizations_within(organization_id) FROM tenant)
         AND o.kind IN ('school', 'college', 'district')
     ), known AS (
       SELECT i.institution_id, CASE WHEN t.kind IN ('school', 'college') THEN t.organization_id ELSE o.organization_id END AS id
       FROM institution i LEFT JOIN tenant t ON true
         LEFT JOIN named o ON o.name = ${folded('i.name')} AND (o.bearers = 1 OR o.organization_id = i.organization_id)
       WHERE i.network_id = $1
     )
     UPDATE institution i SET organization_id = k.id FROM known k
     WHERE i.network_id = $1 AND i.institution_id = k.institution_id AND i.organization_id IS DISTINCT FROM k.id`,
    [networkId],
  );
}

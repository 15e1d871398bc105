import type { EntityManager } from 'typeorm';

/** Names that have at least this share of their trigrams in common, in one county, may be one employer's. */
const ALIKE_FROM = 0.8;
/** A value that many share proposes each of them beside this many others, the oldest: the work grows with their count alone. */
const BESIDE_MOST = 5;
/** A trigram that more names of a county share tells nothing of them. */
const SHARERS_MOST = 200;

/**
 * Proposes pairs of employers, at least one of them among the changed, real with real and sample with sample: with an equal EIN, web
 * domain or compared name, or with alike names, the same numbers in them, and a site each in one county ("Plant 12" is not
 * "Plant 13"). A pair that was proposed before is not proposed again; while it is open its reasons are brought up to date.
 *
 * Two names are compared only when a rare trigram of theirs is the same: of n trigrams, sets that share 0.8 of their union have one in
 * common among the n − ⌈0.8 n⌉ + 1 rarest (prefix filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006). So none is missed, but where
 * more than 200 names of a county share even those.
 */
export async function proposeDuplicates(em: EntityManager, changedIds: readonly string[]): Promise<void> {
  await em.query(
    `WITH changed AS MATERIALIZED (
       SELECT organization_id, plain_name, web_domain, ein, sample FROM organization WHERE organization_id = ANY($1)
     ),
     ${sharing('ein')}, ${sharing('web_domain')}, ${sharing('plain_name')},
     home AS MATERIALIZED (
       SELECT DISTINCT o.organization_id, o.sample, o.plain_name, o.created_at, s.county_fips
       FROM organization_site s JOIN organization o USING (organization_id)
       WHERE o.kind = 'employer' AND s.closed_at IS NULL AND s.county_fips IN (
         SELECT county_fips FROM organization_site WHERE organization_id = ANY($1) AND closed_at IS NULL)
     ),
     named AS MATERIALIZED (
       SELECT plain_name, regexp_replace(plain_name, '[^0-9]+', ' ', 'g') AS numbers FROM home GROUP BY plain_name
     ),
     gram AS (
       SELECT plain_name, numbers, gram, count(*) OVER (PARTITION BY plain_name) AS size,
         count(*) OVER (PARTITION BY gram) AS frequency
       FROM named, unnest(show_trgm(plain_name)) AS gram
     ),
     rare AS (
       SELECT plain_name, numbers, gram, size FROM (
         SELECT *, row_number() OVER (PARTITION BY plain_name ORDER BY frequency, gram) AS place FROM gram
       ) placed WHERE place <= size - ceil(${ALIKE_FROM} * size) + 1
     ),
     place AS MATERIALIZED (
       SELECT * FROM (
         SELECT *, count(*) OVER (PARTITION BY sample, county_fips, numbers, gram) AS sharers FROM (
           SELECT DISTINCT sample, county_fips, plain_name, numbers, gram, size FROM home JOIN rare USING (plain_name)
         ) every
       ) counted WHERE sharers BETWEEN 2 AND ${SHARERS_MOST}
     ),
     alike AS MATERIALIZED (
       SELECT * FROM (
         SELECT DISTINCT a.sample, a.county_fips, a.plain_name AS one, b.plain_name AS other
         FROM place a JOIN place b USING (sample, county_fips, numbers, gram)
         WHERE a.plain_name <> b.plain_name AND b.size * 5 >= a.size * 4 AND b.size * 4 <= a.size * 5
           AND a.plain_name IN (SELECT plain_name FROM changed)
         OFFSET 0 -- so that each pair is compared once
       ) met WHERE similarity(one, other) >= ${ALIKE_FROM}::real
     ),
     resident AS (
       SELECT *, row_number() OVER (PARTITION BY sample, county_fips, plain_name ORDER BY created_at, organization_id) AS place
       FROM home
     ),
     found AS (
       SELECT one, other, 'ein' AS reason FROM same_ein
       UNION ALL SELECT one, other, 'web-domain' FROM same_web_domain
       UNION ALL SELECT one, other, 'name' FROM same_plain_name
       UNION ALL SELECT a.organization_id, b.organization_id, 'name'
       FROM alike
         JOIN home a ON (a.sample, a.county_fips, a.plain_name) = (alike.sample, alike.county_fips, alike.one)
         JOIN changed c ON c.organization_id = a.organization_id
         JOIN resident b ON (b.sample, b.county_fips, b.plain_name) = (alike.sample, alike.county_fips, alike.other)
       WHERE b.place <= ${BESIDE_MOST}
     )
     INSERT INTO employer_duplicate AS d (first_id, second_id, reasons)
     SELECT least(one, other), greatest(one, other), array_agg(DISTINCT reason ORDER BY reason) FROM found GROUP BY 1, 2
     ON CONFLICT (first_id, second_id) DO UPDATE SET reasons = excluded.reasons
     WHERE d.state = 'open' AND d.reasons <> excluded.reasons`,
    [changedIds],
  );
}

/** The changed beside the oldest others with the same value. */
function sharing(column: 'ein' | 'web_domain' | 'plain_name'): string {
  return `same_${column} AS (
    SELECT c.organization_id AS one, r.organization_id AS other
    FROM changed c JOIN (
      SELECT organization_id, sample, ${column},
        row_number() OVER (PARTITION BY sample, ${column} ORDER BY created_at, organization_id) AS place
      FROM organization WHERE kind = 'employer' AND ${column} IN (SELECT ${column} FROM changed)
    ) r ON r.${column} = c.${column} AND r.sample = c.sample
    WHERE r.place <= ${BESIDE_MOST} AND r.organization_id <> c.organization_id
  )`;
}

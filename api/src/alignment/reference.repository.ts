import type { AreaCounty, Projection } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';

/** Counties of every reference area below a whole state. */
export function referenceAreas(em: EntityManager): Promise<AreaCounty[]> {
  return em.query(
    `SELECT c.area_id AS "areaId", c.fips AS "countyFips"
     FROM labor_area_county c JOIN labor_area a USING (area_id) WHERE a.kind = 'workforce-area'`,
  );
}

export function referenceProjections(em: EntityManager, areaIds: readonly string[]): Promise<Projection[]> {
  return em.query(
    `SELECT p.area_id AS "areaId", p.soc, p.annual_openings::float8 AS "annualOpenings",
       p.median_wage_hourly_cents AS "medianWageHourlyCents", s.name AS source, s.vintage
     FROM labor_projection p JOIN reference_source s USING (source_id)
     WHERE p.area_id = ANY($1) AND p.annual_openings IS NOT NULL`,
    [areaIds],
  );
}

export async function areaNames(em: EntityManager, areaIds: readonly string[]): Promise<Map<string, string>> {
  const rows: { areaId: string; name: string }[] = await em.query(
    'SELECT area_id AS "areaId", name FROM labor_area WHERE area_id = ANY($1)',
    [areaIds],
  );
  return new Map(rows.map(({ areaId, name }) => [areaId, name]));
}

export async function countyNames(
  em: EntityManager,
  fips: readonly string[],
): Promise<Map<string, { name: string; state: string }>> {
  const rows: { fips: string; name: string; state: string }[] = await em.query(
    'SELECT fips, name, state FROM county WHERE fips = ANY($1)',
    [fips],
  );
  return new Map(rows.map(({ fips: code, name, state }) => [code, { name, state }]));
}

/** Titles of occupations by their seven-character code. */
export async function occupationTitles(em: EntityManager, socs: readonly string[]): Promise<Map<string, string>> {
  const rows: { soc: string; title: string }[] = await em.query(
    'SELECT soc, title FROM soc_definition WHERE soc = ANY($1)',
    [socs],
  );
  return new Map(rows.map(({ soc, title }) => [soc, title]));
}

export async function programTitle(em: EntityManager, cip: string): Promise<string | null> {
  const rows: { title: string }[] = await em.query('SELECT title FROM cip WHERE cip_code = $1', [cip]);
  return rows[0]?.title ?? null;
}

import type { EntityManager } from 'typeorm';

export interface SourceRow {
  sourceId: string;
  publisher: string;
  name: string;
  vintage: string;
  vintageOn: string | null;
  reviewIntervalMonths: number | null;
  attribution: string;
}

export interface CountyRow {
  fips: string;
  name: string;
  state: string;
  population: number | null;
  rucc: number | null;
  commutingZone: string | null;
  unemploymentShare: number | null;
}

/** Vintages of projections by the label that {@link findProjectedOpenings} gives their source. */
export function findProjectionVintages(
  em: EntityManager,
  labels: readonly string[],
): Promise<{ source: string; vintage: string; vintageOn: string | null; reviewIntervalMonths: number | null }[]> {
  return em.query(
    `SELECT publisher || ', ' || name AS source, vintage, vintage_on::text AS "vintageOn",
       review_interval_months AS "reviewIntervalMonths"
     FROM reference_source WHERE publisher || ', ' || name = ANY($1)`,
    [labels],
  );
}

/** Sources by id, in the order of their ids. */
export function findSources(em: EntityManager, sourceIds: readonly string[]): Promise<SourceRow[]> {
  return em.query<SourceRow[]>(
    `SELECT source_id AS "sourceId", publisher, name, vintage, vintage_on::text AS "vintageOn",
            review_interval_months AS "reviewIntervalMonths", attribution
       FROM reference_source WHERE source_id = ANY($1) ORDER BY source_id`,
    [sourceIds],
  );
}

const COUNTY = `c.fips, c.name, c.state, c.population_count AS population, c.rucc, c.commuting_zone AS "commutingZone",
  c.unemployment_share::float AS "unemploymentShare"`;

export function findCounties(em: EntityManager, fips: readonly string[]): Promise<CountyRow[]> {
  return em.query<CountyRow[]>(`SELECT ${COUNTY} FROM county c WHERE c.fips = ANY($1) ORDER BY c.fips`, [fips]);
}

/** By name, as a person would look for one. */
export function findCountiesOfArea(em: EntityManager, areaId: string): Promise<CountyRow[]> {
  return em.query<CountyRow[]>(
    `SELECT ${COUNTY} FROM labor_area_county a JOIN county c USING (fips) WHERE a.area_id = $1 ORDER BY c.name, c.fips`,
    [areaId],
  );
}

/** Source ids of the given figures of a county. */
export async function findCountyFigureSources(em: EntityManager, figures: readonly string[]): Promise<string[]> {
  const rows = await em.query<{ source_id: string }[]>(
    'SELECT DISTINCT source_id FROM county_source WHERE figure = ANY($1) ORDER BY source_id',
    [figures],
  );
  return rows.map((row) => row.source_id);
}

/** Titles of 6-digit codes, hybrid ones included, and of 8-digit O*NET codes; unknown codes are absent. */
export function findOccupationTitles(
  em: EntityManager,
  codes: readonly string[],
): Promise<{ code: string; title: string }[]> {
  return em.query<{ code: string; title: string }[]>(
    `SELECT code, coalesce(d.title, o.title, e.estimate_title) AS title
       FROM unnest($1::text[]) AS code
       LEFT JOIN soc_definition d ON d.soc = code
       LEFT JOIN occupation o ON o.onet_soc = code OR (d.soc IS NULL AND o.onet_soc = code || '.00')
       LEFT JOIN LATERAL (SELECT estimate_title FROM soc_estimate WHERE estimate_code = code LIMIT 1) e ON true
      WHERE coalesce(d.title, o.title, e.estimate_title) IS NOT NULL`,
    [codes],
  );
}

export function findProgramTitles(
  em: EntityManager,
  cipCodes: readonly string[],
): Promise<{ code: string; title: string }[]> {
  return em.query<{ code: string; title: string }[]>(
    'SELECT cip_code AS code, title FROM cip WHERE cip_code = ANY($1)',
    [cipCodes],
  );
}

/** Areas that one of the counties lies in, with every county of each. */
export function findAreasOf(
  em: EntityManager,
  fips: readonly string[] | null,
): Promise<{ areaId: string; name: string; countyFips: string[] }[]> {
  return em.query<{ areaId: string; name: string; countyFips: string[] }[]>(
    `SELECT a.area_id AS "areaId", a.name, array_agg(c.fips ORDER BY c.fips) AS "countyFips"
       FROM labor_area a JOIN labor_area_county c USING (area_id)
      GROUP BY a.area_id, a.name
     HAVING $1::text[] IS NULL OR bool_or(c.fips = ANY($1::text[]))
      ORDER BY a.area_id COLLATE "C"`,
    [fips],
  );
}

/**
 * Projected openings of areas, from every vintage on record. A hybrid code stands for several SOC 2018 occupations whose
 * figures the publisher does not separate: the row then appears once per occupation, each with the whole group's openings.
 */
export function findProjectedOpenings(
  em: EntityManager,
  areaIds: readonly string[],
): Promise<
  {
    areaId: string;
    soc: string;
    annualOpenings: number;
    medianWageHourlyCents: number | null;
    source: string;
    vintage: string;
  }[]
> {
  return em.query(
    `SELECT p.area_id AS "areaId", coalesce(e.soc, p.soc) AS soc, p.annual_openings::float AS "annualOpenings",
            p.median_wage_hourly_cents AS "medianWageHourlyCents", s.publisher || ', ' || s.name AS source, s.vintage
       FROM labor_projection p
       JOIN reference_source s USING (source_id)
       LEFT JOIN soc_estimate e ON e.estimate_code = p.soc AND e.soc <> p.soc
      WHERE p.area_id = ANY($1) AND p.annual_openings IS NOT NULL
      ORDER BY p.area_id COLLATE "C", 2, s.source_id`,
    [areaIds],
  );
}

import type { EducationLevel, RegionGates } from './region-gates.js';
import type { EntityManager } from 'typeorm';

export interface RegionRow {
  areaId: string;
  name: string;
  state: string | null;
  countyCount: number;
  occupationCount: number;
  annualOpenings: number;
  medianWageHourlyCents: number | null;
  sourceId: string;
}

/** Areas with projections, each read in its latest vintage: the source whose vintage ends last, then by source id. */
const LATEST = `
  SELECT DISTINCT ON (p.area_id) p.area_id, p.source_id
    FROM (SELECT DISTINCT area_id, source_id FROM labor_projection) p JOIN reference_source s USING (source_id)
   ORDER BY p.area_id, s.vintage_on DESC NULLS LAST, p.source_id DESC`;

/** One area, or all by name; openings are the source's own total, or the sum of its occupations when it prints none. */
export function findRegions(em: EntityManager, areaId: string | null): Promise<RegionRow[]> {
  return em.query<RegionRow[]>(
    `WITH latest AS (${LATEST})
     SELECT a.area_id AS "areaId", a.name, a.state, l.source_id AS "sourceId",
            (SELECT count(*)::integer FROM labor_area_county c WHERE c.area_id = a.area_id) AS "countyCount",
            p.occupations AS "occupationCount", round(coalesce(t.annual_openings, p.openings, 0))::integer AS "annualOpenings",
            t.median_wage_hourly_cents AS "medianWageHourlyCents"
       FROM labor_area a
       JOIN latest l USING (area_id)
       JOIN LATERAL (SELECT count(*)::integer AS occupations, sum(annual_openings) AS openings FROM labor_projection
                      WHERE area_id = a.area_id AND source_id = l.source_id) p ON true
       LEFT JOIN labor_area_total t ON t.area_id = a.area_id AND t.source_id = l.source_id
      WHERE $1::text IS NULL OR a.area_id = $1
      ORDER BY a.name, a.area_id`,
    [areaId],
  );
}

export interface OccupationRow {
  soc: string;
  title: string;
  annualOpenings: number;
  employmentChange: number | null;
  growthShare: number | null;
  medianWageHourlyCents: number | null;
  entryEducation: EducationLevel | null;
}

/** Each occupation of the area with the first gate that it fails, null when it passes all; the order of gates is fixed. */
const GATED = `
  SELECT p.*, CASE
           WHEN $3 AND coalesce(p.employment_change_count, 0) <= 0 THEN 'notGrowing'
           WHEN p.entry_education = ANY($4::text[]) THEN 'aboveEducation'
           WHEN $5::integer > 0 AND p.median_wage_hourly_cents IS NULL AND NOT p.is_median_wage_top_coded THEN 'wageUnknown'
           WHEN $5::integer > 0 AND p.median_wage_hourly_cents < $5 THEN 'belowWage'
         END AS gate
    FROM labor_projection p
   WHERE p.area_id = $1 AND p.source_id = $2 AND p.annual_openings IS NOT NULL
     AND ($6::text IS NULL OR p.title ILIKE $6 OR p.soc LIKE $7)`;

function gateParameters(area: { areaId: string; sourceId: string }, gates: RegionGates): unknown[] {
  const escaped = gates.q?.replace(/[\\%_]/g, '\\$&');
  return [
    ...[area.areaId, area.sourceId, gates.growingOnly, gates.educationAbove, gates.minWageHourlyCents],
    ...[escaped === undefined ? null : `%${escaped}%`, escaped === undefined ? null : `${escaped}%`],
  ];
}

/** How many occupations pass (`gate` null) and how many each gate leaves out. */
export function countByGate(
  em: EntityManager,
  area: { areaId: string; sourceId: string },
  gates: RegionGates,
): Promise<{ gate: string | null; count: number }[]> {
  return em.query<{ gate: string | null; count: number }[]>(
    `SELECT gate, count(*)::integer AS count FROM (${GATED}) AS gated GROUP BY gate`,
    gateParameters(area, gates),
  );
}

/** What a list of occupations is ordered by; equals by title and code. */
const ORDERS = {
  openings: 'annual_openings DESC',
  growth: 'growth_share DESC NULLS LAST',
  wage: 'median_wage_hourly_cents DESC NULLS LAST',
  role: 'title',
};

/** Occupations that pass every gate, in the order asked for. */
export function findOccupations(
  em: EntityManager,
  area: { areaId: string; sourceId: string },
  gates: RegionGates,
  { page, size, sort }: { page: number; size: number; sort: keyof typeof ORDERS },
): Promise<OccupationRow[]> {
  return em.query<OccupationRow[]>(
    `SELECT soc, title, annual_openings::float AS "annualOpenings", employment_change_count AS "employmentChange",
            growth_share::float AS "growthShare", median_wage_hourly_cents AS "medianWageHourlyCents",
            entry_education AS "entryEducation"
       FROM (${GATED}) AS gated WHERE gate IS NULL
      ORDER BY ${ORDERS[sort]}, title, soc LIMIT $8 OFFSET $9`,
    [...gateParameters(area, gates), size, (page - 1) * size],
  );
}

export interface PreparationRow {
  soc: string;
  jobZone: number | null;
  sourceIds: string[];
  topSkills: { name: string; importance: number; level: number | null }[];
}

/** How many skills and knowledge areas a role shows. */
const TOP_SKILLS = 6;

/**
 * What O*NET says of the occupations behind published codes. A code stands for its SOC 2018 occupations (hybrid codes for
 * several), each of these for its `.00` O*NET occupation or, where that has no ratings, for the detailed ones. Ratings are
 * means over them, of elements that all of them rate; the job zone is the `.00` occupation's, the highest of several. Most important first, then level, name.
 */
export function findPreparation(em: EntityManager, socs: readonly string[]): Promise<PreparationRow[]> {
  return em.query<PreparationRow[]>(
    `WITH published AS (
       SELECT code, coalesce(e.soc, code) AS soc FROM unnest($1::text[]) AS code
         LEFT JOIN soc_estimate e ON e.estimate_code = code AND e.soc <> code),
     rated AS (
       SELECT p.code, o.soc, o.onet_soc, o.source_id, o.onet_soc = o.soc || '.00' AS is_base
         FROM published p JOIN occupation o USING (soc)
        WHERE EXISTS (SELECT FROM occupation_skill s WHERE s.onet_soc = o.onet_soc)),
     chosen AS (
       SELECT r.*, count(*) OVER (PARTITION BY r.code) AS behind FROM rated r
        WHERE r.is_base OR NOT EXISTS (SELECT FROM rated b WHERE b.code = r.code AND b.soc = r.soc AND b.is_base)),
     means AS (
       SELECT c.code, k.name, avg(s.importance) AS importance, avg(s.level) AS level
         FROM chosen c JOIN occupation_skill s USING (onet_soc) JOIN skill_element k USING (element_id)
        WHERE s.importance IS NOT NULL
        GROUP BY c.code, k.element_id, k.name, c.behind HAVING count(*) = c.behind),
     ranked AS (
       SELECT means.*, row_number() OVER (PARTITION BY code ORDER BY importance DESC, level DESC NULLS LAST, name) AS nth FROM means)
     SELECT code AS soc,
            (SELECT max(coalesce(base.zone, (SELECT max(d.zone) FROM occupation o JOIN job_zone d USING (onet_soc) WHERE o.soc = p.soc)))
               FROM published p LEFT JOIN job_zone base ON base.onet_soc = p.soc || '.00' WHERE p.code = wanted.code) AS "jobZone",
            ARRAY(SELECT DISTINCT source_id FROM chosen c WHERE c.code = wanted.code ORDER BY source_id) AS "sourceIds",
            coalesce((SELECT json_agg(json_build_object('name', name, 'importance', round(importance, 2),
                                                        'level', round(level, 2)) ORDER BY nth)
                        FROM ranked r WHERE r.code = wanted.code AND nth <= ${TOP_SKILLS}), '[]') AS "topSkills"
       FROM unnest($1::text[]) AS wanted (code)`,
    [socs],
  );
}

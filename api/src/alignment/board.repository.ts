import type { BoardQuery, BoardRow } from '@throughway/contracts/board';
import type { EntityManager } from 'typeorm';
import type { CohortDetail } from './alignment-rows.js';
import type { Region, RegionTotals } from './region-totals.js';

/** Which cohorts a request may see and asks for. */
export interface CohortFilter {
  networkId: number;
  /** Counties of the institution; null = every one. */
  counties: readonly string[] | null;
  flag?: string | undefined;
  q?: string | undefined;
}

/** Ties of every order are broken by id, so that pages neither repeat nor skip a row. */
const ORDERS: Record<BoardQuery['sort'], string> = {
  'without-seat': 'without_seat DESC NULLS LAST, cohort_id',
  'seat-share': 'seat_share NULLS LAST, cohort_id',
  coverage: 'best_coverage NULLS LAST, cohort_id',
  pathway: 'pathway_name, cohort_id',
  completes: 'completes_on, cohort_id',
};

/** The regions of a network by name; the whole network has the empty id and is left out. */
export function loadRegionNames(em: EntityManager, networkId: number): Promise<{ areaId: string; name: string }[]> {
  return em.query(
    `SELECT region_id AS "areaId", region_name AS name
     FROM alignment_total WHERE network_id = $1 AND region_id <> '' ORDER BY region_name, region_id`,
    [networkId],
  );
}

/** One region with its totals; '' is the whole network. */
export async function findRegion(
  em: EntityManager,
  networkId: number,
  regionId: string,
): Promise<(Region & { totals: RegionTotals }) | null> {
  const rows: (Region & { totals: RegionTotals })[] = await em.query(
    `SELECT region_id AS "regionId", region_name AS name, county_fips AS counties, totals
     FROM alignment_total WHERE network_id = $1 AND region_id = $2`,
    [networkId, regionId],
  );
  return rows[0] ?? null;
}

export function pageOfCohorts(
  em: EntityManager,
  filter: CohortFilter,
  sort: BoardQuery['sort'],
  { limit, offset }: { limit: number; offset: number },
): Promise<BoardRow[]> {
  const { where, values } = visibleCohorts(filter);
  return em.query(
    `SELECT cohort_id AS "cohortId", pathway_id AS "pathwayId", pathway_name AS "pathwayName",
       institution_id AS "institutionId", institution_name AS "institutionName", county_fips AS "countyFips",
       completes_on::text AS "completesOn", expected_completers AS "expectedCompleters", seated,
       seat_share AS "seatShare", without_seat AS "withoutSeat", best_coverage AS "bestCoverage",
       credential_relevance AS "credentialRelevance", flags
     FROM alignment_cohort WHERE ${where} ORDER BY ${ORDERS[sort]} LIMIT ${limit} OFFSET ${offset}`,
    values,
  );
}

export async function countCohorts(em: EntityManager, filter: CohortFilter): Promise<number> {
  const { where, values } = visibleCohorts(filter);
  const rows: { count: number }[] = await em.query(
    `SELECT count(*)::integer AS count FROM alignment_cohort WHERE ${where}`,
    values,
  );
  return rows[0]?.count ?? 0;
}

export interface CountyFigures {
  fips: string;
  promisedSeats: number;
  postedHeadcount: number;
  completers: number;
  seated: number;
}

/** Demand by the county of the site, cohorts of the run's window by the county of the institution; by FIPS. */
export function countyFigures(
  em: EntityManager,
  networkId: number,
  counties: readonly string[] | null,
): Promise<CountyFigures[]> {
  return em.query(
    `WITH supply AS (
       SELECT county_fips, sum(expected_completers)::integer AS completers, sum(seated)::integer AS seated
       FROM alignment_cohort WHERE network_id = $1 AND in_window GROUP BY county_fips
     ), demand AS (
       SELECT county_fips, promised_seats, posted_headcount FROM alignment_county WHERE network_id = $1
     )
     SELECT county_fips AS fips, coalesce(promised_seats, 0) AS "promisedSeats",
       coalesce(posted_headcount, 0) AS "postedHeadcount", coalesce(completers, 0) AS completers,
       coalesce(seated, 0) AS seated
     FROM supply FULL JOIN demand USING (county_fips)
     WHERE county_fips ~ '^[0-9]{5}$' AND ($2::text[] IS NULL OR county_fips = ANY($2))
     ORDER BY county_fips`,
    [networkId, counties],
  );
}

/** The one place that says which cohorts a request sees. */
function visibleCohorts({ networkId, counties, flag, q }: CohortFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [networkId];
  const terms = ['network_id = $1'];
  const add = (value: unknown, term: (place: string) => string): void => {
    values.push(value);
    terms.push(term(`$${values.length}`));
  };
  if (counties) add(counties, (place) => `county_fips = ANY(${place})`);
  if (flag) add(flag, (place) => `${place} = ANY(flags)`);
  if (q) add(likePart(q), (place) => `(pathway_name ILIKE ${place} OR institution_name ILIKE ${place})`);
  return { where: terms.join(' AND '), values };
}

/** A LIKE pattern for texts that contain `part` as it stands. */
export function likePart(part: string): string {
  return `%${part.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

export interface StoredCohort {
  runId: string;
  inWindow: boolean;
  seated: number | null;
  result: CohortDetail;
}

/** Whole results of those cohorts that have been aligned, by cohort id. */
export async function findCohortResults(
  em: EntityManager,
  networkId: number,
  cohortIds: readonly string[],
): Promise<Map<string, StoredCohort>> {
  const rows: (StoredCohort & { cohortId: string })[] = await em.query(
    `SELECT cohort_id AS "cohortId", run_id AS "runId", in_window AS "inWindow", seated, result
     FROM alignment_cohort WHERE network_id = $1 AND cohort_id = ANY($2)`,
    [networkId, cohortIds],
  );
  return new Map(rows.map((row) => [row.cohortId, row]));
}

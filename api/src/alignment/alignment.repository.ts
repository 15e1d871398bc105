import type { Component } from '@throughway/alignment/components';
import type { CohortFlagCode, Flag } from '@throughway/vocabulary/alignment-result';
import type { Day, LocalDate } from '@throughway/vocabulary/local-date';
import { formatDay } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import type { RunRecord } from './run-record.js';
import type { CohortRow, CountyRow, PartnershipRow } from './alignment-rows.js';
import type { Figures, Region, RegionTotals } from './region-totals.js';

export interface StoredComponent extends Component {
  runId: string;
}

const RUN_COLUMNS = `
  run_id AS "runId", cause, as_of::text AS "asOf", threshold, engine, digest, component_count AS components,
  component_solved_count AS "componentsSolved", started_at AS "startedAt", finished_at AS "finishedAt"`;

/** The run that a network's figures were last brought up to date by. */
export async function latestRun(em: EntityManager, networkId: number): Promise<RunRecord | null> {
  const rows: RunRecord[] = await em.query(
    `SELECT ${RUN_COLUMNS} FROM alignment_run WHERE network_id = $1 ORDER BY run_number DESC LIMIT 1`,
    [networkId],
  );
  return rows[0] ?? null;
}

export async function findRun(em: EntityManager, networkId: number, runId: string): Promise<RunRecord | null> {
  const rows: RunRecord[] = await em.query(
    `SELECT ${RUN_COLUMNS} FROM alignment_run WHERE network_id = $1 AND run_id = $2`,
    [networkId, runId],
  );
  return rows[0] ?? null;
}

export function listRuns(em: EntityManager, networkId: number, limit: number, offset: number): Promise<RunRecord[]> {
  return em.query(
    `SELECT ${RUN_COLUMNS} FROM alignment_run WHERE network_id = $1 ORDER BY run_number DESC LIMIT $2 OFFSET $3`,
    [networkId, limit, offset],
  );
}

export async function insertRun(em: EntityManager, networkId: number, run: RunRecord): Promise<void> {
  await em.query(
    `INSERT INTO alignment_run (run_id, network_id, cause, as_of, threshold, engine, digest, component_count,
       component_solved_count, started_at, finished_at, totals)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '{}')`,
    [
      ...[run.runId, networkId, run.cause, run.asOf, run.threshold, run.engine, run.digest, run.components],
      ...[run.componentsSolved, run.startedAt, run.finishedAt],
    ],
  );
}

/** Closes a run that was opened by {@link insertRun}. */
export async function finishRun(
  em: EntityManager,
  runId: string,
  finishedAt: Date,
  totals: RegionTotals,
): Promise<void> {
  await em.query('UPDATE alignment_run SET finished_at = $2, totals = $3 WHERE run_id = $1', [
    runId,
    finishedAt,
    JSON.stringify(totals),
  ]);
}

export function loadComponents(em: EntityManager, networkId: number): Promise<StoredComponent[]> {
  return em.query(
    `SELECT component AS key, run_id AS "runId", institution_ids AS "institutionIds", county_fips AS "countyFips"
     FROM alignment_component WHERE network_id = $1`,
    [networkId],
  );
}

/** Makes `components` the current ones; a component that is not among `solved` and stood already keeps its run. */
export async function saveComponents(
  em: EntityManager,
  networkId: number,
  runId: string,
  components: readonly Component[],
  solved: ReadonlySet<string>,
): Promise<void> {
  await em.query('DELETE FROM alignment_component WHERE network_id = $1 AND component <> ALL($2)', [
    networkId,
    components.map(({ key }) => key),
  ]);
  await em.query(
    `INSERT INTO alignment_component (network_id, component, run_id, institution_ids, county_fips)
     SELECT $1, r.key, $2, r."institutionIds", r."countyFips"
     FROM json_to_recordset($3::json) AS r(key text, "institutionIds" text[], "countyFips" text[])
     ON CONFLICT (network_id, component) DO UPDATE
       SET run_id = excluded.run_id, institution_ids = excluded.institution_ids, county_fips = excluded.county_fips`,
    [networkId, runId, JSON.stringify(components.filter(({ key }) => solved.has(key)))],
  );
}

/** Since when the two flags that cannot be replayed stand, by cohort; with `only`, of those institutions. */
export async function standingFlags(
  em: EntityManager,
  networkId: number,
  only: readonly string[] | null,
): Promise<Map<string, Map<CohortFlagCode, LocalDate>>> {
  const rows: { cohortId: string; flags: Flag<CohortFlagCode>[] }[] = await em.query(
    `SELECT cohort_id AS "cohortId", result->'flags' AS flags FROM alignment_cohort
     WHERE network_id = $1 AND flags && ARRAY['empty-highway', 'oversupplied']
       AND ($2::text[] IS NULL OR institution_id = ANY($2))`,
    [networkId, only],
  );
  return new Map(rows.map(({ cohortId, flags }) => [cohortId, new Map(flags.map(({ code, since }) => [code, since]))]));
}

/** Puts `rows` in the place of those institutions' cohorts; null = of all. */
export async function replaceCohorts(
  em: EntityManager,
  networkId: number,
  runId: string,
  institutionIds: readonly string[] | null,
  rows: readonly CohortRow[],
): Promise<void> {
  await em.query(
    `DELETE FROM alignment_cohort WHERE network_id = $1
       AND ($2::text[] IS NULL OR institution_id = ANY($2) OR cohort_id = ANY($3))`,
    [networkId, institutionIds, institutionIds ? rows.map((row) => row.cohortId) : []],
  );
  for (const batch of batchesOf(rows, 500)) {
    await em.query(
      `INSERT INTO alignment_cohort (network_id, run_id, cohort_id, component, pathway_id, pathway_name, institution_id,
         institution_name, county_fips, target_socs, completes_on, expected_completers, in_window, seated, seat_share,
         without_seat, best_coverage, credential_relevance, flags, result)
       SELECT $1, $2, r."cohortId", r.component, r."pathwayId", r."pathwayName", r."institutionId", r."institutionName",
         r."countyFips", r."targetSocs", DATE '1970-01-01' + r."completesOn", r."expectedCompleters", r."inWindow",
         r.seated, r."seatShare", r."withoutSeat", r."bestCoverage", r."credentialRelevance", r.flags, r.result
       FROM json_to_recordset($3::json) AS r("cohortId" text, component text, "pathwayId" text, "pathwayName" text,
         "institutionId" text, "institutionName" text, "countyFips" text, "targetSocs" text[], "completesOn" integer,
         "expectedCompleters" integer, "inWindow" boolean, seated integer, "seatShare" float8, "withoutSeat" integer,
         "bestCoverage" float8, "credentialRelevance" float8, flags text[], result jsonb)`,
      [networkId, runId, JSON.stringify(batch)],
    );
  }
}

/** Puts `rows` in the place of the partnerships of those employers and pathways; null = of all. */
export async function replacePartnerships(
  em: EntityManager,
  networkId: number,
  runId: string,
  only: { employerIds: readonly string[]; pathwayIds: readonly string[] } | null,
  rows: readonly PartnershipRow[],
): Promise<void> {
  await em.query(
    `DELETE FROM alignment_partnership WHERE network_id = $1
       AND ($2::text[] IS NULL OR employer_id = ANY($2) OR pathway_id = ANY($3))`,
    [networkId, only?.employerIds ?? null, only?.pathwayIds ?? []],
  );
  for (const batch of batchesOf(rows, 1000)) {
    await em.query(
      `INSERT INTO alignment_partnership (network_id, run_id, employer_id, pathway_id, employer_name, pathway_name,
         institution_name, county_fips, rung, flags, flagged_since, last_evidence_on, result)
       SELECT $1, $2, r."employerId", r."pathwayId", r."employerName", r."pathwayName", r."institutionName",
         r."countyFips", r.rung, r.flags, r."flaggedSince", DATE '1970-01-01' + r."lastEvidenceOn", r.result
       FROM json_to_recordset($3::json) AS r("employerId" text, "pathwayId" text, "employerName" text,
         "pathwayName" text, "institutionName" text, "countyFips" text, rung smallint, flags text[],
         "flaggedSince" date, "lastEvidenceOn" integer, result jsonb)`,
      [networkId, runId, JSON.stringify(batch)],
    );
  }
}

/** Puts `rows` in the place of those counties' demand; null = of all. */
export async function replaceCounties(
  em: EntityManager,
  networkId: number,
  runId: string,
  counties: readonly string[] | null,
  rows: readonly CountyRow[],
): Promise<void> {
  await em.query(
    'DELETE FROM alignment_county WHERE network_id = $1 AND ($2::text[] IS NULL OR county_fips = ANY($2))',
    [networkId, counties],
  );
  await em.query(
    `INSERT INTO alignment_county (network_id, run_id, county_fips, promised_seats, posted_headcount)
     SELECT $1, $2, r."countyFips", r."promisedSeats", r."postedHeadcount"
     FROM json_to_recordset($3::json) AS r("countyFips" text, "promisedSeats" integer, "postedHeadcount" integer)`,
    [networkId, runId, JSON.stringify(rows)],
  );
}

/** What region totals are added up from. */
export async function loadFigures(em: EntityManager, networkId: number): Promise<Figures> {
  return {
    partnerships: await em.query(
      `SELECT county_fips AS "countyFips", rung, flags, count(*)::integer AS count
       FROM alignment_partnership WHERE network_id = $1 GROUP BY county_fips, rung, flags`,
      [networkId],
    ),
    cohorts: await em.query(
      `SELECT county_fips AS "countyFips", target_socs AS "targetSocs", in_window AS "inWindow",
         expected_completers AS "expectedCompleters", seated, flags
       FROM alignment_cohort WHERE network_id = $1`,
      [networkId],
    ),
    counties: await em.query(
      `SELECT county_fips AS "countyFips", promised_seats AS "promisedSeats", posted_headcount AS "postedHeadcount"
       FROM alignment_county WHERE network_id = $1`,
      [networkId],
    ),
  };
}

export async function replaceTotals(
  em: EntityManager,
  networkId: number,
  runId: string,
  regions: readonly (Region & { totals: RegionTotals })[],
): Promise<void> {
  await em.query('DELETE FROM alignment_total WHERE network_id = $1', [networkId]);
  await em.query(
    `INSERT INTO alignment_total (network_id, run_id, region_id, region_name, county_fips, totals)
     SELECT $1, $2, r."regionId", r.name, r.counties, r.totals
     FROM json_to_recordset($3::json) AS r("regionId" text, name text, counties text[], totals jsonb)`,
    [networkId, runId, JSON.stringify(regions)],
  );
}

/** A day as SQL takes it. */
export function sqlDate(day: Day): LocalDate {
  return formatDay(day);
}

function batchesOf<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));
}

/** Tells the planner what a whole run has replaced: until then it reads tables from end to end that an index would answer. */
export async function refreshStatistics(em: EntityManager): Promise<void> {
  await em.query(
    `SELECT refresh_statistics('alignment_cohort', 'alignment_partnership', 'alignment_county', 'alignment_total')`,
  );
}

import type { Evidence, Network, Site } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import {
  loadRows,
  rowColumns,
  type RowTable,
  type SavedFile,
  type SaveOptions,
  saveRows,
  type Touched,
} from '../platform/database/network-rows.js';
import * as tables from './partnership-tables.js';

/** What employers ask for and promise: the part of this room that cohorts are aligned with. */
export type DemandRows = Pick<
  Network,
  | 'employers'
  | 'sites'
  | 'requirements'
  | 'requirementSkills'
  | 'requirementCredentials'
  | 'commitments'
  | 'activations'
>;

/** What partnerships are judged by; requirements without their skills. */
export type EngagementRows = Pick<
  Network,
  'employers' | 'sites' | 'requirements' | 'commitments' | 'activations' | 'evidence'
>;

/** Saves the kinds of row that are given; requirement lines are replaced for the requirements given with them. */
export async function savePartnerships(
  em: EntityManager,
  networkId: number,
  rows: Partial<Network>,
  touched: Touched,
  options: SaveOptions,
): Promise<SavedFile[]> {
  const saved: SavedFile[] = [];
  const save = async <Row extends object>(
    table: RowTable<Row>,
    given: Row[] | undefined,
    owners: string[] | null = null,
  ): Promise<void> => {
    if (given) saved.push(await saveRows(em, networkId, table, given, touched, options, owners));
  };
  const requirementIds = rows.requirements?.map((row) => row.requirementId) ?? null;
  await save(tables.EMPLOYER, rows.employers);
  await save(tables.SITE, rows.sites);
  await save(tables.REQUIREMENT, rows.requirements);
  await save(tables.REQUIREMENT_SKILL, rows.requirementSkills, requirementIds);
  await save(tables.REQUIREMENT_CREDENTIAL, rows.requirementCredentials, requirementIds);
  await save(tables.COMMITMENT, rows.commitments);
  await save(tables.ACTIVATION, rows.activations);
  await save(tables.EVIDENCE, rows.evidence);
  return saved;
}

/** A network's demand; with `counties`, of the sites there. */
export async function loadDemand(
  em: EntityManager,
  networkId: number,
  counties: readonly string[] | null,
): Promise<DemandRows> {
  const load = <Row extends object>(
    table: RowTable<Row>,
    field: keyof Row & string,
    values: readonly string[],
  ): Promise<Row[]> => loadRows(em, networkId, table, counties ? { field, values } : null);
  const sites = await load(tables.SITE, 'countyFips', counties ?? []);
  const siteIds = sites.map((row) => row.siteId);
  const requirements = await load(tables.REQUIREMENT, 'siteId', siteIds);
  const requirementIds = requirements.map((row) => row.requirementId);
  const commitments = await load(tables.COMMITMENT, 'requirementId', requirementIds);
  return {
    employers: await load(tables.EMPLOYER, 'employerId', [...new Set(sites.map((row) => row.employerId))]),
    sites,
    requirements,
    requirementSkills: await load(tables.REQUIREMENT_SKILL, 'requirementId', requirementIds),
    requirementCredentials: await load(tables.REQUIREMENT_CREDENTIAL, 'requirementId', requirementIds),
    commitments,
    activations: await load(
      tables.ACTIVATION,
      'commitmentId',
      commitments.map((row) => row.commitmentId),
    ),
  };
}

/**
 * What partnerships are judged by. With `only`, evidence of those employers or pathways alone; all else stays whole, since
 * the first requirement in a reach may be anyone's.
 */
export async function loadEngagement(
  em: EntityManager,
  networkId: number,
  only: { employerIds: readonly string[]; pathwayIds: readonly string[] } | null,
): Promise<EngagementRows> {
  return {
    employers: await loadRows(em, networkId, tables.EMPLOYER),
    sites: await loadRows(em, networkId, tables.SITE),
    requirements: await loadRows(em, networkId, tables.REQUIREMENT),
    commitments: await loadRows(em, networkId, tables.COMMITMENT),
    activations: await loadRows(em, networkId, tables.ACTIVATION),
    evidence: await loadEvidence(em, networkId, only),
  };
}

/** A network's evidence; with `only`, of those employers or pathways. */
export async function loadEvidence(
  em: EntityManager,
  networkId: number,
  only: { employerIds: readonly string[]; pathwayIds: readonly string[] } | null,
): Promise<Evidence[]> {
  if (!only) return loadRows(em, networkId, tables.EVIDENCE);
  return em.query(
    `SELECT ${rowColumns(tables.EVIDENCE, 'e')} FROM evidence e
     WHERE e.network_id = $1 AND (e.employer_id = ANY($2) OR e.pathway_id = ANY($3))`,
    [networkId, only.employerIds, only.pathwayIds],
  );
}

/** Every site of a network. */
export function loadSites(em: EntityManager, networkId: number): Promise<Site[]> {
  return loadRows(em, networkId, tables.SITE);
}

/** Counties and employers behind touched sites, requirements and commitments. */
export async function demandTouched(
  em: EntityManager,
  networkId: number,
  touched: Touched,
): Promise<{ counties: string[]; employers: string[] }> {
  const ids = (kind: string): string[] => [...(touched.get(kind) ?? [])];
  const rows: { countyFips: string; employerId: string }[] = await em.query(
    `WITH requirement_touched AS (
       SELECT unnest($3::text[]) AS requirement_id
       UNION SELECT c.requirement_id FROM commitment c WHERE c.network_id = $1 AND c.commitment_id = ANY($4)
     ), site_touched AS (
       SELECT unnest($2::text[]) AS site_id
       UNION SELECT r.site_id FROM requirement r JOIN requirement_touched USING (requirement_id) WHERE r.network_id = $1
     )
     SELECT DISTINCT s.county_fips AS "countyFips", s.employer_id AS "employerId"
     FROM site s JOIN site_touched USING (site_id) WHERE s.network_id = $1`,
    [networkId, ids('site'), ids('requirement'), ids('commitment')],
  );
  return { counties: rows.map((row) => row.countyFips), employers: rows.map((row) => row.employerId) };
}

/**
 * Records, once per review date, requirements that turned stale by `asOf` or are due within the next `withinDays`.
 * Returns how many were newly noticed.
 */
export async function recordReviews(
  em: EntityManager,
  networkId: number,
  asOf: string,
  withinDays: number,
): Promise<{ due: number; stale: number }> {
  const rows: { state: 'due' | 'stale' }[] = await em.query(
    `WITH noticed AS (
       INSERT INTO requirement_review (network_id, requirement_id, review_by, state, noticed_on)
       SELECT network_id, requirement_id, review_by, CASE WHEN review_by < $2::date THEN 'stale' ELSE 'due' END, $2::date
       FROM requirement
       WHERE network_id = $1 AND recorded_on <= $2::date AND effective_on <= $2::date
         AND review_by <= $2::date + $3::integer
       ON CONFLICT DO NOTHING
       RETURNING state
     ) SELECT state FROM noticed`,
    [networkId, asOf, withinDays],
  );
  const stale = rows.filter((row) => row.state === 'stale').length;
  return { due: rows.length - stale, stale };
}

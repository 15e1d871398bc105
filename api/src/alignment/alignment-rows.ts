import type { CohortAlignment } from '@throughway/alignment/align-cohorts';
import type { CohortResult, PartnershipResult } from '@throughway/vocabulary/alignment-result';
import type { Day, LocalDate } from '@throughway/vocabulary/local-date';
import { type Evidence, type Network, socKey } from '@throughway/vocabulary/network';

/** What a run says about a cohort, beside what its board row needs; `result` is kept whole for the pathway's page. */
export interface CohortRow {
  cohortId: string;
  component: string;
  pathwayId: string;
  pathwayName: string;
  institutionId: string;
  institutionName: string;
  countyFips: string;
  /** Seven characters each, unique. */
  targetSocs: string[];
  completesOn: Day;
  expectedCompleters: number;
  inWindow: boolean;
  seated: number | null;
  seatShare: number | null;
  withoutSeat: number | null;
  bestCoverage: number | null;
  credentialRelevance: number | null;
  flags: string[];
  result: CohortDetail;
}

export interface CohortDetail extends CohortResult {
  /** Live requirements in reach that the pathway targets. */
  mine: string[];
}

export interface PartnershipRow {
  employerId: string;
  pathwayId: string;
  employerName: string;
  pathwayName: string;
  institutionName: string;
  countyFips: string;
  rung: number;
  flags: string[];
  /** Of the longest-standing flag. */
  flaggedSince: LocalDate | null;
  /** Latest confirmed evidence that had occurred by the run's day. */
  lastEvidenceOn: Day | null;
  result: PartnershipResult;
}

/** Demand of a county's live requirements, in tiers that are never added up. */
export interface CountyRow {
  countyFips: string;
  promisedSeats: number;
  postedHeadcount: number;
}

type Schools = Pick<Network, 'institutions' | 'pathways' | 'versions'>;

/** Finds the pathway and institution behind a version or pathway. */
function schoolReader({ institutions, pathways, versions }: Schools) {
  const institutionById = new Map(institutions.map((row) => [row.institutionId, row]));
  const pathwayById = new Map(pathways.map((row) => [row.pathwayId, row]));
  const pathwayOfVersion = new Map(versions.map((row) => [row.versionId, row.pathwayId]));
  const ofPathway = (pathwayId: string) => {
    const pathway = pathwayById.get(pathwayId);
    const institution = pathway && institutionById.get(pathway.institutionId);
    if (!institution) throw new Error(`pathway ${pathwayId} has no institution`);
    return { pathway, institution };
  };
  return { ofPathway, ofVersion: (versionId: string) => ofPathway(pathwayOfVersion.get(versionId) ?? '') };
}

/** One row per cohort of the alignment; `componentOf` names the component of an institution. */
export function cohortRows(
  network: Schools & Pick<Network, 'cohorts'>,
  alignment: CohortAlignment,
  componentOf: (institutionId: string) => string,
): CohortRow[] {
  const { ofVersion } = schoolReader(network);
  const cohortById = new Map(network.cohorts.map((row) => [row.cohortId, row]));
  return alignment.cohorts.map((result, at): CohortRow => {
    const facts = alignment.facts[at];
    const cohort = cohortById.get(result.cohortId);
    if (!facts || !cohort) throw new Error(`cohort ${result.cohortId} is not of this network`);
    const { pathway, institution } = ofVersion(cohort.versionId);
    const { inRun, mine, bestCoverage, awardedCredentialCount, askedCredentialCount } = facts;
    return {
      cohortId: cohort.cohortId,
      component: componentOf(institution.institutionId),
      pathwayId: pathway.pathwayId,
      pathwayName: pathway.name,
      institutionId: institution.institutionId,
      institutionName: institution.name,
      countyFips: institution.countyFips,
      targetSocs: [...new Set(pathway.targetSocs.map(socKey))],
      completesOn: cohort.completesOn,
      expectedCompleters: cohort.expectedCompleters,
      inWindow: inRun,
      seated: inRun ? result.seated : null,
      seatShare: result.seatShare,
      withoutSeat: inRun ? result.expectedCompleters - result.seated : null,
      bestCoverage,
      credentialRelevance: awardedCredentialCount > 0 ? askedCredentialCount / awardedCredentialCount : null,
      flags: result.flags.map((flag) => flag.code),
      result: { ...result, mine },
    };
  });
}

/** One row per partnership. `evidence` may hold other pairs' rows. */
export function partnershipRows(
  network: Schools & Pick<Network, 'employers'>,
  evidence: readonly Evidence[],
  results: readonly PartnershipResult[],
  asOf: Day,
): PartnershipRow[] {
  const { ofPathway } = schoolReader(network);
  const employerName = new Map(network.employers.map((row) => [row.employerId, row.name]));
  const latest = new Map<string, Day>();
  for (const { employerId, pathwayId, occurredOn, recordedOn, confirmedOn } of evidence) {
    if (confirmedOn === null || Math.max(occurredOn, recordedOn, confirmedOn) > asOf) continue;
    const pair = JSON.stringify([employerId, pathwayId]);
    latest.set(pair, Math.max(latest.get(pair) ?? -Infinity, occurredOn));
  }
  return results.map((result): PartnershipRow => {
    const { employerId, pathwayId, rung, flags } = result;
    const { pathway, institution } = ofPathway(pathwayId);
    return {
      employerId,
      pathwayId,
      employerName: employerName.get(employerId) ?? '',
      pathwayName: pathway.name,
      institutionName: institution.name,
      countyFips: institution.countyFips,
      rung,
      flags: flags.map((flag) => flag.code),
      flaggedSince: flags.map((flag) => flag.since).sort()[0] ?? null,
      lastEvidenceOn: latest.get(JSON.stringify([employerId, pathwayId])) ?? null,
      result,
    };
  });
}

/** Demand by the county of each live requirement's site. */
export function countyRows(
  network: Pick<Network, 'sites' | 'requirements'>,
  demand: CohortAlignment['demand'],
): CountyRow[] {
  const countyOfSite = new Map(network.sites.map((row) => [row.siteId, row.countyFips]));
  const siteOf = new Map(network.requirements.map((row) => [row.requirementId, row.siteId]));
  const counties = new Map<string, CountyRow>();
  for (const { requirementId, promisedSeats, postedHeadcount } of demand) {
    const countyFips = countyOfSite.get(siteOf.get(requirementId) ?? '') ?? '';
    const row = counties.get(countyFips) ?? { countyFips, promisedSeats: 0, postedHeadcount: 0 };
    row.promisedSeats += promisedSeats;
    row.postedHeadcount += postedHeadcount;
    counties.set(countyFips, row);
  }
  return [...counties.values()];
}

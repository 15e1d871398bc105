import { alignCohorts, type AlignOptions, type CohortAlignment } from '@throughway/alignment/align-cohorts';
import { type Component, findComponents } from '@throughway/alignment/components';
import { readLaborAreas } from '@throughway/alignment/labor-areas';
import { digestNetwork } from '@throughway/formats/digest-network';
import { assessPartnerships } from '@throughway/partnership/assess-partnerships';
import type { PartnershipResult } from '@throughway/vocabulary/alignment-result';
import type { Evidence, Network } from '@throughway/vocabulary/network';
import { parseRatio } from '@throughway/vocabulary/parse-ratio';
import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { PartnershipsService } from '../partnerships/partnerships.service.js';
import { Clock } from '../platform/clock/clock.js';
import type { Touched } from '../platform/database/network-rows.js';
import { ProgramsService } from '../programs/programs.service.js';
import { alignNetwork, ENGINE } from './align-network.js';
import { cohortRows, countyRows, partnershipRows } from './alignment-rows.js';
import * as repository from './alignment.repository.js';
import type { RunCause, RunRecord } from './run-record.js';
import { dirtyComponents } from './dirty-components.js';
import { NetworkAreas } from './network-areas.js';
import { type RegionTotals, totalRegion } from './region-totals.js';
import { THRESHOLD, ZONES } from './run-settings.js';

/** What one run computed, and which part of the network it computed it for. */
interface Solution {
  network: Network;
  alignment: CohortAlignment;
  partnerships: PartnershipResult[];
  evidence: readonly Evidence[];
  components: Component[];
  solved: Component[];
  /** Null = the whole network. */
  scope: Scope | null;
}

interface Scope {
  institutionIds: string[];
  counties: string[];
  pathwayIds: string[];
  employerIds: string[];
}

/** Runs the engines over stored networks and keeps their results. Every method works in the caller's transaction. */
@Injectable()
export class AlignmentService {
  constructor(
    private readonly programs: ProgramsService,
    private readonly partnerships: PartnershipsService,
    private readonly areas: NetworkAreas,
    private readonly clock: Clock,
  ) {}

  /** Aligns the whole network as of today. */
  async alignAll(em: EntityManager, networkId: number, cause: RunCause): Promise<RunRecord> {
    const startedAt = this.clock.now();
    await this.programs.lockNetwork(em, networkId);
    const network: Network = {
      ...(await this.programs.load(em, networkId, null)),
      ...(await this.partnerships.loadDemand(em, networkId, null)),
      evidence: await this.partnerships.loadEvidence(em, networkId),
    };
    Object.assign(network, await this.areas.forNetwork(em, network));
    const previous = await repository.standingFlags(em, networkId, null);
    const digest = digestNetwork(network, sha256);
    const { result, cohorts } = alignNetwork(network, { ...this.options(), previous, digest });
    const components = findComponents(network, ZONES);
    return this.save(em, networkId, cause, startedAt, digest, {
      network,
      alignment: cohorts,
      partnerships: result.partnerships,
      evidence: network.evidence,
      components,
      solved: components,
      scope: null,
    });
  }

  /** Whether the shown results are of today, by this engine and threshold. */
  async isCurrent(em: EntityManager, networkId: number): Promise<boolean> {
    const last = await repository.latestRun(em, networkId);
    return last?.asOf === this.clock.today() && last.engine === ENGINE && last.threshold === THRESHOLD;
  }

  /**
   * Brings results up to date after `touched` changed: solves the components that a change can have reached and judges the
   * partnerships of their pathways and of touched employers; every other row stays as it was, with its run. Aligns the
   * whole network instead when the last run was of another day, engine or threshold, or areas changed.
   * Null when nothing that is aligned was touched.
   */
  async alignChanged(
    em: EntityManager,
    networkId: number,
    touched: Touched,
    cause: RunCause,
  ): Promise<RunRecord | null> {
    if ([...touched.values()].every((ids) => ids.size === 0)) return null;
    const startedAt = this.clock.now();
    await this.programs.lockNetwork(em, networkId);
    const current = await this.isCurrent(em, networkId);
    if (!current || touched.has('area')) return this.alignAll(em, networkId, cause);

    const demand = await this.partnerships.demandTouched(em, networkId, touched);
    const changedCounties = [...demand.counties, ...(touched.get('county') ?? [])];
    const { components, solved } = await this.changedComponents(em, networkId, touched, changedCounties);
    const institutionIds = solved.flatMap((component) => component.institutionIds);
    const counties = solved.flatMap((component) => component.countyFips);
    const part: Network = {
      ...(await this.programs.load(em, networkId, institutionIds)),
      ...(await this.partnerships.loadDemand(em, networkId, counties)),
      evidence: [],
    };
    Object.assign(part, await this.areas.forNetwork(em, part));
    const previous = await repository.standingFlags(em, networkId, institutionIds);
    const alignment = alignCohorts(part, { ...this.options(), previous });

    const scope: Scope = {
      institutionIds,
      counties: [...new Set([...counties, ...changedCounties])],
      pathwayIds: part.pathways.map((row) => row.pathwayId),
      employerIds: [...new Set([...(touched.get('employer') ?? []), ...demand.employers])],
    };
    const engagement: Network = {
      ...part,
      ...(await this.programs.loadPathwayOutlines(em, networkId)),
      ...(await this.partnerships.loadEngagement(em, networkId, scope)),
    };
    const [ofEmployers, ofPathways] = [new Set(scope.employerIds), new Set(scope.pathwayIds)];
    const partnerships = assessPartnerships(engagement, {
      asOf: this.clock.todayAsDay(),
      commutingZoneOf: ZONES,
      only: (employerId, pathwayId) => ofEmployers.has(employerId) || ofPathways.has(pathwayId),
    });
    const network: Network = {
      ...part,
      institutions: engagement.institutions,
      pathways: engagement.pathways,
      versions: engagement.versions,
      employers: engagement.employers,
    };
    const digest = digestNetwork({ ...part, evidence: engagement.evidence }, sha256);
    return this.save(em, networkId, cause, startedAt, digest, {
      network,
      alignment,
      partnerships,
      evidence: engagement.evidence,
      components,
      solved,
      scope,
    });
  }

  private options(): Omit<AlignOptions, 'previous'> {
    const threshold = parseRatio(THRESHOLD);
    if (!threshold) throw new Error(`not a threshold: ${THRESHOLD}`);
    return { asOf: this.clock.todayAsDay(), threshold, commutingZoneOf: ZONES };
  }

  /** The components as they are now, and those of them that a change can have reached, before or after it. */
  private async changedComponents(
    em: EntityManager,
    networkId: number,
    touched: Touched,
    counties: readonly string[],
  ): Promise<{ components: Component[]; solved: Component[] }> {
    const outlines = await this.programs.loadPathwayOutlines(em, networkId);
    const sites = await this.partnerships.loadSites(em, networkId);
    const geography = { institutions: outlines.institutions, sites };
    const own = await this.programs.loadAreas(em, networkId);
    const { areas } = await this.areas.forNetwork(em, { ...own, institutions: [] });
    const components = findComponents({ ...geography, areas }, ZONES);
    const before = await repository.loadComponents(em, networkId);
    const institutionIds = await this.programs.institutionsTouched(em, networkId, touched);
    const solved = dirtyComponents(before, components, {
      institutionIds: new Set(institutionIds),
      counties: new Set(counties),
    });
    return { components, solved };
  }

  private async save(
    em: EntityManager,
    networkId: number,
    cause: RunCause,
    startedAt: Date,
    digest: string,
    solution: Solution,
  ): Promise<RunRecord> {
    const { network, alignment, components, solved, scope } = solution;
    const asOf = this.clock.todayAsDay();
    const run: RunRecord = {
      runId: randomUUID(),
      cause,
      asOf: this.clock.today(),
      threshold: THRESHOLD,
      engine: ENGINE,
      digest,
      components: components.length,
      componentsSolved: solved.length,
      startedAt,
      finishedAt: startedAt,
    };
    await repository.insertRun(em, networkId, run);
    const keyOf = new Map(solved.flatMap(({ key, institutionIds }) => institutionIds.map((id) => [id, key])));
    const cohorts = cohortRows(network, alignment, (institutionId) => keyOf.get(institutionId) ?? '');
    const partnerships = partnershipRows(network, solution.evidence, solution.partnerships, asOf);
    await repository.saveComponents(em, networkId, run.runId, components, new Set(solved.map(({ key }) => key)));
    await repository.replaceCohorts(em, networkId, run.runId, scope && scope.institutionIds, cohorts);
    await repository.replacePartnerships(em, networkId, run.runId, scope, partnerships);
    const demand = countyRows(network, alignment.demand);
    await repository.replaceCounties(em, networkId, run.runId, scope && scope.counties, demand);
    const totals = await this.saveTotals(em, networkId, run.runId, network.institutions);
    if (!scope) await repository.refreshStatistics(em);
    run.finishedAt = this.clock.now();
    await repository.finishRun(em, run.runId, run.finishedAt, totals);
    return run;
  }

  /** Adds up the whole network and each of its regions from the stored rows, and returns the whole. */
  private async saveTotals(
    em: EntityManager,
    networkId: number,
    runId: string,
    institutions: Network['institutions'],
  ): Promise<RegionTotals> {
    const own = await this.programs.loadAreas(em, networkId);
    const { areas, projections } = await this.areas.forNetwork(em, { ...own, institutions });
    const labor = projections.length > 0 ? readLaborAreas(areas, projections) : null;
    const figures = await repository.loadFigures(em, networkId);
    const whole = { regionId: '', name: '', counties: null };
    const regions = [whole, ...(await this.areas.regions(em, areas, institutions))].map((region) => ({
      ...region,
      totals: totalRegion(region, figures, labor),
    }));
    await repository.replaceTotals(em, networkId, runId, regions);
    return (regions[0] as (typeof regions)[number]).totals;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { Injectable } from '@nestjs/common';
import type { PartnershipLadder, PartnershipPage, PartnershipsQuery } from '@throughway/contracts/partnerships';
import { inspectPartnership } from '@throughway/partnership/inspect-partnership';
import type { PartnershipFlagCode } from '@throughway/vocabulary/alignment-result';
import { formatDay, parseDay } from '@throughway/vocabulary/local-date';
import type { Network } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import { PartnershipsService } from '../partnerships/partnerships.service.js';
import type { Asker } from '../platform/auth/sight.js';
import { notFound } from '../platform/errors/refusal.js';
import { ProgramsService } from '../programs/programs.service.js';
import { findRun } from './alignment.repository.js';
import { loadRegionNames } from './board.repository.js';
import { chooseRegion } from './board.service.js';
import { networkRef, runRef, shownRun } from './latest-run.js';
import * as ladder from './partnership-ladder.repository.js';
import { ReceiptsService } from './receipts.service.js';
import { partnershipSight, wholeSight } from './partnership-sight.js';
import { type RegionTotals, totalPartnerships } from './region-totals.js';
import { ZONES } from './run-settings.js';

const NO_ROWS = {
  skills: [],
  credentials: [],
  requirementSkills: [],
  requirementCredentials: [],
  units: [],
  unitSkills: [],
  versionCredentials: [],
  cohorts: [],
  educators: [],
  educatorSkills: [],
  areas: [],
  projections: [],
} satisfies Partial<Network>;

/** Partnerships as a ladder, and one of them with the dated rows behind it. */
@Injectable()
export class PartnershipPagesService {
  constructor(
    private readonly programs: ProgramsService,
    private readonly partnerships: PartnershipsService,
    private readonly receipts: ReceiptsService,
  ) {}

  /** Counts for who may count; rows for whom they concern. An employer's people count their own alone. */
  async ladder(em: EntityManager, asker: Asker, query: PartnershipsQuery): Promise<PartnershipLadder> {
    const network = await this.programs.network(em, asker, query.network, 'partnership.count', 'partnership.read');
    const { networkId, slug } = network;
    const counts = (await this.programs.findNetwork(em, slug, { asker, line: 'partnership.count' })) !== null;
    const run = await shownRun(em, networkId);
    const sight = partnershipSight(asker, networkId);
    const { isWhole, isAny } = await ladder.extentOf(em, sight, wholeSight(asker, networkId));
    if (!counts && query.region !== undefined) throw notFound('region');
    const region = counts ? await chooseRegion(em, networkId, query.region) : null;
    const filter = { sight, counties: region?.counties ?? null, rung: query.rung, flag: query.flag, q: query.q };
    const totals =
      region?.totals.partnerships ?? totalPartnerships(await ladder.partnershipFigures(em, { sight, counties: null }));
    const place = { limit: query.size, offset: (query.page - 1) * query.size };
    const rows = await ladder.pageOfPartnerships(em, filter, place);
    return {
      network: networkRef(network),
      run: runRef(run),
      regions: counts ? await loadRegionNames(em, networkId) : [],
      rowsVisible: isWhole ? 'all' : isAny ? 'own' : 'none',
      countsCover: counts ? 'network' : 'own',
      rungCounts: totals.rungCounts,
      flagCounts: totals.flagCounts as { code: PartnershipFlagCode; count: number }[],
      rowCount: (isWhole ? knownCount(totals, query) : null) ?? (await ladder.countPartnerships(em, filter)),
      rows: rows.map((row) => ({ ...row, flags: row.flags.map(({ code, since }) => ({ code, since })) })),
    };
  }

  /** @throws not-found, alike for an unknown employer, an unknown pathway, a pair without a partnership, and one out of sight */
  async page(
    em: EntityManager,
    asker: Asker,
    { employerId, pathwayId }: { employerId: string; pathwayId: string },
    slug: string | undefined,
  ): Promise<PartnershipPage> {
    const network = await this.programs.network(em, asker, slug, 'partnership.read');
    const { networkId } = network;
    const stored = await ladder.findPartnership(em, partnershipSight(asker, networkId), employerId, pathwayId);
    const run = stored && (await findRun(em, networkId, stored.runId));
    const school = stored && (await this.programs.findPathway(em, networkId, pathwayId));
    const own = school && (await this.partnerships.findEngagement(em, networkId, employerId, pathwayId));
    if (!stored || !run || !school || !own) throw notFound('partnership');
    const { pathway, institution, versions } = school;
    const rows: Network = { ...NO_ROWS, ...own, institutions: [institution], pathways: [pathway], versions };
    const asOf = parseDay(run.asOf) ?? 0;
    const behind = inspectPartnership(rows, { employerId, pathwayId }, { asOf, commutingZoneOf: ZONES });
    if (!behind) throw notFound('partnership');
    const readable = await this.programs.findNetwork(em, network.slug, { asker, line: 'network.read' });
    const isReadable = readable !== null;
    const titles = new Map(own.requirements.map((row) => [row.requirementId, row.title]));
    return {
      network: networkRef(network),
      run: runRef(run),
      employer: { employerId, name: own.employers[0]?.name ?? '' },
      pathway: { pathwayId, name: pathway.name, institutionName: institution.name, isReadable },
      rung: stored.result.rung,
      flags: await this.receipts.ofPartnershipFlags(em, networkId, stored.result.flags, own),
      nextSteps: stored.result.nextSteps,
      evidence: behind.evidence.map(({ row, rung, counts, confirmed }) => ({
        evidenceId: row.evidenceId,
        kind: row.kind,
        rung,
        occurredOn: formatDay(row.occurredOn),
        recordedOn: formatDay(row.recordedOn),
        confirmedOn: confirmed && row.confirmedOn !== null ? formatDay(row.confirmedOn) : null,
        quantity: row.quantity,
        counted: counts,
      })),
      commitments: behind.commitments.map((row) => ({
        commitmentId: row.commitmentId,
        kind: row.kind,
        title: titles.get(row.requirementId) ?? '',
        seats: row.seats,
        opensOn: formatDay(row.opensOn),
        closesOn: formatDay(row.closesOn),
        answerWithinDays: row.answerWithinDays,
      })),
      activations: behind.activations.map(({ row, state, answered }) => ({
        activationId: row.activationId,
        commitmentId: row.commitmentId,
        activatedOn: formatDay(row.activatedOn),
        dueOn: formatDay(row.dueOn),
        answeredOn: answered && row.answeredOn !== null ? formatDay(row.answeredOn) : null,
        disposition: answered ? row.disposition : null,
        state,
      })),
      kept: behind.kept,
    };
  }
}

/** How many partnerships the filter finds, where the totals know it already. */
function knownCount(partnerships: RegionTotals['partnerships'], { rung, flag, q }: PartnershipsQuery): number | null {
  if (q || (rung !== undefined && flag)) return null;
  if (flag) return partnerships.flagCounts.find(({ code }) => code === flag)?.count ?? 0;
  return rung === undefined ? partnerships.rowCount : (partnerships.rungCounts[rung]?.count ?? 0);
}

import { Injectable } from '@nestjs/common';
import { CURRENCY_MONTHS } from '@throughway/alignment/assess-versions';
import { readLaborAreas } from '@throughway/alignment/labor-areas';
import { takenSeats } from '@throughway/alignment/open-seats';
import { reachReader } from '@throughway/alignment/reach';
import { addMonths } from '@throughway/calendar/add-months';
import type { PathwayPage } from '@throughway/contracts/pathways';
import { type Day, formatDay, parseDay } from '@throughway/vocabulary/local-date';
import { type Institution, JOB_KINDS, type Level, socKey } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import { LaborMarketService } from '../labor-market/labor-market.service.js';
import { PartnershipsService } from '../partnerships/partnerships.service.js';
import type { RequirementDetail } from '../partnerships/requirement-detail.js';
import type { Asker } from '../platform/auth/sight.js';
import { Clock } from '../platform/clock/clock.js';
import { notFound } from '../platform/errors/refusal.js';
import type { EducatorDetail, PathwayCohort, UnitDetail } from '../programs/records.js';
import { ProgramsService } from '../programs/programs.service.js';
import type { CohortDetail } from './alignment-rows.js';
import { findRun } from './alignment.repository.js';
import type { RunRecord } from './run-record.js';
import { findCohortResults } from './board.repository.js';
import { networkRef, runRef } from './latest-run.js';
import { NetworkAreas } from './network-areas.js';
import { ReceiptsService } from './receipts.service.js';
import { ZONES } from './run-settings.js';
import { withoutTerms } from './without-terms.js';

/** What the parts of the page are built from. */
interface Context {
  em: EntityManager;
  networkId: number;
  asOf: Day;
  run: RunRecord;
  institution: Institution;
  targets: string[];
}

/** Where one pathway leads: the stored result of one of its cohorts beside the rows that it speaks of. */
@Injectable()
export class PathwayPageService {
  constructor(
    private readonly programs: ProgramsService,
    private readonly partnerships: PartnershipsService,
    private readonly laborMarket: LaborMarketService,
    private readonly areas: NetworkAreas,
    private readonly receipts: ReceiptsService,
    private readonly clock: Clock,
  ) {}

  /** Shows the given cohort, or the one that completes next, or the last one. @throws not-found */
  async page(
    em: EntityManager,
    asker: Asker,
    pathwayId: string,
    query: { network?: string | undefined; cohort?: string | undefined },
  ): Promise<PathwayPage> {
    const network = await this.programs.network(em, asker, query.network, 'network.read');
    const { networkId } = network;
    const found = await this.programs.findPathway(em, networkId, pathwayId);
    if (!found) throw notFound('pathway');
    const { pathway, institution } = found;
    const cohorts = await this.programs.cohortsOf(em, networkId, pathwayId);
    const { cohort, run, result } = await this.chooseCohort(em, networkId, cohorts, query.cohort);
    const targets = [...new Set(pathway.targetSocs.map(socKey))];
    const context: Context = { em, networkId, asOf: dayOf(run.asOf), run, institution, targets };

    const units = await this.programs.unitsOf(em, networkId, cohort.versionId);
    const requirements = await this.requirementsOf(context, result);
    const titles = await this.laborMarket.occupationTitles(em, targets);
    const page: PathwayPage = {
      network: networkRef(network),
      run: runRef(run),
      pathway: {
        pathwayId,
        name: pathway.name,
        cip: pathway.cip,
        cipTitle: pathway.cip === null ? null : await this.laborMarket.cipTitle(em, pathway.cip),
        occupations: targets.map((soc) => ({ soc, title: titles.get(soc) ?? null })),
      },
      institution: await this.institutionPart(context),
      cohorts: cohorts.map(({ cohortId, completesOn, expectedCompleters }) => ({
        cohortId,
        completesOn,
        expectedCompleters,
      })),
      cohort: await this.cohortPart(context, cohort, result, requirements),
      demand: await this.demandPart(context, pathwayId, result, requirements),
      matches: await this.matchesPart(context, result, requirements, units),
      units: await this.unitsPart(context, units),
      credentials: await this.credentialsPart(context, cohort.versionId, result, requirements),
      educators: await this.educatorsPart(context, units, result, requirements),
    };
    const isStaff = await this.programs.findNetwork(em, network.slug, { asker, line: 'partnership.count' });
    return isStaff ? page : withoutTerms(page);
  }

  private async chooseCohort(
    em: EntityManager,
    networkId: number,
    cohorts: readonly PathwayCohort[],
    wanted: string | undefined,
  ): Promise<{ cohort: PathwayCohort; run: RunRecord; result: CohortDetail & { seatedOrNull: number | null } }> {
    const candidates = cohorts.filter(({ cohortId }) => wanted === undefined || cohortId === wanted);
    const results = await findCohortResults(
      em,
      networkId,
      candidates.map(({ cohortId }) => cohortId),
    );
    const shown =
      candidates.find(({ cohortId }) => results.get(cohortId)?.inWindow) ??
      candidates.findLast(({ cohortId }) => results.has(cohortId));
    const stored = shown && results.get(shown.cohortId);
    const run = stored && (await findRun(em, networkId, stored.runId));
    if (!shown || !stored || !run) throw notFound(wanted === undefined ? 'aligned pathway' : 'cohort');
    return { cohort: shown, run, result: { ...stored.result, seatedOrNull: stored.seated } };
  }

  private async requirementsOf(
    { em, networkId }: Context,
    result: CohortDetail,
  ): Promise<Map<string, RequirementDetail>> {
    const ids = new Set([...result.mine, ...result.matches.map((match) => match.requirementId)]);
    const rows = await this.partnerships.findRequirements(em, networkId, [...ids]);
    return new Map(rows.map((row) => [row.requirementId, row]));
  }

  private async institutionPart({ em, networkId, institution }: Context): Promise<PathwayPage['institution']> {
    const fips = await this.reachOf(em, networkId, institution);
    const counties = await this.countyNames(em, [...fips, institution.countyFips]);
    return {
      institutionId: institution.institutionId,
      name: institution.name,
      countyFips: institution.countyFips,
      countyName: counties.get(institution.countyFips) ?? null,
      reach: fips.map((code) => ({ fips: code, name: counties.get(code) ?? null })),
    };
  }

  /** Declared counties as declared; of a commuting zone its own county and those where an employer of the network sits. */
  private async reachOf(em: EntityManager, networkId: number, institution: Institution): Promise<string[]> {
    if (institution.reach !== null) return institution.reach;
    const sites = await this.partnerships.loadSites(em, networkId);
    const counties = [institution.countyFips, ...sites.map((site) => site.countyFips)];
    return reachReader(counties, ZONES)(institution);
  }

  private async cohortPart(
    { em, networkId }: Context,
    cohort: PathwayCohort,
    result: CohortDetail & { seatedOrNull: number | null },
    requirements: ReadonlyMap<string, RequirementDetail>,
  ): Promise<PathwayPage['cohort']> {
    const skills = await this.programs.skillNames(
      em,
      networkId,
      result.nextSteps.map((step) => step.skillId),
    );
    return {
      cohortId: cohort.cohortId,
      versionId: cohort.versionId,
      adoptedOn: cohort.adoptedOn,
      completesOn: cohort.completesOn,
      expectedCompleters: cohort.expectedCompleters,
      seated: result.seatedOrNull,
      seatShare: result.seatShare,
      orphanHours: result.orphanHours,
      orphanShare: result.orphanShare,
      flags: await this.receipts.ofCohortFlags(em, networkId, result.flags),
      nextSteps: result.nextSteps.map((step) => ({
        ...step,
        requirementTitle: requirements.get(step.requirementId)?.title ?? '',
        employerName: requirements.get(step.requirementId)?.employerName ?? '',
        skillName: skills.get(step.skillId) ?? '',
      })),
    };
  }

  private async demandPart(
    { em, networkId, asOf, institution, targets }: Context,
    pathwayId: string,
    result: CohortDetail,
    requirements: ReadonlyMap<string, RequirementDetail>,
  ): Promise<PathwayPage['demand']> {
    const { commitments, activations } = await this.partnerships.commitmentsNaming(em, networkId, result.mine);
    const taken = takenSeats(activations, asOf);
    const promised = commitments
      .filter((row) => row.pathwayId === null || row.pathwayId === pathwayId)
      .filter((row) => row.opensOn <= asOf && asOf <= row.closesOn)
      .map((row) => ({
        commitmentId: row.commitmentId,
        employerName: requirements.get(row.requirementId)?.employerName ?? '',
        title: requirements.get(row.requirementId)?.title ?? '',
        kind: row.kind,
        jobSeats: JOB_KINDS.includes(row.kind),
        seats: Math.max(0, row.seats - (taken.get(row.commitmentId) ?? 0)),
        opensOn: formatDay(row.opensOn),
        closesOn: formatDay(row.closesOn),
        answerWithinDays: row.answerWithinDays,
        wageFloorHourlyCents: row.wageFloorHourlyCents,
      }))
      .sort((a, b) => b.seats - a.seats || (a.commitmentId < b.commitmentId ? -1 : 1));
    const headcounts = result.mine.map((id) => requirements.get(id)?.headcountPerYear ?? 0);
    return {
      promised,
      postedHeadcount: headcounts.reduce((sum, count) => sum + count, 0),
      projected: await this.projectedPart(em, networkId, institution, targets),
    };
  }

  /** The area's latest vintage for the target occupations, as the engines read it. */
  private async projectedPart(
    em: EntityManager,
    networkId: number,
    institution: Institution,
    targets: readonly string[],
  ): Promise<PathwayPage['demand']['projected']> {
    const own = await this.programs.loadAreas(em, networkId);
    const { areas, projections } = await this.areas.forNetwork(em, { ...own, institutions: [institution] });
    const areaId = readLaborAreas(areas, []).areaOf(institution.countyFips);
    if (areaId === null) return [];
    const ofArea = projections.filter((row) => row.areaId === areaId);
    const latest = ofArea
      .map((row) => row.vintage)
      .sort((a, b) => (a < b ? -1 : 1))
      .at(-1);
    const [region] = await this.areas.regions(
      em,
      areas.filter((row) => row.areaId === areaId),
      [institution],
    );
    const rows = ofArea
      .filter((row) => row.vintage === latest && targets.includes(socKey(row.soc)))
      .map((row) => ({ ...row, soc: socKey(row.soc), areaName: region?.name ?? null }))
      .sort((a, b) => (a.soc < b.soc ? -1 : a.soc > b.soc ? 1 : a.source < b.source ? -1 : 1));
    return this.laborMarket.withOverdue(em, rows, this.clock.todayAsDay());
  }

  private async matchesPart(
    { em, networkId }: Context,
    result: CohortDetail,
    requirements: ReadonlyMap<string, RequirementDetail>,
    units: readonly UnitDetail[],
  ): Promise<PathwayPage['matches']> {
    const taught = taughtLevels(units);
    const mine = new Set(result.mine);
    const counties = await this.countyNames(
      em,
      [...requirements.values()].map((row) => row.countyFips),
    );
    const credentials = await this.programs.credentialNames(
      em,
      networkId,
      result.matches.flatMap((match) => match.missingCredentials),
    );
    return result.matches.flatMap((match) => {
      const row = requirements.get(match.requirementId);
      if (!row) return [];
      const assigned = result.assigned.filter(({ requirementId }) => requirementId === match.requirementId);
      return {
        ...row,
        countyName: counties.get(row.countyFips) ?? row.countyFips,
        mine: mine.has(row.requirementId),
        coverage: match.coverage,
        ready: match.ready,
        skills: row.skills.map(({ level, ...line }) => ({
          ...line,
          required: level,
          taught: taught.get(line.skillId) ?? 0,
        })),
        missingCredentials: match.missingCredentials.map((credentialId) => ({
          credentialId,
          name: credentials.get(credentialId) ?? '',
        })),
        seated: assigned.reduce((sum, { count }) => sum + count, 0),
      };
    });
  }

  private async unitsPart(
    { em, networkId, run, institution }: Context,
    units: readonly UnitDetail[],
  ): Promise<PathwayPage['units']> {
    const asked = await this.partnerships.askedSkills(em, networkId, {
      counties: await this.reachOf(em, networkId, institution),
      asOf: run.asOf,
      skillIds: [...taughtLevels(units).keys()],
    });
    return units.map((unit) => ({
      ...unit,
      orphan: unit.skills.length > 0 && !unit.skills.some(({ skillId }) => asked.has(skillId)),
    }));
  }

  private async credentialsPart(
    { em, networkId }: Context,
    versionId: string,
    result: CohortDetail,
    requirements: ReadonlyMap<string, RequirementDetail>,
  ): Promise<PathwayPage['credentials']> {
    const listed = result.mine.flatMap((id) => requirements.get(id)?.credentials ?? []);
    const asked = new Set(listed.map(({ credentialId }) => credentialId));
    const awarded = await this.programs.credentialsOf(em, networkId, versionId);
    return awarded.map((credential) => ({ ...credential, asked: asked.has(credential.credentialId) }));
  }

  /** Those who know a skill that the pathway teaches or that is asked for on day one. */
  private async educatorsPart(
    { em, networkId, asOf, institution }: Context,
    units: readonly UnitDetail[],
    result: CohortDetail,
    requirements: ReadonlyMap<string, RequirementDetail>,
  ): Promise<PathwayPage['educators']> {
    const lines = result.mine.flatMap((id) => requirements.get(id)?.skills ?? []);
    const dayOne = lines.filter(({ necessity }) => necessity === 'day-one').map(({ skillId }) => skillId);
    const skillIds = [...new Set([...taughtLevels(units).keys(), ...dayOne])];
    const educators: EducatorDetail[] = await this.programs.educatorsOf(
      em,
      networkId,
      institution.institutionId,
      skillIds,
    );
    return educators.map(({ skills, ...educator }) => ({
      ...educator,
      skills: skills.map(({ lastIndustryContactOn: contact, ...skill }) => ({
        ...skill,
        lastIndustryContactOn: formatDay(contact),
        current: contact <= asOf && asOf <= addMonths(contact, CURRENCY_MONTHS),
      })),
    }));
  }

  private async countyNames(em: EntityManager, fips: readonly string[]): Promise<Map<string, string>> {
    const counties = await this.laborMarket.countiesOf(em, [...new Set(fips)]);
    return new Map(counties.map((county) => [county.fips, county.name]));
  }
}

/** The highest level at which any of the units teaches each skill. */
function taughtLevels(units: readonly UnitDetail[]): Map<string, Level> {
  const taught = new Map<string, Level>();
  for (const { skillId, level } of units.flatMap(({ skills }) => skills))
    if (level > (taught.get(skillId) ?? 0)) taught.set(skillId, level);
  return taught;
}

function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new Error(`not a day: ${text}`);
  return day;
}

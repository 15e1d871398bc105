import { Injectable } from '@nestjs/common';
import {
  type RegionListed,
  type RegionOccupation,
  type RegionPage,
  RegionQuery,
  type RegionSummary,
} from '@throughway/contracts/regions';
import type { SourceRef as SourceRefSchema } from '@throughway/contracts/words';
import type { Day } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { notFound } from '../platform/errors/refusal.js';
import { findCountiesOfArea, findCountyFigureSources } from './labor-market.repository.js';
import { LaborMarketService } from './labor-market.service.js';
import { regionGates } from './region-gates.js';
import * as repository from './regions.repository.js';

type SourceRef = z.infer<typeof SourceRefSchema>;

/** Figures of a county that the page shows. */
const COUNTY_FIGURES = ['population_count', 'rucc', 'unemployment_share'];

/** How many growing roles stand beside each area in the list. */
const TOP_ROLES = 3;

@Injectable()
export class RegionsService {
  constructor(private readonly laborMarket: LaborMarketService) {}

  /** Every area that has projections, by name, each with its first growing roles. */
  async list(em: EntityManager, today: Day): Promise<{ regions: RegionListed[] }> {
    const query = RegionQuery.parse({ size: TOP_ROLES });
    const regions: RegionListed[] = [];
    for (const row of await repository.findRegions(em, null)) {
      const gates = regionGates(query, row.medianWageHourlyCents);
      const topRoles = await repository.findOccupations(em, row, gates, query);
      regions.push({ ...(await this.summarize(em, row, today)), topRoles });
    }
    return { regions };
  }

  /** One area's growing roles behind its gates. @throws not-found for an unknown area. */
  async get(em: EntityManager, areaId: string, query: RegionQuery, today: Day): Promise<RegionPage> {
    const [area] = await repository.findRegions(em, areaId);
    if (!area) throw notFound('region');
    const gates = regionGates(query, area.medianWageHourlyCents);
    const counts = await repository.countByGate(em, area, gates);
    const count = (gate: string | null): number => counts.find((row) => row.gate === gate)?.count ?? 0;
    const summary = await this.summarize(em, area, today);
    const { occupations, sourceIds } = await this.occupations(em, area, query, summary.source);
    const counties = await findCountiesOfArea(em, areaId);
    const countySources = await findCountyFigureSources(em, COUNTY_FIGURES);
    const basis = query.minWageHourlyCents === undefined ? 'area-median' : 'chosen';
    const gateUnknown = basis === 'area-median' && area.medianWageHourlyCents === null;
    return {
      area: summary,
      counties: counties.map(({ fips, name, population, rucc, unemploymentShare }) => ({
        ...{ fips, name, population, rucc },
        unemploymentRate: unemploymentShare,
      })),
      wageGate: gateUnknown ? null : { hourlyCents: gates.minWageHourlyCents, basis },
      leftOut: {
        belowWage: count('belowWage'),
        aboveEducation: count('aboveEducation'),
        notGrowing: count('notGrowing'),
        wageUnknown: count('wageUnknown'),
      },
      rowCount: count(null),
      occupations,
      sources: await this.laborMarket.sources(em, [area.sourceId, ...countySources, ...sourceIds], today),
    };
  }

  private async summarize(em: EntityManager, row: repository.RegionRow, today: Day): Promise<RegionSummary> {
    const [source] = await this.laborMarket.sources(em, [row.sourceId], today);
    if (!source)
      throw new Error(`labor area ${row.areaId}: found no source ${row.sourceId}, expected a reference_source`);
    const { areaId, name, state, countyCount, occupationCount, annualOpenings } = row;
    return { areaId, name, state: state ?? 'US', countyCount, occupationCount, annualOpenings, source };
  }

  private async occupations(
    em: EntityManager,
    area: repository.RegionRow,
    query: RegionQuery,
    { source, vintage }: SourceRef,
  ): Promise<{ occupations: RegionOccupation[]; sourceIds: string[] }> {
    const gates = regionGates(query, area.medianWageHourlyCents);
    const rows = await repository.findOccupations(em, area, gates, query);
    const socs = rows.map((row) => row.soc);
    const prepared = await repository.findPreparation(em, socs);
    const bySoc = new Map(prepared.map((row) => [row.soc, row]));
    const occupations = rows.map((row) => {
      const { jobZone = null, topSkills = [] } = bySoc.get(row.soc) ?? {};
      return { ...row, jobZone, topSkills, source, vintage };
    });
    return { occupations, sourceIds: [...new Set(prepared.flatMap((row) => row.sourceIds))] };
  }
}

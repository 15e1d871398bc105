import { Injectable } from '@nestjs/common';
import { readLaborAreas } from '@throughway/alignment/labor-areas';
import type { AreaCounty, Network } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import { LaborMarketService } from '../labor-market/labor-market.service.js';
import type { Region } from './region-totals.js';

type AreaRows = Pick<Network, 'areas' | 'projections'>;

/** The labor-market areas that a network is read against: its own, or the reference tables' when it brings none. */
@Injectable()
export class NetworkAreas {
  constructor(private readonly laborMarket: LaborMarketService) {}

  /** `institutions` limits the reference projections to their areas; a network's own rows are returned as they are. */
  async forNetwork(em: EntityManager, network: AreaRows & Pick<Network, 'institutions'>): Promise<AreaRows> {
    if (network.areas.length > 0) return { areas: network.areas, projections: network.projections };
    const areas = await this.laborMarket.areaCounties(em);
    const { areaOf } = readLaborAreas(areas, []);
    const areaIds = new Set(network.institutions.flatMap(({ countyFips }) => areaOf(countyFips) ?? []));
    return { areas, projections: await this.laborMarket.projections(em, [...areaIds]) };
  }

  /** Areas in which at least one of the institutions lies, by name. */
  async regions(
    em: EntityManager,
    areas: readonly AreaCounty[],
    institutions: Network['institutions'],
  ): Promise<Region[]> {
    const counties = new Map<string, string[]>();
    for (const { areaId, countyFips } of areas) counties.set(areaId, [...(counties.get(areaId) ?? []), countyFips]);
    const inhabited = new Set(institutions.map((row) => row.countyFips));
    const held = [...counties].filter(([, fips]) => fips.some((county) => inhabited.has(county)));
    const known = await this.laborMarket.areasOf(em);
    const names = new Map(known.map(({ areaId, name }) => [areaId, name]));
    return held
      .map(([areaId, fips]) => ({ regionId: areaId, name: names.get(areaId) ?? areaId, counties: fips }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
}

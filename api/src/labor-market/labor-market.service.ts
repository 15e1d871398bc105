import { Injectable } from '@nestjs/common';
import type { SourceRef } from '@throughway/contracts/words';
import type { Day } from '@throughway/vocabulary/local-date';
import type { AreaCounty, Projection } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import * as repository from './labor-market.repository.js';
import { isOverdue } from './overdue.js';
import { sourceLabel } from './sources.js';

/** What other rooms ask of the reference data. Unknown codes are absent from answers, never invented. */
@Injectable()
export class LaborMarketService {
  countiesOf(em: EntityManager, fips: readonly string[]): Promise<repository.CountyRow[]> {
    return repository.findCounties(em, fips);
  }

  /** County FIPS → 2020 commuting zone. */
  async commutingZones(em: EntityManager, fips: readonly string[]): Promise<Map<string, string>> {
    const counties = await repository.findCounties(em, fips);
    return new Map(counties.flatMap((row) => (row.commutingZone === null ? [] : [[row.fips, row.commutingZone]])));
  }

  /** Titles by code: SOC 2018, hybrid or O*NET-SOC. */
  async occupationTitles(em: EntityManager, codes: readonly string[]): Promise<Map<string, string>> {
    const rows = await repository.findOccupationTitles(em, codes);
    return new Map(rows.map(({ code, title }) => [code, title]));
  }

  async cipTitles(em: EntityManager, cipCodes: readonly string[]): Promise<Map<string, string>> {
    const rows = await repository.findProgramTitles(em, cipCodes);
    return new Map(rows.map(({ code, title }) => [code, title]));
  }

  /** The title of one program; null when the code is not in CIP 2020. */
  async cipTitle(em: EntityManager, cipCode: string): Promise<string | null> {
    return (await this.cipTitles(em, [cipCode])).get(cipCode) ?? null;
  }

  /** Areas that hold one of the counties (all areas without the argument), each with all its counties, by area id. */
  areasOf(
    em: EntityManager,
    fips: readonly string[] | null = null,
  ): Promise<{ areaId: string; name: string; countyFips: string[] }[]> {
    return repository.findAreasOf(em, fips);
  }

  /** Every area's counties as the engines take them. */
  async areaCounties(em: EntityManager): Promise<AreaCounty[]> {
    const areas = await repository.findAreasOf(em, null);
    return areas.flatMap(({ areaId, countyFips }) => countyFips.map((fips) => ({ areaId, countyFips: fips })));
  }

  /** Projected openings of the areas as the engines take them; see the repository for hybrid codes. */
  projections(em: EntityManager, areaIds: readonly string[]): Promise<Projection[]> {
    return repository.findProjectedOpenings(em, areaIds);
  }

  /** Says of each source and vintage of projections whether newer figures are due as of `today`; keeps everything else. */
  async withOverdue<Row extends { source: string; vintage: string }>(
    em: EntityManager,
    rows: readonly Row[],
    today: Day,
  ): Promise<(Row & { overdue: boolean | null })[]> {
    if (rows.length === 0) return [];
    const known = await repository.findProjectionVintages(em, [...new Set(rows.map(({ source }) => source))]);
    return rows.map((row) => {
      const found = known.find(({ source, vintage }) => source === row.source && vintage === row.vintage);
      return { ...row, overdue: found ? isOverdue(found.vintageOn, found.reviewIntervalMonths, today) : null };
    });
  }

  /** Sources as screens show them, by source id; `overdue` as of `today`. */
  async sources(em: EntityManager, sourceIds: readonly string[], today: Day): Promise<z.infer<typeof SourceRef>[]> {
    const rows = await repository.findSources(em, sourceIds);
    return rows.map((row) => ({
      source: sourceLabel(row),
      vintage: row.vintage,
      attribution: row.attribution,
      overdue: isOverdue(row.vintageOn, row.reviewIntervalMonths, today),
    }));
  }
}

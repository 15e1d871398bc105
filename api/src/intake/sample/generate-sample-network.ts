import type { Day } from '@throughway/vocabulary/local-date';
import type { Network } from '@throughway/vocabulary/network';
import { buildDemand } from './build-demand.js';
import { buildPartnerships } from './build-partnerships.js';
import { buildPrograms } from './build-programs.js';
import type { SampleMarket } from './market.js';
import { seededRandom } from './seeded-random.js';
import { TRADES, type Trade } from './trades.js';

/**
 * The sample network: invented schools and employers (each says Sample) in the real counties of two real labor-market areas,
 * with the areas' real openings and wages beside them. The stories are planted in tables (`employers`, `pathways`,
 * `partnerships`, `stories`) and hold for every seed; the seed varies wages, votes, dates and class sizes of the past.
 * Every date is counted from `asOf`, so that the sample is alive on whatever day it is made. Deterministic: same seed,
 * same day and same market, same rows in the same order.
 */
export function generateSampleNetwork({
  seed,
  asOf,
  market,
}: {
  seed: number;
  asOf: Day;
  market: SampleMarket;
}): Network {
  const random = seededRandom(seed);
  const demand = buildDemand(market, asOf, random);
  const programs = buildPrograms(market, asOf, random);
  const partnerships = buildPartnerships({ ...demand, ...programs }, asOf, random);
  return { ...demand, ...programs, ...partnerships, ...regionRows(market) };
}

/** The real part: both areas' counties, and their outlook for the occupations that the sample trains for. */
function regionRows(market: SampleMarket): Pick<Network, 'areas' | 'projections'> {
  const socs = new Set(Object.values<Trade>(TRADES).flatMap(({ soc, relatedSocs = [] }) => [soc, ...relatedSocs]));
  return {
    areas: market.areas.flatMap(({ areaId, counties }) => counties.map((countyFips) => ({ areaId, countyFips }))),
    projections: market.occupations
      .filter(({ soc }) => socs.has(soc))
      .map(({ areaId, soc, annualOpenings, medianWageHourlyCents, source, vintage }) => ({
        areaId,
        soc,
        annualOpenings,
        medianWageHourlyCents,
        source,
        vintage,
      })),
  };
}

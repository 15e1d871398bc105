import { alignCohorts, type AlignOptions, type CohortAlignment } from '@throughway/alignment/align-cohorts';
import { assessPartnerships } from '@throughway/partnership/assess-partnerships';
import { type AlignmentResult } from '@throughway/vocabulary/alignment-result';
import { formatDay } from '@throughway/vocabulary/local-date';
import { type Network } from '@throughway/vocabulary/network';

/** Names the engines in every receipt; the number rises whenever a result could differ for the same input. */
export const ENGINE = 'throughway-alignment 1.0.0';

export interface NetworkAlignment {
  /** What `alignment.json` holds. */
  result: AlignmentResult;
  /** What the screens show beside it. */
  cohorts: CohortAlignment;
}

/**
 * One run of both engines on a network as of a day: the receipt of FORMATS. Equal networks and options give equal results;
 * `digest` is the network's (`digestNetwork`), so a receipt names its input.
 */
export function alignNetwork(network: Network, options: AlignOptions & { digest: string }): NetworkAlignment {
  const { asOf, commutingZoneOf, digest } = options;
  const cohorts = alignCohorts(network, options);
  const partnerships = assessPartnerships(network, { asOf, commutingZoneOf });
  const result: AlignmentResult = {
    format: 'throughway-alignment/1',
    asOf: formatDay(asOf),
    engine: ENGINE,
    digest,
    cohorts: cohorts.cohorts,
    partnerships,
    totals: cohorts.totals,
  };
  return { result, cohorts };
}

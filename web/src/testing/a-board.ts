import type { Board, BoardCounties, BoardCounty, BoardRow } from '@throughway/contracts/board';

export const SAMPLE_NETWORK = { slug: 'sample', name: 'Sample network', sample: true };

export const A_RUN: Board['run'] = {
  runId: '0199c0de-0000-7000-8000-000000000001',
  asOf: '2026-06-30',
  engine: 'throughway-alignment/1.0.0',
  digest: '9f2c1a77b05e4d0c8f3a61d2e7b4c5908a1f6e3d2c4b5a69788796a5b4c3d2e1',
  finishedAt: '2026-06-30T04:00:07Z',
};

/** A cohort with half of its graduates seated. */
export function aBoardRow(facts: Partial<BoardRow> = {}): BoardRow {
  return {
    cohortId: 'coh-welding-2027',
    pathwayId: 'pw-welding',
    pathwayName: 'Sample Welding',
    institutionId: 'in-1',
    institutionName: 'Sample Mountain College',
    countyFips: '21193',
    completesOn: '2027-05-14',
    expectedCompleters: 24,
    seated: 12,
    seatShare: 0.5,
    withoutSeat: 12,
    bestCoverage: 0.875,
    credentialRelevance: 1,
    flags: ['skills-gap'],
    ...facts,
  };
}

export function aBoard(facts: Partial<Board> = {}): Board {
  const rows = facts.rows ?? [aBoardRow()];
  return {
    network: SAMPLE_NETWORK,
    run: A_RUN,
    regions: [
      { areaId: 'ekcep', name: 'EKCEP' },
      { areaId: 'kentuckiana-works', name: 'Kentuckiana Works' },
    ],
    totals: {
      cohorts: rows.length,
      completers: 1_284,
      seated: 803,
      withoutSeat: 481,
      promisedSeats: 212,
      postedHeadcount: 640,
      projectedOpenings: 3_117,
      projectedSources: [{ source: 'Sample statistics office, outlook', vintage: '2022–2032', overdue: true }],
    },
    flagCounts: [{ code: 'skills-gap', count: 1 }],
    rowCount: rows.length,
    rows,
    ...facts,
  };
}

export function aBoardCounty(facts: Partial<BoardCounty> = {}): BoardCounty {
  return {
    fips: '21193',
    name: 'Perry County',
    state: 'KY',
    promisedSeats: 8,
    postedHeadcount: 20,
    completers: 24,
    seated: 12,
    withoutSeat: 12,
    ...facts,
  };
}

export function boardCounties(counties: BoardCounty[] = [aBoardCounty()]): BoardCounties {
  return { network: SAMPLE_NETWORK, run: A_RUN, counties };
}

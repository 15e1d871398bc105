import { expect, test } from '@jest/globals';
import { alignCohorts } from './align-cohorts.js';
import { day, NetworkBuilder } from './network.builder.js';

const options = {
  asOf: day('2026-06-30'),
  threshold: { numerator: 4n, denominator: 5n },
  commutingZoneOf: () => null,
};

test('a covered cohort takes the promised seat first, then the posted ones, each once', () => {
  const { network } = NetworkBuilder.withCollege()
    .unit('u1', ['iv:3'])
    .unit('u2', ['latin:1'], { hours: 10 })
    .cohort('cohort')
    .requirement('r1', ['iv:3'])
    .commitment('c1', 'r1');
  const { cohorts, totals } = alignCohorts(network, options);
  expect(cohorts[0]).toEqual({
    cohortId: 'cohort',
    expectedCompleters: 10,
    seated: 5,
    seatShare: 0.5,
    assigned: [
      { requirementId: 'r1', commitmentId: 'c1', count: 2 },
      { requirementId: 'r1', commitmentId: null, count: 3 },
    ],
    matches: [{ requirementId: 'r1', coverage: 1, gaps: [], missingCredentials: [], ready: true }],
    orphanHours: 10,
    orphanShare: 0.2,
    flags: [
      { code: 'educator-gap', since: '2025-01-01', because: ['r1'] },
      { code: 'oversupplied', since: '2026-06-30', because: ['r1'] },
    ],
    nextSteps: [],
  });
  expect(totals).toEqual({ seats: 5, seated: 5, completers: 10 });
});

test('an absurd headcount still seats everyone', () => {
  const { network } = NetworkBuilder.withCollege()
    .unit('u1', ['iv:3'])
    .cohort('cohort')
    .requirement('r1', ['iv:3'], { headcountPerYear: 3_000_000_000 });
  const { totals } = alignCohorts(network, options);
  expect(totals).toEqual({ seats: 3_000_000_000, seated: 10, completers: 10 });
});

test('the board learns what a cohort is measured by', () => {
  const { network } = new NetworkBuilder()
    .institution('college')
    .pathway('pathway')
    .version('version', {}, ['bls', 'rn'])
    .unit('u1', ['iv:3'])
    .cohort('soon')
    .cohort('later', { completesOn: day('2027-06-30') })
    .requirement('r2', ['iv:4'])
    .requirement('r1', ['iv:3', 'wound:1'], {}, { rn: 'preferred' })
    .requirement('other', ['iv:1'], { soc: '47-2111' }, { bls: 'required' })
    .commitment('k', 'r1', { seats: 7 });
  const { facts, demand } = alignCohorts(network, options);
  const measured = { mine: ['r1', 'r2'], bestCoverage: 0.75, awardedCredentialCount: 2, askedCredentialCount: 1 };
  expect(facts).toEqual([
    { cohortId: 'later', inRun: false, ...measured },
    { cohortId: 'soon', inRun: true, ...measured },
  ]);
  expect(demand).toEqual([
    { requirementId: 'other', promisedSeats: 0, postedHeadcount: 5 },
    { requirementId: 'r1', promisedSeats: 7, postedHeadcount: 5 },
    { requirementId: 'r2', promisedSeats: 0, postedHeadcount: 5 },
  ]);
});

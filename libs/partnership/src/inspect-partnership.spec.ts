import { expect, test } from '@jest/globals';
import { inspectPartnership } from './inspect-partnership.js';
import { aNetwork, daysAgo, TODAY } from './network.builder.js';

const network = aNetwork({
  requirements: [{}, { requirementId: 'later', recordedOn: daysAgo(-1) }],
  evidence: [
    { kind: 'meeting', occurredOn: daysAgo(400) },
    { kind: 'hire', occurredOn: daysAgo(10), confirmedOn: daysAgo(-1) },
    { kind: 'funding', occurredOn: daysAgo(10) },
    { kind: 'funding', occurredOn: daysAgo(-1) },
    { kind: 'tour', pathwayId: 'Q' },
  ],
  pathways: [{}, { pathwayId: 'Q' }],
  commitments: [
    { opensOn: daysAgo(99) },
    { pathwayId: null, opensOn: daysAgo(200) },
    { pathwayId: null, requirementId: 'later' },
    { pathwayId: 'Q' },
  ],
  activations: [
    { disposition: 'hired', answeredOn: daysAgo(50) },
    { commitmentId: 'c2', activatedOn: daysAgo(61) },
    { activatedOn: daysAgo(5), dueOn: daysAgo(-5) },
    { activatedOn: daysAgo(5), dueOn: daysAgo(-5), disposition: 'withdrawn', answeredOn: daysAgo(4) },
    { activatedOn: daysAgo(4), dueOn: daysAgo(-5), disposition: 'interview', answeredOn: daysAgo(4) },
    { commitmentId: 'c4' },
  ],
});
const options = { asOf: TODAY, commutingZoneOf: () => null };

test('a partnership shows each known row, whether it counts and how its promises stand', () => {
  const seen = inspectPartnership(network, { employerId: 'E', pathwayId: 'P' }, options);
  expect(seen?.result.rung).toBe(2);
  expect(seen?.evidence.map(({ row, rung, counts, confirmed }) => [row.evidenceId, rung, counts, confirmed])).toEqual([
    ['e2', 3, false, false],
    ['e3', 2, true, true],
    ['e1', 1, false, true],
  ]);
  expect(seen?.commitments.map((row) => row.commitmentId)).toEqual(['c2', 'c1']);
  expect(seen?.activations.map(({ row, state, answered }) => [row.activationId, state, answered])).toEqual([
    ['a5', 'waiting', true],
    ['a3', 'waiting', false],
    ['a4', 'withdrawn', true],
    ['a1', 'kept', true],
    ['a2', 'broken', false],
  ]);
  expect(seen?.kept).toEqual({ kept: 1, due: 2 });
});

test('nothing due yet has no kept rate', () => {
  const fresh = aNetwork({ commitments: [{}], activations: [{ dueOn: TODAY }] });
  expect(inspectPartnership(fresh, { employerId: 'E', pathwayId: 'P' }, options)?.kept).toBeNull();
});

test('an unknown partnership is null', () => {
  expect(inspectPartnership(network, { employerId: 'F', pathwayId: 'P' }, options)).toBeNull();
  expect(
    inspectPartnership(network, { employerId: 'E', pathwayId: 'P' }, { ...options, asOf: daysAgo(9000) }),
  ).toBeNull();
});

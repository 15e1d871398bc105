import { expect, test } from '@jest/globals';
import { type Activation, COMMITMENT_KINDS, type Commitment, JOB_KINDS } from '@throughway/vocabulary/network';
import { knownDemand } from './known-demand.js';
import { day, NetworkBuilder } from './network.builder.js';
import { openSeats } from './open-seats.js';

const asOf = day('2026-06-30');

function promisedSeats({ network }: NetworkBuilder): number {
  return openSeats(network, knownDemand(network, asOf), asOf).get('r1')?.promised ?? 0;
}

test.each<[string, Partial<Activation>, number]>([
  ['unanswered, due today', { dueOn: asOf }, 1],
  ['unanswered, due yesterday', { dueOn: asOf - 1 }, 2],
  ['activated tomorrow is not known', { activatedOn: asOf + 1, dueOn: asOf + 9 }, 2],
  ['hired', { answeredOn: asOf, disposition: 'hired' }, 1],
  ['offer', { answeredOn: asOf - 9, disposition: 'offer' }, 1],
  ['interview', { answeredOn: asOf - 9, disposition: 'interview' }, 1],
  ['declined', { answeredOn: asOf - 9, disposition: 'declined', dueOn: asOf + 9 }, 2],
  ['withdrawn', { answeredOn: asOf - 9, disposition: 'withdrawn', dueOn: asOf + 9 }, 2],
  ['declined tomorrow is unanswered today', { answeredOn: asOf + 1, disposition: 'declined', dueOn: asOf }, 1],
  ['hired tomorrow, overdue today', { answeredOn: asOf + 1, disposition: 'hired', dueOn: asOf - 1 }, 2],
])('of two seats, one activation that is %j leaves open %#', (_, activation, open) => {
  const builder = new NetworkBuilder().requirement('r1').commitment('k', 'r1').activation('a', 'k', activation);
  expect(promisedSeats(builder)).toBe(open);
});

test('open seats are never below zero', () => {
  const builder = new NetworkBuilder().requirement('r1').commitment('k', 'r1', { seats: 1 });
  builder.activation('a', 'k', { dueOn: asOf }).activation('b', 'k', { dueOn: asOf });
  expect(promisedSeats(builder)).toBe(0);
});

test.each<[string, Partial<Commitment>, number]>([
  ['opens today', { opensOn: asOf }, 2],
  ['opens tomorrow', { opensOn: asOf + 1 }, 0],
  ['closes today', { closesOn: asOf }, 2],
  ['closed yesterday', { closesOn: asOf - 1 }, 0],
])('a commitment that %s', (_, row, open) => {
  expect(promisedSeats(new NetworkBuilder().requirement('r1').commitment('k', 'r1', row))).toBe(open);
});

test.each(COMMITMENT_KINDS)('a %s gives seats only when it is a job', (kind) => {
  const builder = new NetworkBuilder().requirement('r1').commitment('k', 'r1', { kind });
  expect(promisedSeats(builder)).toBe(JOB_KINDS.includes(kind) ? 2 : 0);
});

test('the rest of the headcount is what the open job seats leave, and promises beyond it still count', () => {
  const { network } = new NetworkBuilder()
    .requirement('r1', [], { headcountPerYear: 5 })
    .requirement('r2', [], { headcountPerYear: 1 })
    .commitment('k2', 'r1')
    .commitment('k1', 'r1', { seats: 1 })
    .commitment('k3', 'r2');
  const seats = openSeats(network, knownDemand(network, asOf), asOf);
  const nodes = (id: string) =>
    seats.get(id)!.nodes.map(({ commitment, capacity }) => [commitment?.commitmentId ?? null, capacity]);
  expect(nodes('r1')).toEqual([
    ['k1', 1],
    ['k2', 2],
    [null, 2],
  ]);
  expect(nodes('r2')).toEqual([['k3', 2]]);
  expect(seats.get('r1')!.total).toBe(5);
  expect(seats.get('r2')!.total).toBe(2);
});

test.each([
  ['recorded today, effective today, reviewed by today', { recordedOn: asOf, effectiveOn: asOf, reviewBy: asOf }, true],
  ['recorded tomorrow', { recordedOn: asOf + 1, effectiveOn: asOf }, false],
  ['effective tomorrow', { effectiveOn: asOf + 1 }, false],
  ['to be reviewed by yesterday', { reviewBy: asOf - 1 }, false],
])('a requirement %s is live: %#', (_, row, live) => {
  const { network } = new NetworkBuilder().requirement('r1', [], row);
  expect(openSeats(network, knownDemand(network, asOf), asOf).has('r1')).toBe(live);
});

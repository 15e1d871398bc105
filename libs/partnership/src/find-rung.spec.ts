import { describe, expect, test } from '@jest/globals';
import type { Activation } from '@throughway/vocabulary/network';
import { assessPartnerships } from './assess-partnerships.js';
import { aNetwork, daysAgo, type NetworkDraft, TODAY } from './network.builder.js';

function rung(draft: NetworkDraft, asOf = TODAY): number | undefined {
  const [partnership] = assessPartnerships(aNetwork(draft), { asOf, commutingZoneOf: () => null });
  return partnership?.rung;
}

type Row = [title: string, rung: number, draft: NetworkDraft];
const check = (_title: string, expected: number, draft: NetworkDraft): void => expect(rung(draft)).toBe(expected);

const kept = (row: Partial<Activation> = {}): Partial<Activation> => ({
  disposition: 'hired',
  answeredOn: daysAgo(55),
  ...row,
});
const broken: Partial<Activation> = {};
const meeting = { kind: 'meeting' } as const;
const funding = { kind: 'funding' } as const;
const placement = { kind: 'paid-placement' } as const;
const receipt = { kind: 'curriculum-receipt' } as const;

describe('rungs 0–3 come from counted evidence', () => {
  test.each<Row>([
    ['nothing counted is dormant', 0, { evidence: [{ ...placement, confirmedOn: null }] }],
    ['a meeting is advisory', 1, { evidence: [meeting] }],
    ['a meeting beside money is contributing', 2, { evidence: [meeting, funding] }],
    ['a paid placement is hosting', 3, { evidence: [placement, funding, meeting] }],
    ['a paid placement counts on its 365th day', 3, { evidence: [{ ...placement, occurredOn: daysAgo(365) }] }],
    ['a paid placement stops counting on its 366th day', 0, { evidence: [{ ...placement, occurredOn: daysAgo(366) }] }],
  ])('%s: rung %d', check);
});

describe('an untested job commitment is rung 2', () => {
  test.each<Row>([
    ['on its first day', 2, { commitments: [{ opensOn: TODAY }] }],
    ['on its 180th day', 2, { commitments: [{ opensOn: daysAgo(180) }] }],
    ['not on its 181st', 0, { commitments: [{ opensOn: daysAgo(181) }] }],
    ['on the day it closes', 2, { commitments: [{ closesOn: TODAY }] }],
    ['not the day after', 0, { commitments: [{ closesOn: daysAgo(1) }] }],
    ['not when it only promises interviews', 0, { commitments: [{ kind: 'guaranteed-interview' }] }],
    [
      'not by a later one, once the first is closed',
      0,
      { commitments: [{ opensOn: daysAgo(101), closesOn: daysAgo(2) }, {}] },
    ],
    [
      'by a job, though an interview promise is older',
      2,
      { commitments: [{}, { kind: 'first-consideration', opensOn: daysAgo(900) }] },
    ],
    [
      'by the lesser id of two opened together',
      2,
      { commitments: [{ commitmentId: 'b', closesOn: daysAgo(2) }, { commitmentId: 'a' }] },
    ],
    ['not by the greater id', 0, { commitments: [{ commitmentId: 'a', closesOn: daysAgo(2) }, { commitmentId: 'b' }] }],
    ['on the due date of an activation', 2, { commitments: [{}], activations: [{ dueOn: TODAY }] }],
    ['not once one fell due', 0, { commitments: [{}], activations: [{ dueOn: daysAgo(1) }] }],
    [
      'not once one fell due on another commitment',
      0,
      { commitments: [{}, { kind: 'guaranteed-interview' }], activations: [{ commitmentId: 'c2' }] },
    ],
    [
      'still when the only one was withdrawn in time',
      2,
      { commitments: [{}], activations: [{ disposition: 'withdrawn', answeredOn: daysAgo(50) }] },
    ],
    [
      'not when it was withdrawn too late',
      0,
      { commitments: [{}], activations: [{ disposition: 'withdrawn', answeredOn: daysAgo(49) }] },
    ],
    [
      'while an earlier-opening blank one waits for its requirement to be recorded',
      2,
      {
        requirements: [{}, { requirementId: 'R2', recordedOn: daysAgo(-1) }],
        commitments: [{}, { requirementId: 'R2', pathwayId: null, opensOn: daysAgo(101), closesOn: daysAgo(99) }],
      },
    ],
  ])('%s: rung %d', check);
});

describe('rung 4 is an open promise with a kept rate of at least one half', () => {
  test.each<Row>([
    ['one kept', 4, { commitments: [{}], activations: [kept()] }],
    ['kept but not yet due is no rate', 2, { commitments: [{}], activations: [kept({ dueOn: TODAY })] }],
    ['due yesterday is', 4, { commitments: [{}], activations: [kept({ dueOn: daysAgo(1) })] }],
    [
      'due 365 days ago is',
      4,
      {
        commitments: [{ opensOn: daysAgo(500) }],
        activations: [kept({ activatedOn: daysAgo(400), dueOn: daysAgo(365), answeredOn: daysAgo(400) })],
      },
    ],
    [
      'due 366 days ago is not',
      0,
      {
        commitments: [{ opensOn: daysAgo(500) }],
        activations: [kept({ activatedOn: daysAgo(400), dueOn: daysAgo(366), answeredOn: daysAgo(400) })],
      },
    ],
    ['on the last day of the window', 4, { commitments: [{ closesOn: TODAY }], activations: [kept()] }],
    ['not after the window', 0, { commitments: [{ closesOn: daysAgo(1) }], activations: [kept()] }],
    [
      'not after the window, whatever stands below',
      3,
      { commitments: [{ closesOn: daysAgo(1) }], activations: [kept()], evidence: [placement] },
    ],
    [
      'a promise kept on a closed commitment speaks for an open one',
      4,
      { commitments: [{ closesOn: daysAgo(1) }, {}], activations: [kept()] },
    ],
    [
      'an interview kept on an interview promise is not enough',
      0,
      { commitments: [{ kind: 'guaranteed-interview' }], activations: [kept({ disposition: 'interview' })] },
    ],
    [
      'an offer is',
      4,
      { commitments: [{ kind: 'guaranteed-interview' }], activations: [kept({ disposition: 'offer' })] },
    ],
    [
      'an offer 365 days ago is',
      4,
      {
        commitments: [{ kind: 'first-consideration', opensOn: daysAgo(500) }],
        activations: [kept({ activatedOn: daysAgo(400), answeredOn: daysAgo(365) })],
      },
    ],
    [
      'an offer 366 days ago is not',
      0,
      {
        commitments: [{ kind: 'first-consideration', opensOn: daysAgo(500) }],
        activations: [kept({ activatedOn: daysAgo(400), answeredOn: daysAgo(366) })],
      },
    ],
    [
      'a hire on another commitment opens the interview promise',
      4,
      {
        commitments: [{ kind: 'guaranteed-interview' }, { closesOn: daysAgo(1) }],
        activations: [kept({ commitmentId: 'c2' })],
      },
    ],
  ])('%s: rung %d', check);
});

describe('broken promises cap at the highest of 0–3 until one is kept', () => {
  const late = kept({ dueOn: daysAgo(30), activatedOn: daysAgo(45) });
  test.each<Row>([
    ['half kept, none answered since', 0, { commitments: [{}], activations: [broken, kept()] }],
    [
      'half kept, none answered since, hosting',
      3,
      { commitments: [{}], activations: [broken, kept()], evidence: [placement] },
    ],
    [
      'one kept on the very due day of the broken one',
      0,
      { commitments: [{}], activations: [broken, { ...late, answeredOn: daysAgo(50) }] },
    ],
    ['one kept the day after', 4, { commitments: [{}], activations: [broken, { ...late, answeredOn: daysAgo(49) }] }],
    [
      'one kept since, but fewer than half',
      0,
      { commitments: [{}], activations: [broken, broken, { ...late, answeredOn: daysAgo(49) }] },
    ],
    [
      'kept before its due date has come',
      4,
      { commitments: [{}], activations: [broken, kept(), kept({ dueOn: daysAgo(-9), answeredOn: daysAgo(1) })] },
    ],
    [
      'broken years ago and never made good',
      0,
      {
        commitments: [{ opensOn: daysAgo(900) }],
        activations: [
          { activatedOn: daysAgo(900), dueOn: daysAgo(800) },
          kept({ answeredOn: daysAgo(800), activatedOn: daysAgo(801) }),
        ],
      },
    ],
    [
      'broken years ago and made good',
      4,
      {
        commitments: [{ opensOn: daysAgo(900) }],
        activations: [{ activatedOn: daysAgo(900), dueOn: daysAgo(800) }, kept()],
      },
    ],
    [
      'answered late by a hire does not make good',
      0,
      { commitments: [{}], activations: [{ disposition: 'hired', answeredOn: daysAgo(40) }, kept()] },
    ],
  ])('%s: rung %d', check);
});

describe('rung 5 is rung 4 with a curriculum receipt and promises kept to two cohorts', () => {
  const [first, second] = [kept({ cohortId: 'k1' }), kept({ cohortId: 'k2' })];
  test.each<Row>([
    ['both', 5, { commitments: [{}], activations: [first, second], evidence: [receipt] }],
    [
      'an old cohort is enough',
      5,
      {
        commitments: [{ opensOn: daysAgo(900) }],
        activations: [
          first,
          kept({ cohortId: 'k2', activatedOn: daysAgo(900), dueOn: daysAgo(800), answeredOn: daysAgo(850) }),
        ],
        evidence: [receipt],
      },
    ],
    ['one cohort twice', 4, { commitments: [{}], activations: [first, first], evidence: [receipt] }],
    ['a blank cohort is none', 4, { commitments: [{}], activations: [first, kept()], evidence: [receipt] }],
    [
      'a broken cohort is none',
      4,
      { commitments: [{}], activations: [first, { cohortId: 'k2', dueOn: daysAgo(58) }], evidence: [receipt] },
    ],
    ['no receipt', 4, { commitments: [{}], activations: [first, second], evidence: [funding] }],
    [
      'an unconfirmed receipt',
      4,
      { commitments: [{}], activations: [first, second], evidence: [{ ...receipt, confirmedOn: null }] },
    ],
    [
      'an aged receipt',
      4,
      { commitments: [{}], activations: [first, second], evidence: [{ ...receipt, occurredOn: daysAgo(366) }] },
    ],
    [
      'a receipt and two cohorts without an open commitment',
      2,
      { commitments: [{ closesOn: daysAgo(1) }], activations: [first, second], evidence: [receipt] },
    ],
  ])('%s: rung %d', check);
});

describe('what is not known yet does not count', () => {
  test.each<Row>([
    [
      'an answer from tomorrow',
      0,
      {
        commitments: [{}],
        activations: [
          kept(),
          { dueOn: daysAgo(-5) },
          { dueOn: daysAgo(1), disposition: 'hired', answeredOn: daysAgo(-1) },
        ],
      },
    ],
    [
      'an activation from tomorrow',
      4,
      { commitments: [{}], activations: [kept(), { activatedOn: daysAgo(-1), dueOn: daysAgo(5) }] },
    ],
    ['a commitment that opens tomorrow', 1, { commitments: [{ opensOn: daysAgo(-1) }], evidence: [meeting] }],
  ])('%s: rung %d', check);
});

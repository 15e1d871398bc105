import { describe, expect, test } from '@jest/globals';
import { EVIDENCE_KINDS, type Evidence } from '@throughway/vocabulary/network';
import { aNetwork, daysAgo, TODAY } from './network.builder.js';
import { countsOn, weighEvidence } from './weigh-evidence.js';

function counts(row: Partial<Evidence>): boolean {
  const [evidence] = aNetwork({ evidence: [row] }).evidence;
  return countsOn(weighEvidence(evidence as Evidence), TODAY);
}

test.each(EVIDENCE_KINDS)('a confirmed, timely, proven %s counts', (kind) => {
  expect(counts({ kind })).toBe(true);
});

describe('evidence counts', () => {
  test.each<[string, boolean, Partial<Evidence>]>([
    ['on the day it occurred', true, { occurredOn: TODAY }],
    ['365 days after it occurred', true, { occurredOn: daysAgo(365) }],
    ['not 366 days after it occurred', false, { occurredOn: daysAgo(366) }],
    ['not before it occurred', false, { occurredOn: daysAgo(-1), recordedOn: daysAgo(9), confirmedOn: daysAgo(9) }],
    ['once it is confirmed', true, { confirmedOn: TODAY }],
    ['not before it is confirmed', false, { confirmedOn: daysAgo(-1) }],
    ['not unconfirmed', false, { confirmedOn: null }],
    ['from the day it is recorded', true, { occurredOn: daysAgo(9), recordedOn: TODAY, confirmedOn: daysAgo(9) }],
    ['not before it is recorded', false, { occurredOn: daysAgo(9), recordedOn: daysAgo(-1), confirmedOn: daysAgo(9) }],
    ['recorded 30 days late', true, { occurredOn: daysAgo(90), recordedOn: daysAgo(60) }],
    ['not recorded 31 days late', false, { occurredOn: daysAgo(90), recordedOn: daysAgo(59) }],
    ['recorded 31 days late with a second person', true, { recordedOn: daysAgo(69), secondPerson: true }],
    ['recorded before it occurred', true, { occurredOn: daysAgo(5), recordedOn: daysAgo(100) }],
  ])('%s: %s', (_when, expected, row) => {
    expect(counts(row)).toBe(expected);
  });
});

describe.each(['paid-placement', 'apprenticeship', 'clinical'] as const)('%s', (kind) => {
  test.each<[string, boolean, Partial<Evidence>]>([
    ['with hours, agreement and evaluation', true, { quantity: 0.5, agreementOn: TODAY, evaluatedOn: TODAY }],
    ['without hours', false, { quantity: 0 }],
    ['without agreement', false, { agreementOn: null }],
    ['with an agreement from tomorrow on', false, { agreementOn: daysAgo(-1) }],
    ['without evaluation', false, { evaluatedOn: null }],
    ['with an evaluation tomorrow', false, { evaluatedOn: daysAgo(-1) }],
  ])('%s counts: %s', (_with, expected, row) => {
    expect(counts({ kind, ...row })).toBe(expected);
  });
});

test.each<[string, boolean, Partial<Evidence>]>([
  [
    'an unpaid placement with hours but no papers',
    true,
    { kind: 'unpaid-placement', agreementOn: null, evaluatedOn: null },
  ],
  ['an unpaid placement without hours', false, { kind: 'unpaid-placement', quantity: 0 }],
  ['a hire without quantity and papers', true, { kind: 'hire', quantity: 0, agreementOn: null, evaluatedOn: null }],
  ['a curriculum receipt without quantity', true, { kind: 'curriculum-receipt', quantity: 0 }],
])('%s counts: %s', (_what, expected, row) => {
  expect(counts(row)).toBe(expected);
});

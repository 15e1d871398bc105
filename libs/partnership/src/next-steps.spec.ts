import { expect, test } from '@jest/globals';
import type { PartnershipStepCode } from '@throughway/vocabulary/alignment-result';
import { assessPartnerships } from './assess-partnerships.js';
import { aNetwork, daysAgo, type NetworkDraft, TODAY } from './network.builder.js';

function steps(draft: NetworkDraft): PartnershipStepCode[] | undefined {
  return assessPartnerships(aNetwork(draft), { asOf: TODAY, commutingZoneOf: () => null })[0]?.nextSteps;
}

const hired = { disposition: 'hired', answeredOn: daysAgo(55) } as const;
const hire = { kind: 'hire' } as const;
const unconfirmed = { confirmedOn: null };

test.each<[string, PartnershipStepCode[], NetworkDraft]>([
  ['an unconfirmed meeting would end dormancy', ['confirm-evidence', 'host-placement'], { evidence: [unconfirmed] }],
  [
    'one confirmed tomorrow is unconfirmed today',
    ['confirm-evidence', 'host-placement'],
    { evidence: [{ confirmedOn: daysAgo(-1) }] },
  ],
  ['an unconfirmed meeting beside a confirmed one raises nothing', ['host-placement'], { evidence: [{}, unconfirmed] }],
  [
    'an unconfirmed meeting of a year and a day ago raises nothing',
    ['host-placement'],
    { evidence: [{ ...unconfirmed, occurredOn: daysAgo(366) }] },
  ],
  [
    'an unconfirmed, back-dated meeting raises nothing',
    ['host-placement'],
    { evidence: [{ ...unconfirmed, recordedOn: daysAgo(1) }] },
  ],
  [
    'an unconfirmed, unevaluated placement raises nothing',
    ['host-placement'],
    { evidence: [{ ...unconfirmed, kind: 'clinical', evaluatedOn: null }] },
  ],
  [
    'an unconfirmed meeting recorded tomorrow is unheard of',
    ['host-placement'],
    { evidence: [{}, { ...unconfirmed, kind: 'hire', recordedOn: daysAgo(-1) }] },
  ],
  ['contributing', ['host-placement'], { evidence: [{ kind: 'funding' }] }],
  ['hosting without a commitment', ['make-commitment'], { evidence: [hire] }],
  ['hosting with an open interview promise', [], { evidence: [hire], commitments: [{ kind: 'guaranteed-interview' }] }],
  ['hosting with a promise on its last day', [], { evidence: [hire], commitments: [{ closesOn: TODAY }] }],
  [
    'hosting with a promise closed yesterday',
    ['make-commitment'],
    { evidence: [hire], commitments: [{ closesOn: daysAgo(1) }] },
  ],
  [
    'hosting with a promise from tomorrow',
    ['make-commitment'],
    { evidence: [hire], commitments: [{ opensOn: daysAgo(-1) }] },
  ],
  [
    'a waiting graduate, due or not',
    ['answer-activation'],
    { evidence: [hire], commitments: [{}], activations: [{ dueOn: daysAgo(-5) }] },
  ],
  [
    'a waiting graduate long past due',
    ['answer-activation'],
    { evidence: [hire], commitments: [{}], activations: [{}] },
  ],
  [
    'an answer from tomorrow is none',
    ['answer-activation'],
    { evidence: [hire], commitments: [{}], activations: [{ ...hired, answeredOn: daysAgo(-1) }] },
  ],
  [
    'an answer that breaks the promise is an answer',
    [],
    { evidence: [hire], commitments: [{}], activations: [{ ...hired, disposition: 'declined' }] },
  ],
  [
    'an activation from tomorrow waits for nobody',
    [],
    { evidence: [hire], commitments: [{}], activations: [{ activatedOn: daysAgo(-1) }] },
  ],
  [
    'a receipt to confirm stands between rung 4 and 5',
    ['confirm-evidence'],
    {
      evidence: [{ kind: 'curriculum-receipt', ...unconfirmed }],
      commitments: [{}],
      activations: [
        { ...hired, cohortId: 'k1' },
        { ...hired, cohortId: 'k2' },
      ],
    },
  ],
  [
    'everything at once, in order',
    ['confirm-evidence', 'answer-activation', 'review-requirements', 'host-placement'],
    {
      requirements: [{ reviewBy: daysAgo(1) }],
      evidence: [unconfirmed],
      commitments: [{}],
      activations: [{}],
    },
  ],
])('%s: %j', (_title, expected, draft) => {
  expect(steps(draft)).toEqual(expected);
});

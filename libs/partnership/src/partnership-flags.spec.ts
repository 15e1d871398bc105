import { describe, expect, test } from '@jest/globals';
import type { PartnershipFlagCode } from '@throughway/vocabulary/alignment-result';
import { assessPartnerships } from './assess-partnerships.js';
import { aNetwork, daysAgo, type NetworkDraft, TODAY } from './network.builder.js';

type Row = [title: string, because: string[] | null, draft: NetworkDraft];

/** The ids that raise the flag, or null when it does not stand. */
function because(code: PartnershipFlagCode, draft: NetworkDraft): string[] | null {
  const [partnership] = assessPartnerships(aNetwork(draft), { asOf: TODAY, commutingZoneOf: () => null });
  return partnership?.flags.find((flag) => flag.code === code)?.because ?? null;
}

function table(code: PartnershipFlagCode, rows: Row[]): void {
  describe(code, () => {
    test.each(rows)('%s: %j', (_title, expected, draft) => {
      expect(because(code, draft)).toEqual(expected);
    });
  });
}

const meeting = { kind: 'meeting' } as const;
const hired = { disposition: 'hired', answeredOn: daysAgo(55) } as const;

table('advisory-only', [
  [
    'rung 1 names all counted evidence, sorted',
    ['e1', 'e2'],
    {
      evidence: [
        { ...meeting, evidenceId: 'e2' },
        { kind: 'logo', evidenceId: 'e1' },
        { ...meeting, confirmedOn: null },
      ],
    },
  ],
  ['rung 0 is not advisory', null, { evidence: [{ ...meeting, confirmedOn: null }] }],
  ['rung 2 is not advisory', null, { evidence: [meeting, { kind: 'funding' }] }],
]);

table('dormant', [
  [
    'rung 0 names all known evidence',
    ['e1', 'e2'],
    {
      evidence: [
        { confirmedOn: null },
        { occurredOn: daysAgo(900) },
        { occurredOn: daysAgo(-1) },
        { recordedOn: daysAgo(-1) },
      ],
    },
  ],
  ['a lapsed commitment alone names nothing', [], { commitments: [{ closesOn: daysAgo(1) }] }],
  ['rung 1 is not dormant', null, { evidence: [meeting] }],
]);

table('promise-broken', [
  ['due yesterday, unanswered', ['a1'], { commitments: [{}], activations: [{ dueOn: daysAgo(1) }] }],
  ['due today', null, { commitments: [{}], activations: [{ dueOn: TODAY }] }],
  [
    'due 365 days ago',
    ['a1'],
    { commitments: [{ opensOn: daysAgo(500) }], activations: [{ activatedOn: daysAgo(400), dueOn: daysAgo(365) }] },
  ],
  [
    'due 366 days ago',
    null,
    { commitments: [{ opensOn: daysAgo(500) }], activations: [{ activatedOn: daysAgo(400), dueOn: daysAgo(366) }] },
  ],
  ['one among many kept', ['a2'], { commitments: [{}], activations: [hired, {}, hired, hired] }],
  [
    'answered by a bare refusal',
    ['a1'],
    { commitments: [{}], activations: [{ disposition: 'declined', answeredOn: daysAgo(55) }] },
  ],
  ['answered late', ['a1'], { commitments: [{}], activations: [{ disposition: 'hired', answeredOn: daysAgo(49) }] }],
  [
    'withdrawn in time',
    null,
    { commitments: [{}], activations: [{ disposition: 'withdrawn', answeredOn: daysAgo(50) }] },
  ],
  [
    'on a commitment to another pathway',
    null,
    {
      pathways: [{}, { pathwayId: 'Q' }],
      commitments: [{ pathwayId: 'Q' }],
      activations: [{}],
      evidence: [meeting],
    },
  ],
]);

table('promise-untested', [
  ['open for 181 days', ['c1'], { commitments: [{ opensOn: daysAgo(181) }] }],
  ['open for 180 days', null, { commitments: [{ opensOn: daysAgo(180) }] }],
  [
    'once for an occupation that the pathway targets twice',
    ['c1'],
    {
      pathways: [{ targetSocs: ['29-1141', '29-1141.00'] }],
      commitments: [{ pathwayId: null, opensOn: daysAgo(181) }],
    },
  ],
  ['interview promises too', ['c1'], { commitments: [{ opensOn: daysAgo(181), kind: 'guaranteed-interview' }] }],
  ['on its last day', ['c1'], { commitments: [{ opensOn: daysAgo(181), closesOn: TODAY }] }],
  ['closed', null, { commitments: [{ opensOn: daysAgo(181), closesOn: daysAgo(1) }] }],
  ['one fell due', null, { commitments: [{ opensOn: daysAgo(181) }], activations: [{ dueOn: daysAgo(1) }] }],
  ['one falls due today', ['c1'], { commitments: [{ opensOn: daysAgo(181) }], activations: [{ dueOn: TODAY }] }],
  [
    'one kept before its due date of today',
    ['c1'],
    { commitments: [{ opensOn: daysAgo(181) }], activations: [{ ...hired, dueOn: TODAY }] },
  ],
  [
    'one from tomorrow claims to have been due',
    ['c1'],
    { commitments: [{ opensOn: daysAgo(181) }], activations: [{ activatedOn: daysAgo(-1), dueOn: daysAgo(1) }] },
  ],
  [
    'one was withdrawn in time',
    ['c1'],
    { commitments: [{ opensOn: daysAgo(181) }], activations: [{ disposition: 'withdrawn', answeredOn: daysAgo(50) }] },
  ],
  [
    'one fell due on another commitment only',
    ['c2'],
    { commitments: [{}, { opensOn: daysAgo(181) }], activations: [{}] },
  ],
]);

const stale = { effectiveOn: daysAgo(90), reviewBy: daysAgo(1) };
table('requirements-stale', [
  ['past its review date', ['R'], { requirements: [stale], evidence: [meeting] }],
  ['on its review date', null, { requirements: [{ ...stale, reviewBy: TODAY }], evidence: [meeting] }],
  ['recorded tomorrow', null, { requirements: [{ ...stale, recordedOn: daysAgo(-1) }], evidence: [meeting] }],
  ['in detail of the same occupation', ['R'], { requirements: [{ ...stale, soc: '29-1141.01' }], evidence: [meeting] }],
  [
    'once for an occupation that the pathway targets twice',
    ['R'],
    { pathways: [{ targetSocs: ['29-1141', '29-1141.00'] }], requirements: [stale], evidence: [meeting] },
  ],
  ['in another occupation', null, { requirements: [{ ...stale, soc: '29-1142' }], evidence: [meeting] }],
  ['beside a live one', ['R2'], { requirements: [{}, { ...stale, requirementId: 'R2' }], evidence: [meeting] }],
  [
    'of another employer',
    null,
    {
      sites: [{}, { siteId: 'T', employerId: 'F' }],
      requirements: [{ ...stale, employerId: 'F', siteId: 'T' }],
      evidence: [meeting],
    },
  ],
]);

/** Another employer's requirement, recorded `asked` days ago, and this employer's, `own` days ago; a version in between. */
const region = (asked: number, own: number, county = '21193'): Pick<NetworkDraft, 'sites' | 'requirements'> => ({
  sites: [{}, { siteId: 'T', employerId: 'F', countyFips: county }],
  requirements: [
    { requirementId: 'first', employerId: 'F', siteId: 'T', soc: '11-1011', recordedOn: daysAgo(asked) },
    { recordedOn: daysAgo(own) },
  ],
});
const adopted = (...days: number[]): Pick<NetworkDraft, 'versions'> => ({
  versions: days.map((count) => ({ adoptedOn: daysAgo(count) })),
});
table('rubber-stamp', [
  [
    'adopted between the first requirement in reach and the own',
    ['e1'],
    { ...region(800, 600), ...adopted(700), evidence: [meeting, { kind: 'logo' }] },
  ],
  [
    'by survey and letter',
    ['e1', 'e2'],
    { ...region(800, 600), ...adopted(700), evidence: [{ kind: 'survey' }, { kind: 'letter' }] },
  ],
  ['beside deeper evidence', ['e1'], { ...region(800, 600), ...adopted(700), evidence: [meeting, { kind: 'hire' }] }],
  [
    'without counted approval',
    null,
    { ...region(800, 600), ...adopted(700), evidence: [{ kind: 'logo' }, { confirmedOn: null }] },
  ],
  ['adopted on the day of the first requirement', null, { ...region(700, 600), ...adopted(700), evidence: [meeting] }],
  [
    'adopted the day after the first requirement',
    ['e1'],
    { ...region(701, 600), ...adopted(700), evidence: [meeting] },
  ],
  ['adopted on the day of the own requirement', null, { ...region(800, 700), ...adopted(700), evidence: [meeting] }],
  ['adopted the day before the own requirement', ['e1'], { ...region(800, 699), ...adopted(700), evidence: [meeting] }],
  ['no own requirement recorded yet', ['e1'], { ...region(800, -1), ...adopted(700), evidence: [meeting] }],
  [
    'own requirement for another occupation only',
    ['e1'],
    {
      requirements: [{ soc: '11-1011', recordedOn: daysAgo(800) }],
      ...adopted(700),
      evidence: [meeting],
    },
  ],
  ['first requirement out of reach', null, { ...region(800, 600, '21195'), ...adopted(700), evidence: [meeting] }],
  [
    'first requirement in declared reach',
    ['e1'],
    {
      ...region(800, 600, '21195'),
      institutions: [{ reach: ['21195'] }],
      ...adopted(700),
      evidence: [meeting],
    },
  ],
  ['a later version listened', null, { ...region(800, 600), ...adopted(700, 500), evidence: [meeting] }],
  ['a version of tomorrow does not', ['e1'], { ...region(800, 600), ...adopted(700, -1), evidence: [meeting] }],
  ['no version', null, { ...region(800, 600), evidence: [meeting] }],
]);

table('slipping', [
  [
    'a meeting about to age, in 60 days',
    ['e1', 'e2'],
    { evidence: [{ occurredOn: daysAgo(306) }, { occurredOn: daysAgo(700) }] },
  ],
  ['in 61 days', null, { evidence: [{ occurredOn: daysAgo(305) }] }],
  ['tomorrow', ['e1'], { evidence: [{ occurredOn: daysAgo(365) }] }],
  ['already gone', null, { evidence: [{ occurredOn: daysAgo(366) }] }],
  ['another holds', null, { evidence: [{ occurredOn: daysAgo(306) }, {}] }],
  ['an untested commitment, 180 days in 60', [], { commitments: [{ opensOn: daysAgo(121) }] }],
  ['an untested commitment, 180 days in 61', null, { commitments: [{ opensOn: daysAgo(120) }] }],
  ['an untested commitment that closes on the 59th day', [], { commitments: [{ closesOn: daysAgo(-59) }] }],
  ['an untested commitment that closes on the 60th day', null, { commitments: [{ closesOn: daysAgo(-60) }] }],
  ['a waiting activation will break', [], { commitments: [{}], activations: [{ dueOn: daysAgo(-59) }] }],
  ['a waiting activation will break later', null, { commitments: [{}], activations: [{ dueOn: daysAgo(-60) }] }],
  [
    'an early answer from tomorrow does not help',
    [],
    { commitments: [{}], activations: [{ dueOn: daysAgo(-5), disposition: 'hired', answeredOn: daysAgo(-1) }] },
  ],
  [
    'an early answer of today does: the rung rises',
    null,
    { commitments: [{}], activations: [{ dueOn: daysAgo(-5), disposition: 'hired', answeredOn: TODAY }] },
  ],
  [
    'a withdrawal of today leaves all as it was',
    null,
    { commitments: [{}], activations: [{ dueOn: daysAgo(-5), disposition: 'withdrawn', answeredOn: TODAY }] },
  ],
  [
    'a second activation will break and cap a kept promise',
    [],
    { commitments: [{}], activations: [hired, { dueOn: daysAgo(-5) }] },
  ],
  [
    'low for some days only',
    ['e1'],
    {
      commitments: [{ opensOn: daysAgo(400), closesOn: daysAgo(-100) }],
      activations: [{ ...hired, activatedOn: daysAgo(390), answeredOn: daysAgo(380), dueOn: daysAgo(-20) }],
      evidence: [{ occurredOn: daysAgo(363) }],
    },
  ],
  [
    'an opening of next week does not count yet',
    ['e1'],
    { commitments: [{ opensOn: daysAgo(-1) }], evidence: [{ occurredOn: daysAgo(360) }] },
  ],
  [
    'an unconfirmed successor does not count',
    ['e1', 'e2'],
    { evidence: [{ occurredOn: daysAgo(360) }, { confirmedOn: daysAgo(-1) }] },
  ],
]);

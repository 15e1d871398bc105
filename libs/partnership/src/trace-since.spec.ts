import { describe, expect, test } from '@jest/globals';
import type { PartnershipFlagCode } from '@throughway/vocabulary/alignment-result';
import { parseDay } from '@throughway/vocabulary/local-date';
import { assessPartnerships } from './assess-partnerships.js';
import { aNetwork, daysAgo, type NetworkDraft, TODAY } from './network.builder.js';

/** How many days ago the flag began, or null when it does not stand. */
function since(code: PartnershipFlagCode, draft: NetworkDraft): number | null {
  const [partnership] = assessPartnerships(aNetwork(draft), { asOf: TODAY, commutingZoneOf: () => null });
  const flag = partnership?.flags.find((each) => each.code === code);
  return flag ? TODAY - (parseDay(flag.since) ?? NaN) : null;
}

const meeting = (occurred: number, confirmed = occurred) => ({
  occurredOn: daysAgo(occurred),
  confirmedOn: daysAgo(confirmed),
});
const answered = (days: number) => ({ disposition: 'hired', answeredOn: daysAgo(days) }) as const;

describe('a flag stands since', () => {
  test.each<[string, PartnershipFlagCode, number, NetworkDraft]>([
    ['the confirmation of the first meeting', 'advisory-only', 90, { evidence: [meeting(100, 90)] }],
    ['the first of a row of meetings', 'advisory-only', 700, { evidence: [meeting(100), meeting(400), meeting(700)] }],
    ['the meeting after a gap of a day', 'advisory-only', 33, { evidence: [meeting(33), meeting(400)] }],
    [
      'no gap when the next meeting comes on the 366th day',
      'advisory-only',
      400,
      { evidence: [meeting(34), meeting(400)] },
    ],
    [
      'the day after deeper evidence ran out',
      'advisory-only',
      34,
      { evidence: [meeting(100), { kind: 'hire', occurredOn: daysAgo(400) }] },
    ],
    [
      'the record, though confirmation and occurrence were earlier',
      'advisory-only',
      80,
      { evidence: [{ ...meeting(100), recordedOn: daysAgo(80) }] },
    ],
    [
      'the first known day, when nothing ever counted',
      'dormant',
      100,
      { evidence: [{ occurredOn: daysAgo(100), confirmedOn: null }] },
    ],
    ['the day after the last meeting ran out', 'dormant', 34, { evidence: [meeting(400)] }],
    [
      'the day after a commitment closed, not the first known day before it opened',
      'dormant',
      199,
      {
        commitments: [{ opensOn: daysAgo(250), closesOn: daysAgo(200) }],
        evidence: [{ occurredOn: daysAgo(300), confirmedOn: null }],
      },
    ],
    [
      'the first known day even when what followed was unconfirmed',
      'dormant',
      500,
      { evidence: [50, 500].map((days) => ({ occurredOn: daysAgo(days), confirmedOn: null })) },
    ],
    ['today', 'advisory-only', 0, { evidence: [meeting(10, 0)] }],
    ['the day after the due date', 'promise-broken', 49, { commitments: [{}], activations: [{ dueOn: daysAgo(50) }] }],
    [
      'the day after the due date, though an answer came late',
      'promise-broken',
      49,
      { commitments: [{}], activations: [{ dueOn: daysAgo(50), ...answered(40) }] },
    ],
    [
      'the first of overlapping broken promises',
      'promise-broken',
      499,
      {
        commitments: [{ opensOn: daysAgo(900) }],
        activations: [
          { dueOn: daysAgo(500), activatedOn: daysAgo(510) },
          { dueOn: daysAgo(135), activatedOn: daysAgo(140) },
        ],
      },
    ],
    [
      'the second when the first was over',
      'promise-broken',
      133,
      {
        commitments: [{ opensOn: daysAgo(900) }],
        activations: [
          { dueOn: daysAgo(500), activatedOn: daysAgo(510) },
          { dueOn: daysAgo(134), activatedOn: daysAgo(140) },
        ],
      },
    ],
    ['the 181st day of the commitment', 'promise-untested', 19, { commitments: [{ opensOn: daysAgo(200) }] }],
    [
      'the first known day, when requirements were stale before',
      'requirements-stale',
      100,
      { requirements: [{ reviewBy: daysAgo(500) }], evidence: [meeting(100)] },
    ],
    [
      'the day after the review date',
      'requirements-stale',
      29,
      { requirements: [{ reviewBy: daysAgo(30) }], evidence: [meeting(100)] },
    ],
    [
      'the record of a requirement that was stale when recorded',
      'requirements-stale',
      20,
      { requirements: [{ reviewBy: daysAgo(30), recordedOn: daysAgo(20) }], evidence: [meeting(100)] },
    ],
    [
      'the adoption of the version',
      'rubber-stamp',
      300,
      {
        requirements: [{ recordedOn: daysAgo(900), soc: '11-1011' }],
        versions: [{ adoptedOn: daysAgo(300) }],
        evidence: [meeting(310)],
      },
    ],
    ['60 days before the evidence is gone', 'slipping', 25, { evidence: [meeting(331)] }],
    [
      'the answer that lifted the cap, when the window was about to close',
      'slipping',
      40,
      {
        commitments: [{ opensOn: daysAgo(400), closesOn: daysAgo(-10) }],
        activations: [
          { activatedOn: daysAgo(310), dueOn: daysAgo(290), ...answered(305) },
          { activatedOn: daysAgo(310), dueOn: daysAgo(300) },
          { activatedOn: daysAgo(60), dueOn: daysAgo(20), ...answered(40) },
        ],
      },
    ],
    [
      '60 days before the offer that opened an interview promise is a year old',
      'slipping',
      39,
      {
        commitments: [{ kind: 'guaranteed-interview', opensOn: daysAgo(400) }],
        activations: [
          { activatedOn: daysAgo(350), dueOn: daysAgo(330), disposition: 'offer', answeredOn: daysAgo(345) },
          { activatedOn: daysAgo(110), dueOn: daysAgo(100), disposition: 'interview', answeredOn: daysAgo(105) },
        ],
      },
    ],
    ['the day on which the evidence that will be gone was confirmed', 'slipping', 3, { evidence: [meeting(350, 3)] }],
    [
      'the day on which an activation began to threaten',
      'slipping',
      5,
      { commitments: [{ opensOn: daysAgo(20) }], activations: [{ activatedOn: daysAgo(5), dueOn: daysAgo(-5) }] },
    ],
  ])('%s: %s, %d days ago', (_title, code, expected, draft) => {
    expect(since(code, draft)).toBe(expected);
  });
});

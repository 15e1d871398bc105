import { describe, expect, test } from '@jest/globals';
import { type Activation, type CommitmentKind, DISPOSITIONS } from '@throughway/vocabulary/network';
import { aNetwork, daysAgo, TODAY } from './network.builder.js';
import { activationState, weighCommitment, type WeighedCommitment } from './weigh-commitment.js';

function weigh(kind: CommitmentKind, activation: Partial<Activation>, pathwayId: string | null = 'P') {
  const network = aNetwork({
    requirements: [{ recordedOn: daysAgo(80) }],
    commitments: [{ kind, pathwayId }],
    activations: [activation],
  });
  const [commitment] = network.commitments.map((row) =>
    network.requirements.map((requirement) => weighCommitment(row, requirement, network.activations)),
  );
  return (commitment as WeighedCommitment[])[0] as WeighedCommitment;
}

function state(kind: CommitmentKind, activation: Partial<Activation>, known = TODAY, on = TODAY) {
  const [weighed] = weigh(kind, activation).activations;
  return weighed && activationState(weighed, known, on);
}

describe('an answer by the due date keeps the promise of', () => {
  const cases: [CommitmentKind, Activation['disposition'][]][] = [
    ['guaranteed-interview', ['interview', 'offer', 'hired']],
    ['first-consideration', ['interview', 'offer', 'hired', 'declined']],
    ['conditional-offer', ['offer', 'hired']],
    ['direct-hire', ['offer', 'hired']],
    ['apprenticeship-entry', ['offer', 'hired']],
  ];
  test.each(cases)('%s when it is %j; any other breaks it, and a withdrawal leaves the count', (kind, keeping) => {
    for (const disposition of DISPOSITIONS) {
      const expected = disposition === 'withdrawn' ? 'withdrawn' : keeping.includes(disposition) ? 'kept' : 'broken';
      const answer = { dueOn: daysAgo(50), disposition, reason: 'other' };
      expect([disposition, state(kind, { ...answer, answeredOn: daysAgo(50) })]).toEqual([disposition, expected]);
      expect([disposition, state(kind, { ...answer, answeredOn: daysAgo(49) })]).toEqual([disposition, 'broken']);
    }
  });

  test.each<[CommitmentKind, string]>([
    ['guaranteed-interview', 'broken'],
    ['first-consideration', 'kept'],
    ['conditional-offer', 'kept'],
    ['direct-hire', 'kept'],
    ['apprenticeship-entry', 'kept'],
  ])('%s declined because a written condition was not met is %s', (kind, expected) => {
    const declined = { disposition: 'declined', answeredOn: daysAgo(51), reason: 'condition-not-met' } as const;
    expect(state(kind, declined)).toBe(expected);
  });

  test('a job declined without a reason is broken', () => {
    expect(state('direct-hire', { disposition: 'declined', answeredOn: daysAgo(51) })).toBe('broken');
  });
});

describe('before the answer or the due date', () => {
  const hired = { dueOn: TODAY, disposition: 'hired', answeredOn: TODAY } as const;
  test.each([
    ['waiting on its due date', { dueOn: TODAY }, TODAY, TODAY, 'waiting'],
    ['broken the day after', { dueOn: daysAgo(1) }, TODAY, TODAY, 'broken'],
    [
      'waiting on its due date with an answer that keeps nothing',
      { dueOn: TODAY, disposition: 'interview', answeredOn: daysAgo(3) },
      TODAY,
      TODAY,
      'waiting',
    ],
    ['kept once answered, even on the due date', hired, TODAY, TODAY, 'kept'],
    ['waiting the day before the answer', hired, daysAgo(1), daysAgo(1), 'waiting'],
    ['broken when looking ahead past the due date without the answer', hired, daysAgo(1), daysAgo(-1), 'broken'],
    ['kept when looking ahead with the answer', hired, TODAY, daysAgo(-1), 'kept'],
  ] as const)('an activation is %s', (_title, activation, known, on, expected) => {
    expect(state('direct-hire', activation, known, on)).toBe(expected);
  });
});

describe('a commitment applies', () => {
  test('from its opening when it names the pathway, though its requirement came later', () => {
    expect(weigh('direct-hire', {}, 'P').appliesFrom).toBe(daysAgo(100));
  });
  test('not before its requirement is recorded when the requirement is what ties it to the pathway', () => {
    const { appliesFrom, activations } = weigh('direct-hire', { activatedOn: daysAgo(90) }, null);
    expect([appliesFrom, activations[0]?.knownFrom]).toEqual([daysAgo(80), daysAgo(80)]);
  });
});

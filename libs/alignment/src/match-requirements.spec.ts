import { describe, expect, test } from '@jest/globals';
import { type CohortResult } from '@throughway/vocabulary/alignment-result';
import { alignCohorts } from './align-cohorts.js';
import { day, NetworkBuilder } from './network.builder.js';

function cohortOf({ network }: NetworkBuilder, cohortId = 'cohort'): CohortResult {
  const { cohorts } = alignCohorts(network, {
    asOf: day('2026-06-30'),
    threshold: { numerator: 4n, denominator: 5n },
    commutingZoneOf: () => null,
  });
  return cohorts.find((candidate) => candidate.cohortId === cohortId)!;
}

const college = (...skills: string[]): NetworkBuilder =>
  NetworkBuilder.withCollege().unit('u1', skills).cohort('cohort');

describe('coverage', () => {
  test.each([
    ['every skill at its level', ['iv:3', 'wound:2'], 1],
    ['a level above earns no more', ['iv:2', 'wound:1'], 1],
    ['half a level earns half', ['iv:3', 'wound:4'], 0.75],
    ['votes weigh 3 to 1', ['iv:3:day-one:essential', 'latin:1:day-one:useful'], 0.75],
    ['important weighs 2, blank 1', ['iv:3:day-one:important', 'latin:1'], 2 / 3],
    ['only day-one skills count', ['iv:3', 'latin:4:trainable', 'greek:4:preferred'], 1],
    ['no day-one skill leaves it undefined', ['iv:3:trainable'], null],
    ['nothing taught of it is 0', ['latin:1'], 0],
  ])('%s', (_, asked, coverage) => {
    const { matches } = cohortOf(college('iv:3', 'wound:2').requirement('r1', asked));
    expect(matches.map((match) => match.coverage)).toEqual([coverage]);
  });

  test('a skill is taught to the highest level of any unit', () => {
    const { matches } = cohortOf(college('iv:1').unit('u2', ['iv:3']).unit('u3', ['iv:2']).requirement('r1', ['iv:3']));
    expect(matches[0]).toMatchObject({ coverage: 1, gaps: [], ready: true });
  });

  test('without day-one skills ready asks for credentials only', () => {
    const builder = college().requirement('r1').requirement('r2', [], {}, { rn: 'required' });
    expect(cohortOf(builder).matches.map(({ requirementId, ready }) => [requirementId, ready])).toEqual([
      ['r1', true],
      ['r2', false],
    ]);
    expect(cohortOf(builder).seated).toBe(0);
  });

  test('gaps and missing credentials are listed by id', () => {
    const { matches } = cohortOf(
      college('iv:2').requirement('r1', ['wound:2', 'iv:3', 'a:1:preferred'], {}, { rn: 'required', bls: 'required' }),
    );
    expect(matches[0]).toEqual({
      requirementId: 'r1',
      coverage: 1 / 3,
      gaps: [
        { skillId: 'iv', taught: 2, required: 3 },
        { skillId: 'wound', taught: 0, required: 2 },
      ],
      missingCredentials: ['bls', 'rn'],
      ready: false,
    });
  });
});

describe('matches', () => {
  test('list mine whatever its coverage, and the ten best others above zero, ties by id', () => {
    const builder = college('iv:2').requirement('mine', ['latin:1']).requirement('undefined');
    for (const id of ['k', 'j', 'i', 'h', 'g', 'f', 'e', 'd', 'c', 'b', 'a'])
      builder.requirement(id, ['iv:4'], { soc: '47-2111' });
    builder
      .requirement('best', ['iv:2'], { soc: '47-2111' })
      .requirement('none', ['latin:1'], { soc: '47-2111' })
      .requirement('far', ['iv:1'], { soc: '47-2111', county: '21111' });
    expect(cohortOf(builder).matches.map(({ requirementId }) => requirementId)).toEqual([
      ...['best', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'],
      ...['mine', 'undefined'],
    ]);
  });

  test('occupations compare on seven characters', () => {
    const builder = college('iv:3').requirement('r1', ['iv:3'], { soc: '29-1141.01' });
    expect(cohortOf(builder).seated).toBe(5);
  });
});

describe('orphan content', () => {
  test.each<[string, string[], string[], number]>([
    ['a unit none of whose skills is listed', ['latin:1', 'greek:1'], [], 10],
    ['a unit one of whose skills is preferred', ['latin:1', 'greek:1'], ['greek:4:preferred'], 0],
    ['a unit without skills is no orphan', [], [], 0],
  ])('%s', (_, skills, alsoAsked, hours) => {
    const builder = college('iv:3')
      .unit('u2', skills, { hours: 10 })
      .requirement('r1', ['iv:3', ...alsoAsked]);
    const { orphanHours, orphanShare } = cohortOf(builder);
    expect({ orphanHours, orphanShare }).toEqual({ orphanHours: hours, orphanShare: hours / 50 });
  });

  test('a live requirement of any occupation in reach rescues a unit, one out of reach or stale does not', () => {
    const orphanHours = (row: object): number =>
      cohortOf(college('latin:1').requirement('r1', ['latin:1'], { soc: '47-2111', ...row })).orphanHours;
    expect(orphanHours({})).toBe(0);
    expect(orphanHours({ county: '21111' })).toBe(40);
    expect(orphanHours({ reviewBy: day('2026-06-29') })).toBe(40);
  });

  test('no hours at all have no share', () => {
    const builder = NetworkBuilder.withCollege().unit('u1', ['latin:1'], { hours: 0 }).cohort('cohort');
    expect(cohortOf(builder)).toMatchObject({ orphanHours: 0, orphanShare: null });
  });
});

describe('next steps', () => {
  test('close the gaps of the nearest requirement of mine, greatest lost weight first, each alone', () => {
    const builder = college('iv:2', 'airway:1')
      .requirement('far', ['iv:4', 'latin:4', 'greek:4'])
      .requirement('near', [
        'airway:4:day-one:useful',
        'iv:3:day-one:essential',
        'b:2:day-one:useful',
        'a:2:day-one:useful',
      ])
      .requirement('ready', ['iv:2'])
      .requirement('other', ['iv:3'], { soc: '47-2111' });
    expect(cohortOf(builder).nextSteps).toEqual([
      { requirementId: 'near', skillId: 'a', toLevel: 2, coverageAfter: 39 / 72 },
      { requirementId: 'near', skillId: 'b', toLevel: 2, coverageAfter: 39 / 72 },
      { requirementId: 'near', skillId: 'iv', toLevel: 3, coverageAfter: 39 / 72 },
      { requirementId: 'near', skillId: 'airway', toLevel: 4, coverageAfter: 36 / 72 },
    ]);
  });

  test('are none when the nearest lacks credentials only', () => {
    const builder = college('iv:3').requirement('r1', ['iv:3'], {}, { rn: 'required' }).requirement('r2', ['iv:4']);
    expect(cohortOf(builder).nextSteps).toEqual([]);
  });

  test('take the first by id of equally near requirements', () => {
    const builder = college('iv:2').requirement('r2', ['iv:4']).requirement('r1', ['iv:4']);
    expect(cohortOf(builder).nextSteps.map(({ requirementId }) => requirementId)).toEqual(['r1']);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { AlignmentResult } from '@throughway/vocabulary/alignment-result';
import { serializeAlignment } from './serialize-alignment.js';

const textOf = (result: AlignmentResult) => [...serializeAlignment(result)].join('');

/** Every key in FORMATS' order. */
const RESULT: AlignmentResult = {
  format: 'throughway-alignment/1',
  asOf: '2026-06-30',
  engine: 'throughway-alignment 0',
  digest: 'd',
  cohorts: [
    {
      cohortId: 'C"1',
      expectedCompleters: 3,
      seated: 1,
      seatShare: 1 / 3,
      assigned: [{ requirementId: 'R1', commitmentId: null, count: 1 }],
      matches: [
        {
          requirementId: 'R1',
          coverage: null,
          gaps: [{ skillId: 'K1', taught: 0, required: 2 }],
          missingCredentials: ['Q1'],
          ready: false,
        },
      ],
      orphanHours: 0.1,
      orphanShare: null,
      flags: [{ code: 'empty-highway', since: '2026-06-30', because: ['R1'] }],
      nextSteps: [{ requirementId: 'R1', skillId: 'K1', toLevel: 2, coverageAfter: 1 }],
    },
  ],
  partnerships: [
    {
      employerId: 'E1',
      pathwayId: 'P1',
      rung: 1,
      flags: [{ code: 'advisory-only', since: '2026-01-01', because: ['X1'] }],
      nextSteps: ['host-placement'],
    },
  ],
  totals: { seats: 4, seated: 1, completers: 3 },
};

describe('alignment.json', () => {
  test('is the JSON of the result and a newline', () => {
    expect(textOf(RESULT)).toBe(`${JSON.stringify(RESULT)}\n`);
  });

  test('keeps the order of keys of FORMATS whatever order the engines gave', () => {
    expect(textOf(reverseKeys(RESULT) as AlignmentResult)).toBe(textOf(RESULT));
  });

  test.each([0, 1, 2, 3])('joins %d cohorts and partnerships', (count) => {
    const cohorts = Array.from({ length: count }, () => RESULT.cohorts[0]!);
    const partnerships = Array.from({ length: count }, () => RESULT.partnerships[0]!);
    const result = { ...RESULT, cohorts, partnerships };
    expect(JSON.parse(textOf(result))).toEqual(result);
  });
});

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, reverseKeys(one)]),
  );
}

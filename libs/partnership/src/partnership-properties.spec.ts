import { describe, expect, test } from '@jest/globals';
import type { PartnershipResult, Rung } from '@throughway/vocabulary/alignment-result';
import { type Day, formatDay } from '@throughway/vocabulary/local-date';
import {
  type Activation,
  COMMITMENT_KINDS,
  type Commitment,
  DISPOSITIONS,
  EVIDENCE_KINDS,
  type Evidence,
  type Network,
  type PathwayVersion,
  type Requirement,
  RUNG_1_EVIDENCE,
} from '@throughway/vocabulary/network';
import fc from 'fast-check';
import { assessPartnerships } from './assess-partnerships.js';
import { LOOK_AHEAD_DAYS } from './periods.js';
import { aNetwork, daysAgo, TODAY } from './network.builder.js';

const assess = (network: Network, asOf: Day = TODAY): PartnershipResult[] =>
  assessPartnerships(network, { asOf, commutingZoneOf: () => null });

/** Days crowd around the boundaries that matter, so that small networks meet them often. */
const anyDay = fc
  .tuple(fc.constantFrom(-60, -5, 0, 30, 60, 180, 365, 425, 545, 730), fc.integer({ min: -3, max: 3 }))
  .map(([base, jitter]) => daysAgo(base + jitter));
const later = (day: fc.Arbitrary<Day>, most: number) =>
  fc.tuple(day, fc.integer({ min: 0, max: most })).map(([start, days]) => [start, start + days] as const);

const anyEvidence: fc.Arbitrary<Partial<Evidence>> = fc.record({
  pathwayId: fc.constantFrom('P', 'Q'),
  kind: fc.constantFrom(...EVIDENCE_KINDS, 'meeting', 'curriculum-receipt', 'paid-placement'),
  occurredOn: anyDay,
  recordedOn: anyDay,
  confirmedOn: fc.option<Day, null>(anyDay, { nil: null }),
  secondPerson: fc.boolean(),
  quantity: fc.constantFrom(0, 8),
  agreementOn: fc.option<Day, null>(anyDay, { nil: null }),
  evaluatedOn: fc.option<Day, null>(anyDay, { nil: null }),
});

const anyRequirement: fc.Arbitrary<Partial<Requirement>> = fc
  .tuple(anyDay, later(anyDay, 400), fc.constantFrom('29-1141', '29-1141.00', '11-1011'))
  .map(([recordedOn, [effectiveOn, reviewBy], soc]) => ({ recordedOn, effectiveOn, reviewBy, soc }));

const anyPromise: fc.Arbitrary<{ commitment: Partial<Commitment>; activations: Partial<Activation>[] }> = fc
  .tuple(
    later(anyDay, 500),
    fc.constantFrom('P', 'Q', null),
    fc.constantFrom(...COMMITMENT_KINDS),
    fc.constantFrom('R1', 'R2'),
    fc.array(
      fc.record({
        wait: fc.nat(200),
        term: fc.nat(60),
        answer: fc.option(fc.tuple(fc.nat(80), fc.constantFrom(...DISPOSITIONS, 'hired', 'offer'))),
        reason: fc.constantFrom(null, 'condition-not-met', 'other'),
        cohortId: fc.constantFrom(null, 'k1', 'k2'),
      }),
      { maxLength: 4 },
    ),
  )
  .map(([[opensOn, closesOn], pathwayId, kind, requirementId, calls]) => ({
    commitment: { opensOn, closesOn, pathwayId, kind, requirementId },
    activations: calls.map(({ wait, term, answer, reason, cohortId }) => ({
      activatedOn: opensOn + wait,
      dueOn: opensOn + wait + term,
      answeredOn: answer ? opensOn + wait + answer[0] : null,
      disposition: answer ? answer[1] : null,
      reason,
      cohortId,
    })),
  }));

const anyNetwork: fc.Arbitrary<Network> = fc
  .record({
    evidence: fc.array(anyEvidence, { maxLength: 6 }),
    requirements: fc.tuple(anyRequirement, anyRequirement),
    promises: fc.array(anyPromise, { maxLength: 3 }),
    versions: fc.array(fc.record<Partial<PathwayVersion>>({ adoptedOn: anyDay }), { maxLength: 2 }),
  })
  .map(({ evidence, requirements: [first, second], promises, versions }) =>
    aNetwork({
      evidence,
      versions,
      sites: [{}, { siteId: 'T', employerId: 'F' }],
      requirements: [
        { ...first, requirementId: 'R1' },
        { ...second, requirementId: 'R2' },
        { ...second, requirementId: 'R3', employerId: 'F', siteId: 'T', recordedOn: daysAgo(700) },
      ],
      pathways: [{}, { pathwayId: 'Q', targetSocs: ['11-1011', '29-1141'] }],
      commitments: promises.map(({ commitment }) => commitment),
      activations: promises.flatMap(({ activations }, index) =>
        activations.map((row) => ({ ...row, commitmentId: `c${index + 1}` })),
      ),
    }),
  );

/** The network as it was known on a day: later rows gone, later answers, confirmations, agreements and evaluations blank. */
function asKnownOn(network: Network, day: Day): Network {
  const unlessLater = (on: Day | null): Day | null => (on !== null && on <= day ? on : null);
  return {
    ...network,
    evidence: network.evidence
      .filter((row) => row.recordedOn <= day && row.occurredOn <= day)
      .map((row) => ({
        ...row,
        confirmedOn: unlessLater(row.confirmedOn),
        agreementOn: unlessLater(row.agreementOn),
        evaluatedOn: unlessLater(row.evaluatedOn),
      })),
    commitments: network.commitments.filter((row) => row.opensOn <= day),
    activations: network.activations
      .filter((row) => row.activatedOn <= day)
      .map((row) => (unlessLater(row.answeredOn) === null ? { ...row, answeredOn: null, disposition: null } : row)),
    requirements: network.requirements.map((row) => (row.recordedOn <= day ? row : { ...row, recordedOn: Infinity })),
  };
}

const pairOf = (result: PartnershipResult): string => `${result.employerId} ${result.pathwayId}`;
const rungs = (results: PartnershipResult[]): Map<string, Rung> =>
  new Map(results.map((result) => [pairOf(result), result.rung]));

describe('against a replay of every single day', () => {
  test('slipping is a lower rung on one of the next 60 days, seen with the knowledge of today', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const known = asKnownOn(network, TODAY);
        const ahead = Array.from({ length: LOOK_AHEAD_DAYS }, (_, index) => rungs(assess(known, TODAY + index + 1)));
        for (const result of assess(network)) {
          const slips = ahead.some((day) => (day.get(pairOf(result)) ?? 0) < result.rung);
          expect(result.flags.some((flag) => flag.code === 'slipping')).toBe(slips);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('since is the first day of the unbroken run of days on which the flag stood', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const started = new Map<string, Day>();
        for (let day = daysAgo(800); day <= TODAY; day += 1) {
          const standing = new Set<string>();
          for (const result of assess(network, day)) {
            for (const flag of result.flags) standing.add(`${pairOf(result)} ${flag.code}`);
          }
          for (const key of standing) if (!started.has(key)) started.set(key, day);
          for (const key of started.keys()) if (!standing.has(key)) started.delete(key);
        }
        for (const result of assess(network)) {
          for (const flag of result.flags) {
            const expected = formatDay(started.get(`${pairOf(result)} ${flag.code}`) ?? NaN);
            expect([flag.code, flag.since]).toEqual([flag.code, expected]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('what becomes known later changes nothing', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        expect(assess(asKnownOn(network, TODAY))).toEqual(assess(network));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('of any network', () => {
  test('permuting rows changes nothing', () => {
    const shuffled = anyNetwork.chain((network) =>
      fc
        .tuple(
          ...([network.evidence, network.commitments, network.activations, network.requirements] as const).map(
            (rows: readonly unknown[]) => fc.shuffledSubarray([...rows], { minLength: rows.length }),
          ),
          fc.shuffledSubarray(network.pathways, { minLength: network.pathways.length }),
        )
        .map(
          ([evidence, commitments, activations, requirements, pathways]) =>
            [network, { ...network, evidence, commitments, activations, requirements, pathways } as Network] as const,
        ),
    );
    fc.assert(
      fc.property(shuffled, ([network, permuted]) => {
        expect(assess(permuted)).toEqual(assess(network));
      }),
      { numRuns: 500 },
    );
  });

  test('adding meetings never raises a partnership above rung 1', () => {
    const meetings = fc.array(
      fc.tuple(anyEvidence, fc.constantFrom(...RUNG_1_EVIDENCE)).map(([row, kind]) => ({ ...row, kind })),
      { minLength: 1, maxLength: 9 },
    );
    fc.assert(
      fc.property(anyNetwork, meetings, (network, added) => {
        const before = rungs(assess(network));
        const more = aNetwork({ evidence: added }).evidence.map((row) => ({
          ...row,
          evidenceId: `+${row.evidenceId}`,
        }));
        for (const [pair, rung] of rungs(assess({ ...network, evidence: [...network.evidence, ...more] }))) {
          const was = before.get(pair) ?? 0;
          expect(rung === was || (was === 0 && rung === 1)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a paid placement stops counting on its 366th day', () => {
    fc.assert(
      fc.property(anyNetwork, anyDay, (network, occurredOn) => {
        const [placement] = aNetwork({ evidence: [{ kind: 'paid-placement', occurredOn, evidenceId: '+' }] }).evidence;
        const hosting = { ...network, evidence: [...network.evidence, placement as Evidence] };
        const rungWith = (day: Day): Rung => rungs(assess(hosting, day)).get('E P') ?? 0;
        expect(rungWith(occurredOn + 365)).toBeGreaterThanOrEqual(3);
        expect(rungWith(occurredOn + 366)).toBe(rungs(assess(network, occurredOn + 366)).get('E P') ?? 0);
      }),
      { numRuns: 500 },
    );
  });

  test('unconfirmed evidence changes nothing but whether the pair is listed, what may be confirmed, and the list of all known evidence', () => {
    const withoutEvidence = ({ flags, nextSteps, ...rest }: PartnershipResult) => ({
      ...rest,
      flags: flags.map(({ code, since, because }) => ({
        code,
        since: code === 'dormant' || code === 'requirements-stale' ? null : since,
        because: code === 'dormant' || code === 'slipping' ? null : because,
      })),
      nextSteps: nextSteps.filter((step) => step !== 'confirm-evidence'),
    });
    fc.assert(
      fc.property(anyNetwork, fc.array(anyEvidence, { minLength: 1, maxLength: 9 }), (network, added) => {
        const more = aNetwork({ evidence: added }).evidence;
        const unconfirmed = more.map((row) => ({ ...row, evidenceId: `+${row.evidenceId}`, confirmedOn: null }));
        const before = assess(network);
        const after = assess({ ...network, evidence: [...network.evidence, ...unconfirmed] });
        const listed = new Set(before.map(pairOf));
        expect(after.filter((result) => listed.has(pairOf(result))).map(withoutEvidence)).toEqual(
          before.map(withoutEvidence),
        );
        for (const fresh of after.filter((result) => !listed.has(pairOf(result)))) expect(fresh.rung).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CohortFlagCode } from '@throughway/vocabulary/alignment-result';
import { formatDay } from '@throughway/vocabulary/local-date';
import { type Network, socKey } from '@throughway/vocabulary/network';
import { alignCohorts, type CohortAlignment } from './align-cohorts.js';
import { findComponents, splitNetwork } from './components.js';
import { AS_OF, commutingZoneOf, randomNetwork, shuffled } from './random-network.builder.js';

const options = { asOf: AS_OF, threshold: { numerator: 4n, denominator: 5n }, commutingZoneOf };
const align = (network: Network, asOf = AS_OF): CohortAlignment => alignCohorts(network, { ...options, asOf });

/** Runs chosen so that a seeded defect of each kind was found. */
const check = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void, numRuns = 400): void =>
  fc.assert(fc.property(arbitrary, holds), { numRuns });

test('permuting the rows of every table changes no byte', () => {
  const pairs = randomNetwork.chain((network) => fc.tuple(fc.constant(network), shuffled(network)));
  check(pairs, ([network, permuted]) => {
    expect(JSON.stringify(align(permuted))).toBe(JSON.stringify(align(network)));
  });
});

test('every seat is taken at most once and every graduate takes at most one', () => {
  check(randomNetwork, (network) => {
    const { cohorts, demand, totals } = align(network);
    const taken = new Map<string, number>();
    for (const { assigned, seated, expectedCompleters } of cohorts) {
      expect(seated).toBe(assigned.reduce((sum, { count }) => sum + count, 0));
      expect(seated).toBeLessThanOrEqual(expectedCompleters);
      for (const { requirementId, commitmentId, count } of assigned)
        for (const node of [requirementId, commitmentId === null ? `${requirementId} rest` : `${commitmentId} promise`])
          taken.set(node, (taken.get(node) ?? 0) + count);
    }
    for (const { requirementId, promisedSeats, postedHeadcount } of demand) {
      expect(taken.get(requirementId) ?? 0).toBeLessThanOrEqual(Math.max(promisedSeats, postedHeadcount));
      expect(taken.get(`${requirementId} rest`) ?? 0).toBeLessThanOrEqual(Math.max(0, postedHeadcount - promisedSeats));
    }
    for (const { commitmentId, seats } of network.commitments)
      expect(taken.get(`${commitmentId} promise`) ?? 0).toBeLessThanOrEqual(seats);
    expect(totals.seated).toBe(cohorts.reduce((sum, { seated }) => sum + seated, 0));
  });
});

test('a pair lacking a required credential, a target occupation or day-one skills is never seated', () => {
  check(randomNetwork, (network) => {
    const requirements = new Map(network.requirements.map((row) => [row.requirementId, row]));
    const pathways = new Map(network.pathways.map((row) => [row.pathwayId, row]));
    const versions = new Map(network.versions.map((row) => [row.versionId, row]));
    const rows = new Map(network.cohorts.map((row) => [row.cohortId, row]));
    for (const { cohortId, assigned, matches } of align(network).cohorts) {
      const pathway = pathways.get(versions.get(rows.get(cohortId)!.versionId)!.pathwayId)!;
      for (const { requirementId } of assigned) {
        const match = matches.find((candidate) => candidate.requirementId === requirementId)!;
        expect(match.coverage).toBeGreaterThanOrEqual(0.8);
        expect(match.missingCredentials).toEqual([]);
        expect(pathway.targetSocs.map(socKey)).toContain(socKey(requirements.get(requirementId)!.soc));
      }
    }
  });
});

test('seating a cohort never rises when a required credential is taken away from what its version awards', () => {
  const cases = randomNetwork
    .filter(({ versionCredentials }) => versionCredentials.length > 0)
    .chain((network) => fc.tuple(fc.constant(network), fc.nat(network.versionCredentials.length - 1)));
  check(cases, ([network, at]) => {
    const { versionId } = network.versionCredentials[at]!;
    const alone = network.cohorts.filter((cohort, k) =>
      cohort.versionId === versionId ? network.cohorts.findIndex((c) => c.versionId === versionId) === k : true,
    );
    const before = align({ ...network, cohorts: alone });
    const after = align({
      ...network,
      cohorts: alone,
      versionCredentials: network.versionCredentials.filter((_, k) => k !== at),
    });
    const seatedIn = ({ cohorts }: CohortAlignment): number =>
      cohorts.find(({ cohortId }) => alone.find((c) => c.cohortId === cohortId)?.versionId === versionId)!.seated;
    expect(seatedIn(after)).toBeLessThanOrEqual(seatedIn(before));
    expect(after.totals.seated).toBeLessThanOrEqual(before.totals.seated);
  });
});

test('deleting a unit makes exactly the gaps of what it alone taught', () => {
  const cases = randomNetwork
    .filter(({ units }) => units.length > 0)
    .chain((network) => fc.tuple(fc.constant(network), fc.nat(network.units.length - 1)));
  check(cases, ([network, at]) => {
    const deleted = network.units[at]!;
    const taughtWithout = (skillId: string): number => {
      const kept = network.units.filter(
        ({ unitId, versionId }) => versionId === deleted.versionId && unitId !== deleted.unitId,
      );
      const levels = network.unitSkills
        .filter((line) => line.skillId === skillId && kept.some(({ unitId }) => unitId === line.unitId))
        .map(({ level }) => level);
      return Math.max(0, ...levels);
    };
    const before = align(network);
    const after = align({
      ...network,
      units: network.units.filter((_, k) => k !== at),
      unitSkills: network.unitSkills.filter(({ unitId }) => unitId !== deleted.unitId),
    });
    const mine = new Map(after.facts.map((facts) => [facts.cohortId, facts.mine]));
    for (const { cohortId, versionId } of network.cohorts) {
      const matchesOf = (alignment: CohortAlignment) =>
        alignment.cohorts
          .find((result) => result.cohortId === cohortId)!
          .matches.filter(({ requirementId }) => mine.get(cohortId)!.includes(requirementId))
          .toSorted((a, b) => (a.requirementId < b.requirementId ? -1 : 1));
      if (versionId !== deleted.versionId) expect(matchesOf(after)).toEqual(matchesOf(before));
      else
        for (const { requirementId, gaps } of matchesOf(after)) {
          const asked = network.requirementSkills.filter(
            (line) => line.requirementId === requirementId && line.necessity === 'day-one',
          );
          const expected = asked
            .map(({ skillId, level }) => ({ skillId, taught: taughtWithout(skillId), required: level }))
            .filter(({ taught, required }) => taught < required)
            .toSorted((a, b) => (a.skillId < b.skillId ? -1 : 1));
          expect(gaps).toEqual(expected);
        }
    }
  });
});

test('aligning components apart and joining them equals aligning the whole', () => {
  check(randomNetwork, (network) => {
    const whole = align(network);
    const components = findComponents(network, commutingZoneOf);
    const parts = splitNetwork(network, components).map((part) => align(part));
    expect(whole.components).toBe(components.length);
    const joined = parts.flatMap(({ cohorts }) => cohorts).toSorted((a, b) => (a.cohortId < b.cohortId ? -1 : 1));
    expect(joined).toEqual(whole.cohorts);
    for (const total of ['seats', 'seated', 'completers'] as const)
      expect(parts.reduce((sum, { totals }) => sum + totals[total], 0)).toBe(whole.totals[total]);
  });
});

test('a flag stands since the first day of the stretch in which a day-by-day replay finds it', () => {
  const replayed: CohortFlagCode[] = [
    'built-outward',
    'credential-missing',
    'credential-unasked',
    'demand-stale',
    'educator-gap',
    'no-local-demand',
    'skills-gap',
  ];
  check(
    randomNetwork,
    (network) => {
      const adopted = new Map(network.versions.map((row) => [row.versionId, row.adoptedOn]));
      const raised = new Map<number, Set<string>>();
      const raisedOn = (day: number): Set<string> => {
        const known = raised.get(day) ?? new Set<string>();
        if (!raised.has(day))
          for (const { cohortId, flags } of align(network, day).cohorts)
            for (const { code } of flags) known.add(`${cohortId} ${code}`);
        raised.set(day, known);
        return known;
      };
      for (const { cohortId, flags } of align(network).cohorts) {
        const { versionId } = network.cohorts.find((row) => row.cohortId === cohortId)!;
        const earliest = Math.min(AS_OF, adopted.get(versionId)!);
        for (const { code, since } of flags.filter((flag) => replayed.includes(flag.code))) {
          let first = AS_OF;
          while (first > earliest && raisedOn(first - 1).has(`${cohortId} ${code}`)) first -= 1;
          expect({ cohortId, code, since }).toEqual({ cohortId, code, since: formatDay(first) });
        }
      }
    },
    200,
  );
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import highsModule from 'highs';
import { solveTransport, type TransportSolution } from './solve-transport.js';
import { type TransportProblem } from './transport-problem.js';

interface Draft {
  supply: number[];
  seats: { capacity: number; promised: boolean }[];
  edges: { source: number; seat: number; weight: number }[];
}

function problemOf({ supply, seats, edges }: Draft): TransportProblem {
  const sorted = edges.toSorted((a, b) => a.source - b.source || a.seat - b.seat);
  const edgeStart = new Int32Array(supply.length + 1);
  for (const { source } of sorted) edgeStart[source + 1]! += 1;
  for (let source = 0; source < supply.length; source++) edgeStart[source + 1]! += edgeStart[source]!;
  return {
    supply: Int32Array.from(supply),
    capacity: Int32Array.from(seats, ({ capacity }) => capacity),
    promised: Uint8Array.from(seats, ({ promised }) => Number(promised)),
    edgeStart,
    edgeSeat: Int32Array.from(sorted, ({ seat }) => seat),
    edgeWeight: Int32Array.from(sorted, ({ weight }) => weight),
  };
}

const drafts = (size: { sources: number; seats: number; units: number; weight: number }): fc.Arbitrary<Draft> =>
  fc
    .tuple(fc.integer({ min: 1, max: size.sources }), fc.integer({ min: 1, max: size.seats }))
    .chain(([sources, seats]) =>
      fc.record({
        supply: fc.array(fc.integer({ min: 0, max: size.units }), { minLength: sources, maxLength: sources }),
        seats: fc.array(fc.record({ capacity: fc.integer({ min: 0, max: size.units }), promised: fc.boolean() }), {
          minLength: seats,
          maxLength: seats,
        }),
        edges: fc.uniqueArray(
          fc.record({
            source: fc.nat(sources - 1),
            seat: fc.nat(seats - 1),
            weight: fc.integer({ min: 0, max: size.weight }),
          }),
          { selector: ({ source, seat }) => source * seats + seat, maxLength: sources * seats },
        ),
      }),
    );

/** Seated units, promised seats used, total weight, then the units seated of each source: compared in that order. */
function objectives(problem: TransportProblem, flow: ArrayLike<number>): number[] {
  const total: [number, number, number] = [0, 0, 0];
  problem.edgeSeat.forEach((seat, e) => {
    total[0] += flow[e]!;
    total[1] += flow[e]! * problem.promised[seat]!;
    total[2] += flow[e]! * problem.edgeWeight[e]!;
  });
  const seated = Array.from(problem.supply, (_, source) => {
    const own = Array.from(flow).slice(problem.edgeStart[source], problem.edgeStart[source + 1]);
    return own.reduce((sum, units) => sum + units, 0);
  });
  return [...total, ...seated];
}

function compareObjectives(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, k) => value !== b[k]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}

/** Every assignment there is, tried out. */
function bestByEnumeration(problem: TransportProblem): number[] {
  const flow = new Array<number>(problem.edgeSeat.length).fill(0);
  const free = [...problem.capacity];
  let best = objectives(problem, flow);
  const tryEdge = (e: number, source: number, left: number): void => {
    while (source < problem.supply.length && e === problem.edgeStart[source + 1]) {
      source += 1;
      left = problem.supply[source] ?? 0;
    }
    if (e === flow.length) {
      const found = objectives(problem, flow);
      if (compareObjectives(found, best) > 0) best = found;
      return;
    }
    const seat = problem.edgeSeat[e]!;
    const most = Math.min(left, free[seat]!);
    for (let units = 0; units <= most; units++) {
      flow[e] = units;
      free[seat]! -= units;
      tryEdge(e + 1, source, left - units);
      free[seat]! += units;
    }
    flow[e] = 0;
  };
  tryEdge(0, 0, problem.supply[0] ?? 0);
  return best;
}

function expectConserved(problem: TransportProblem, { flow }: TransportSolution): void {
  const used = new Int32Array(problem.capacity.length);
  for (let source = 0; source < problem.supply.length; source++) {
    let sent = 0;
    for (let e = problem.edgeStart[source]!; e < problem.edgeStart[source + 1]!; e++) {
      expect(flow[e]).toBeGreaterThanOrEqual(0);
      sent += flow[e]!;
      used[problem.edgeSeat[e]!]! += flow[e]!;
    }
    expect(sent).toBeLessThanOrEqual(problem.supply[source]!);
  }
  used.forEach((units, seat) => expect(units).toBeLessThanOrEqual(problem.capacity[seat]!));
}

/** Weak duality: Σ supply · gain + Σ capacity · price bounds every assignment's value from above, so meeting it proves the optimum. */
function expectCertified(problem: TransportProblem, { flow, price, bonus }: TransportSolution): void {
  let primal = 0;
  let dual = 0;
  price.forEach((p, seat) => {
    expect(p).toBeGreaterThanOrEqual(0);
    dual += p * problem.capacity[seat]!;
  });
  for (let source = 0; source < problem.supply.length; source++) {
    let gain = 0;
    for (let e = problem.edgeStart[source]!; e < problem.edgeStart[source + 1]!; e++) {
      const seat = problem.edgeSeat[e]!;
      const value = problem.edgeWeight[e]! + bonus[seat]!;
      primal += flow[e]! * value;
      if (problem.capacity[seat]! > 0) gain = Math.max(gain, value - price[seat]!);
    }
    dual += problem.supply[source]! * gain;
  }
  expect(primal).toBe(dual);
}

/** Its types describe a CommonJS module, but as an ES module the import is the loader itself. */
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** The greatest Σ coefficient · flow by HiGHS, given that earlier sums keep the values already found. */
function bestByHighs(problem: TransportProblem, highs: Awaited<ReturnType<typeof loadHighs>>): number[] {
  const { supply, capacity, promised, edgeStart, edgeSeat, edgeWeight } = problem;
  const sum = (terms: string[]): string => terms.join(' + ');
  const terms = (value: (edge: number) => number): string => sum(Array.from(edgeSeat, (_, e) => `${value(e)} x${e}`));
  const rows: string[] = [];
  supply.forEach((units, source) => {
    const own = Array.from(edgeSeat.keys()).slice(edgeStart[source], edgeStart[source + 1]);
    if (own.length > 0) rows.push(`${sum(own.map((e) => `x${e}`))} <= ${units}`);
  });
  capacity.forEach((units, seat) => {
    const own = [...edgeSeat.keys()].filter((e) => edgeSeat[e] === seat);
    if (own.length > 0) rows.push(`${sum(own.map((e) => `x${e}`))} <= ${units}`);
  });
  const objectives = [terms(() => 1), terms((e) => promised[edgeSeat[e]!]!), terms((e) => edgeWeight[e]!)];
  return objectives.map((objective) => {
    const { Status, ObjectiveValue } = highs.solve(
      `Maximize\n obj: ${objective}\nSubject To\n ${rows.join('\n ')}\nEnd`,
      { output_flag: false },
    );
    expect(Status).toBe('Optimal');
    const best = Math.round(ObjectiveValue);
    rows.push(`${objective} >= ${best}`);
    return best;
  });
}

describe('solveTransport', () => {
  test('seats the most, then uses the most promised seats, then takes the most weight, then serves sources in order, as trying everything out shows', () => {
    fc.assert(
      fc.property(drafts({ sources: 3, seats: 3, units: 3, weight: 4 }), (draft) => {
        const problem = problemOf(draft);
        expect(objectives(problem, solveTransport(problem).flow)).toEqual(bestByEnumeration(problem));
      }),
      { numRuns: 500 },
    );
  });

  test('serves sources in order among equals, as a problem in which the order is part of the weight does', () => {
    const sources = 8;
    const units = 3;
    const priority = (source: number): number => (units + 1) ** (sources - 1 - source);
    const above = units * sources * priority(0);
    fc.assert(
      fc.property(drafts({ sources, seats: 8, units, weight: 2 }), (draft) => {
        const plain = problemOf(draft);
        const edges = draft.edges.map((edge) => ({ ...edge, weight: edge.weight * above + priority(edge.source) }));
        const ordered = problemOf({ ...draft, edges });
        const solution = solveTransport(ordered);
        expectCertified(ordered, solution);
        expect(objectives(plain, solveTransport(plain).flow)).toEqual(objectives(plain, solution.flow));
      }),
      { numRuns: 2000 },
    );
  });

  test('agrees with HiGHS, an independent solver of linear programs, one objective after the other', async () => {
    const highs = await loadHighs();
    const problems = drafts({ sources: 15, seats: 15, units: 30, weight: 200 }).filter(({ edges }) => edges.length > 0);
    fc.assert(
      fc.property(problems, (draft) => {
        const problem = problemOf(draft);
        const found = objectives(problem, solveTransport(problem).flow).slice(0, 3);
        expect(found).toEqual(bestByHighs(problem, highs));
      }),
      { numRuns: 40 },
    );
  });

  test('never sends more than a source has or a seat takes, and its prices certify the optimum', () => {
    fc.assert(
      fc.property(drafts({ sources: 12, seats: 12, units: 40, weight: 1_000_000 }), (draft) => {
        const problem = problemOf(draft);
        const solution = solveTransport(problem);
        expectConserved(problem, solution);
        expectCertified(problem, solution);
      }),
      { numRuns: 500 },
    );
  });
});

import { readFileSync } from 'node:fs';
import { solveTransport } from '@throughway/flow/solve-transport';
import type { TransportProblem } from '@throughway/flow/transport-problem';
import highsModule, { type Highs } from 'highs';
import { minCostFlowForNumberNodes } from 'min-cost-flow';
import { median, peakMb, report, seeded, time } from './measure.ts';

/** Graduates into seats: `cohorts` of about 18, `requirements` of about 5 seats, 30 eligible edges per cohort, one region each. */
function instance(cohorts: number, requirements: number, degree: number, seed: number): TransportProblem {
  const random = seeded(seed);
  const edgeStart = new Int32Array(cohorts + 1);
  const edgeSeat = new Int32Array(cohorts * degree);
  const edgeWeight = new Int32Array(cohorts * degree);
  for (let cohort = 0; cohort < cohorts; cohort++) {
    const seats = new Set<number>();
    while (seats.size < degree) {
      const near = Math.floor((cohort / cohorts) * requirements + random() * 400) % requirements;
      seats.add(near);
    }
    [...seats]
      .sort((a, b) => a - b)
      .forEach((seat, k) => {
        edgeSeat[cohort * degree + k] = seat;
        edgeWeight[cohort * degree + k] = 800_000 + Math.floor(random() * 200_001);
      });
    edgeStart[cohort + 1] = (cohort + 1) * degree;
  }
  return {
    supply: Int32Array.from({ length: cohorts }, () => 5 + Math.floor(random() * 26)),
    capacity: Int32Array.from({ length: requirements }, () => Math.floor(random() * 11)),
    promised: Uint8Array.from({ length: requirements }, () => (random() < 0.2 ? 1 : 0)),
    edgeStart,
    edgeSeat,
    edgeWeight,
  };
}

interface Objective {
  seated: number;
  promised: number;
  weight: number;
}

function objective(problem: TransportProblem, flow: ArrayLike<number>): Objective {
  const total = { seated: 0, promised: 0, weight: 0 };
  problem.edgeSeat.forEach((seat, edge) => {
    total.seated += flow[edge]!;
    total.promised += problem.promised[seat]! * flow[edge]!;
    total.weight += problem.edgeWeight[edge]! * flow[edge]!;
  });
  return total;
}

/** One number that orders as the three objectives do, for peers that know one. */
function worth(problem: TransportProblem): number[] {
  const step = 1_000_001 * 200;
  return Array.from(
    problem.edgeSeat,
    (seat, edge) => problem.edgeWeight[edge]! + step * (problem.promised[seat] ? 3 : 2),
  );
}

function sourceOf(problem: TransportProblem): Int32Array {
  const source = new Int32Array(problem.edgeSeat.length);
  for (let cohort = 0; cohort < problem.supply.length; cohort++)
    source.fill(cohort, problem.edgeStart[cohort], problem.edgeStart[cohort + 1]);
  return source;
}

async function byHighs(problem: TransportProblem): Promise<Objective> {
  const highs = await (highsModule as unknown as () => Promise<Highs>)();
  const source = sourceOf(problem);
  const value = worth(problem);
  const rows: string[][] = Array.from({ length: problem.supply.length + problem.capacity.length }, () => []);
  source.forEach((cohort, edge) => {
    rows[cohort]!.push(`x${edge}`);
    rows[problem.supply.length + problem.edgeSeat[edge]!]!.push(`x${edge}`);
  });
  const limit = (row: number): number =>
    row < problem.supply.length ? problem.supply[row]! : problem.capacity[row - problem.supply.length]!;
  const lp = [
    'Maximize',
    ` obj: ${value.map((worthOf, edge) => `${worthOf} x${edge}`).join(' + ')}`,
    'Subject To',
    ...rows.flatMap((names, row) => (names.length > 0 ? [` r${row}: ${names.join(' + ')} <= ${limit(row)}`] : [])),
    'End',
  ].join('\n');
  const solved = highs.solve(lp);
  const columns = solved.Columns as Record<string, { Primal?: number }>;
  return objective(
    problem,
    value.map((_, edge) => Math.round(columns[`x${edge}`]?.Primal ?? 0)),
  );
}

function byMinCostFlow(problem: TransportProblem): Objective {
  const value = worth(problem);
  const source = sourceOf(problem);
  const cohorts = problem.supply.length;
  const sink = cohorts + problem.capacity.length + 1;
  const top = Math.max(...value);
  const graph = [
    ...Array.from(problem.supply, (units, cohort) => ({ from: 0, to: cohort + 1, capacity: units, cost: 0 })),
    ...value.map((worthOf, edge) => ({
      from: source[edge]! + 1,
      to: cohorts + 1 + problem.edgeSeat[edge]!,
      capacity: problem.supply[source[edge]!]!,
      cost: top - worthOf,
    })),
    ...Array.from(problem.capacity, (units, seat) => ({
      from: cohorts + 1 + seat,
      to: sink,
      capacity: units,
      cost: 0,
    })),
  ];
  const solved = minCostFlowForNumberNodes(
    graph.map((edge) => ({ ...edge, flow: 0 })),
    Infinity,
  ) as { flow: number }[];
  return objective(
    problem,
    solved.slice(cohorts, cohorts + value.length).map((edge) => edge.flow),
  );
}

const version = (name: string): string =>
  (
    JSON.parse(readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8')) as {
      version: string;
    }
  ).version;
const round = (ratio: number): number => Math.round(ratio * 10) / 10;

const large = instance(10_000, 20_000, 30, 7);
const ours = median(await time(5, () => solveTransport(large)));
const peak = peakMb();

// The peers are measured on 200 × 400, where they still end; all three must agree on the optimum.
const small = instance(200, 400, 30, 8);
const expected = objective(small, solveTransport(small).flow);
const oursSmall = median(await time(5, () => solveTransport(small)));
const peers = [];
for (const [name, solve] of [
  ['highs', byHighs],
  ['min-cost-flow', byMinCostFlow],
] as const) {
  const found = await solve(small);
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${name} finds ${JSON.stringify(found)}, we find ${JSON.stringify(expected)}`);
  }
  const taken = median(await time(1, () => solve(small)));
  peers.push({ name, version: version(name), value: round(taken), ratio: round(taken / oursSmall) });
}
report([
  {
    name: 'seats for 10,000 cohorts × 20,000 requirements, 30 eligible each',
    value: Math.round(ours),
    unit: 'ms',
    goal: '≤ 1000 ms',
    holds: ours <= 1000,
    runs: 5,
    peakMb: peak,
    peers: [],
  },
  {
    name: 'the same for 200 × 400, beside peers',
    value: round(oursSmall),
    unit: 'ms',
    goal: 'same optimum as every peer',
    holds: true,
    runs: 5,
    peakMb: peakMb(),
    peers,
  },
]);

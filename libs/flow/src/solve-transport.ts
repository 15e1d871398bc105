import { PathSearch } from './path-search.js';
import { serveInOrder } from './serve-in-order.js';
import { splitTransport } from './split-transport.js';
import { transpose, type TransportProblem, type ValuedProblem } from './transport-problem.js';

export interface TransportSolution {
  /** Units on each edge, aligned with `edgeSeat`. */
  flow: Int32Array;
  /** What one more unit of each seat would be worth; 0 unless the seat is full. With `bonus` it certifies the optimum. */
  price: Float64Array;
  /** What a unit on each seat earns beyond its edge weight: the first two objectives in one number, fixed per connected component. */
  bonus: Float64Array;
}

/**
 * The assignment that seats most units, then uses most promised seats, then has the greatest total weight; exact.
 * Among equal optima the units seated per source are the lexicographically greatest in source order, so that a source that loses an edge never
 * gains a unit; which of its seats it takes depends on the order of sources and edges inside its connected component alone.
 * Each component is solved from its scarcer side, where augmenting paths are short; a large component whose units and seats balance almost exactly is the slow case.
 */
export function solveTransport(problem: TransportProblem): TransportSolution {
  const flow = new Int32Array(problem.edgeSeat.length);
  const price = new Float64Array(problem.capacity.length);
  const bonus = new Float64Array(problem.capacity.length);
  for (const part of splitTransport(problem)) {
    const solved = solvePart(part.problem);
    part.edges.forEach((e, at) => (flow[e] = solved.flow[at]!));
    part.seats.forEach((seat, at) => {
      price[seat] = solved.price[at]!;
      bonus[seat] = solved.bonus[at]!;
    });
  }
  return { flow, price, bonus };
}

interface Priced {
  flow: Int32Array;
  /** Per seat; 0 where there is no capacity. */
  price: Float64Array;
}

function solvePart(problem: TransportProblem): TransportSolution {
  const { supply, capacity, promised } = problem;
  const bonuses = seatBonuses(problem);
  const bonus = Float64Array.from(promised, (flag) => (flag ? bonuses.promised : bonuses.posted));
  const edgeValue = Float64Array.from(problem.edgeWeight, (weight, e) => weight + bonus[problem.edgeSeat[e]!]!);
  const valued: ValuedProblem = { ...problem, edgeValue };
  const units = supply.reduce((sum, own) => sum + own, 0);
  const seats = capacity.reduce((sum, own) => sum + own, 0);
  const promisedSeats = capacity.reduce((sum, own, seat) => sum + own * promised[seat]!, 0);
  const solved =
    units > seats
      ? fillSeats(valued)
      : units > promisedSeats && promisedSeats > 0
        ? placeUnits(valued, fillPromised(valued, promised, bonuses.posted + bonuses.heaviest))
        : placeUnits(valued);
  serveInOrder(valued, solved.flow, solved.price);
  return { ...solved, bonus };
}

/**
 * Bonuses that make one value of the three objectives. With k = min(sources, seats) an exchange of seats touches at most k edges on either side,
 * so `heaviest · (k + 2)` outweighs any change of weight, and a seat more outweighs that and a promised seat.
 */
function seatBonuses({ supply, capacity, edgeWeight }: TransportProblem) {
  const heaviest = edgeWeight.reduce((most, weight) => Math.max(most, weight), 1);
  const step = heaviest * (Math.min(supply.length, capacity.length) + 2);
  return { heaviest, posted: 2 * step, promised: 3 * step };
}

/** Places unit by unit, going on from `start` where given. */
function placeUnits(problem: ValuedProblem, start?: Priced): Priced {
  const search = new PathSearch(problem);
  if (start) search.resume(start.flow, start.price);
  for (let source = 0; source < problem.supply.length; source++) {
    let left = problem.supply[source]!;
    for (let e = problem.edgeStart[source]!; e < problem.edgeStart[source + 1]!; e++) left -= search.flow[e]!;
    search.place(source, left);
  }
  return { flow: search.flow, price: search.price.map((price) => (price === Infinity ? 0 : price)) };
}

/** The same optimum found from the other side: seat by seat; what a seat has left over is then its price. */
function fillSeats(problem: ValuedProblem): Priced {
  const { transposed, origin } = transpose(problem);
  const search = new PathSearch(transposed);
  for (let seat = 0; seat < transposed.supply.length; seat++) search.place(seat);
  const flow = new Int32Array(origin.length);
  search.flow.forEach((units, at) => (flow[origin[at]!] = units));
  return {
    flow,
    price: Float64Array.from(transposed.supply, (units, seat) => (units > 0 ? search.bestGain(seat) : 0)),
  };
}

/**
 * Fills the promised seats alone as well as can be, for units that could have `otherwise` elsewhere: then no seat without a promise, at price 0,
 * is worth more to a unit than the one it has, so that the other units can be placed from there.
 */
function fillPromised(problem: ValuedProblem, promised: Uint8Array, otherwise: number): Priced {
  const edgeStart = new Int32Array(problem.edgeStart.length);
  const kept: number[] = [];
  for (let source = 0; source < problem.supply.length; source++) {
    for (let e = problem.edgeStart[source]!; e < problem.edgeStart[source + 1]!; e++)
      if (promised[problem.edgeSeat[e]!]) kept.push(e);
    edgeStart[source + 1] = kept.length;
  }
  const solved = fillSeats({
    ...problem,
    edgeStart,
    edgeSeat: Int32Array.from(kept, (e) => problem.edgeSeat[e]!),
    edgeValue: Float64Array.from(kept, (e) => problem.edgeValue[e]! - otherwise),
  });
  const flow = new Int32Array(problem.edgeSeat.length);
  kept.forEach((e, at) => (flow[e] = solved.flow[at]!));
  return { flow, price: solved.price };
}

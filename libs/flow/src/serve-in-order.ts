import { HolderLists } from './holder-lists.js';
import { type ValuedProblem } from './transport-problem.js';

/**
 * Among the optima that `price` certifies, moves `flow` (in place) to the one whose units seated per source are lexicographically greatest in source order.
 * A unit can pass from a later source to an earlier one along edges that are worth exactly what their sources have; what a failed search has seen
 * cannot help any later source, so failures cost one pass over the edges in all.
 */
export function serveInOrder(problem: ValuedProblem, flow: Int32Array, price: Float64Array): void {
  const { supply, edgeStart } = problem;
  const exchange = new UnitExchange(problem, flow, price);
  for (let source = 0; source < supply.length; source++) {
    let left = supply[source]!;
    for (let e = edgeStart[source]!; e < edgeStart[source + 1]!; e++) left -= flow[e]!;
    while (left > 0) {
      const moved = exchange.takeFromLater(source, left);
      if (moved === 0) break;
      left -= moved;
    }
  }
}

class UnitExchange {
  /** What a unit of each source has: the most that value − price offers, or 0. */
  private readonly has: Float64Array;
  private readonly tail: Int32Array;
  private readonly holders: HolderLists;
  /** Search that saw each seat, Infinity once no later search needs to; and search that asked each source. */
  private readonly seen: Float64Array;
  private readonly asked: Int32Array;
  private readonly seatFrom: Int32Array;
  private readonly sourceFrom: Int32Array;
  private searches = 0;

  constructor(
    private readonly problem: ValuedProblem,
    private readonly flow: Int32Array,
    private readonly price: Float64Array,
  ) {
    const { supply, capacity, edgeStart, edgeSeat, edgeValue } = problem;
    this.has = new Float64Array(supply.length);
    this.tail = new Int32Array(edgeSeat.length);
    this.holders = new HolderLists(capacity.length, edgeSeat.length);
    this.seen = Float64Array.from(capacity, (units) => (units > 0 ? 0 : Infinity));
    this.asked = new Int32Array(supply.length);
    this.seatFrom = new Int32Array(capacity.length);
    this.sourceFrom = new Int32Array(supply.length);
    for (let source = 0; source < supply.length; source++)
      for (let e = edgeStart[source]!; e < edgeStart[source + 1]!; e++) {
        const seat = edgeSeat[e]!;
        this.tail[e] = source;
        if (capacity[seat]! > 0) this.has[source] = Math.max(this.has[source]!, edgeValue[e]! - price[seat]!);
        if (flow[e]! > 0) this.holders.add(seat, e);
      }
  }

  /** Gives `source`, which has unseated units, up to `most` units of one later source; returns how many. */
  takeFromLater(source: number, most: number): number {
    this.searches += 1;
    this.asked[source] = this.searches;
    const stack = [source];
    const seats: number[] = [];
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (at > source && this.has[at] === 0) return this.pass(source, at, most);
      this.visit(at, stack, seats);
    }
    for (const seat of seats) this.seen[seat] = Infinity;
    return 0;
  }

  private visit(source: number, stack: number[], seats: number[]): void {
    const { edgeStart, edgeSeat, edgeValue } = this.problem;
    for (let e = edgeStart[source]!; e < edgeStart[source + 1]!; e++) {
      const seat = edgeSeat[e]!;
      if (this.seen[seat]! >= this.searches || edgeValue[e]! - this.price[seat]! !== this.has[source]) continue;
      this.seen[seat] = this.searches;
      this.seatFrom[seat] = e;
      seats.push(seat);
      for (let held = this.holders.first[seat]!; held !== -1; held = this.holders.next[held]!) {
        const holder = this.tail[held]!;
        if (this.asked[holder] === this.searches) continue;
        this.asked[holder] = this.searches;
        this.sourceFrom[holder] = held;
        stack.push(holder);
      }
    }
  }

  private pass(root: number, giver: number, most: number): number {
    const path: { given: number; taken: number }[] = [];
    for (let source = giver; source !== root;) {
      const given = this.sourceFrom[source]!;
      const taken = this.seatFrom[this.problem.edgeSeat[given]!]!;
      path.push({ given, taken });
      source = this.tail[taken]!;
    }
    const units = path.reduce((least, { given }) => Math.min(least, this.flow[given]!), most);
    for (const { given, taken } of path) {
      const seat = this.problem.edgeSeat[given]!;
      if (this.flow[taken] === 0) this.holders.add(seat, taken);
      this.flow[taken]! += units;
      this.flow[given]! -= units;
      if (this.flow[given] === 0) this.holders.remove(seat, given);
    }
    return units;
  }
}

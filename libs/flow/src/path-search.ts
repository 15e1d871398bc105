import { HolderLists } from './holder-lists.js';
import { MinQueue } from './min-queue.js';
import { type ValuedProblem } from './transport-problem.js';

/** A path ends at a seat with room, or at a source that gives a unit up; −1 is neither. */
interface PathEnd {
  seat: number;
  source: number;
}

/**
 * Successive shortest augmenting paths with prices (Ford & Fulkerson 1962; Edmonds & Karp 1972), one source after another. Invariants between steps,
 * over the units placed so far: no edge is worth more to its source (value − price) than its edges with flow are, which are all worth the same;
 * a source whose unit was refused has 0; a seat that is not full has price 0. So the flow is optimal for the units that have had their turn.
 * Fast while the sources are the scarcer side: a search ends at the nearest seat with room.
 */
export class PathSearch {
  readonly flow: Int32Array;
  /** Whole and ≥ 0; Infinity for a seat without capacity. */
  readonly price: Float64Array;
  private readonly free: Int32Array;
  private readonly tail: Int32Array;
  private readonly holders: HolderLists;
  private readonly distance: Float64Array;
  /** Edge by which a search reached each seat, and edge with flow by which it reached each source. */
  private readonly seatFrom: Int32Array;
  private readonly sourceFrom: Int32Array;
  /** Number of the search that reached, or finished, each seat or source. */
  private readonly reached: Int32Array;
  private readonly settled: Int32Array;
  private readonly visited: Int32Array;
  private readonly queue = new MinQueue();
  private readonly touched: number[] = [];
  private readonly end: PathEnd = { seat: -1, source: -1 };
  private searches = 0;
  /** Length of the best path that this search has found so far. */
  private best = 0;

  constructor(private readonly problem: ValuedProblem) {
    const seats = problem.capacity.length;
    const sources = problem.supply.length;
    const edges = problem.edgeSeat.length;
    this.flow = new Int32Array(edges);
    this.price = Float64Array.from(problem.capacity, (capacity) => (capacity > 0 ? 0 : Infinity));
    this.free = problem.capacity.slice();
    this.tail = new Int32Array(edges);
    for (let source = 0; source < sources; source++)
      this.tail.fill(source, problem.edgeStart[source], problem.edgeStart[source + 1]);
    this.holders = new HolderLists(seats, edges);
    this.distance = new Float64Array(seats);
    this.seatFrom = new Int32Array(seats);
    this.reached = new Int32Array(seats);
    this.settled = new Int32Array(seats);
    this.sourceFrom = new Int32Array(sources);
    this.visited = new Int32Array(sources);
  }

  /** Gives `units` more of `source` their turn: seats as many as the optimum wants. */
  place(source: number, units = this.problem.supply[source]!): void {
    let left = units;
    while (left > 0) {
      const gain = this.bestGain(source);
      if (gain <= 0 || !this.search(source, gain)) return;
      left -= this.augment(source, left);
    }
  }

  /** Starts from a flow and prices that keep the invariants; `units` of flow on edge e count as placed. */
  resume(flow: Int32Array, price: Float64Array): void {
    price.forEach((value, seat) => {
      if (this.problem.capacity[seat]! > 0) this.price[seat] = value;
    });
    flow.forEach((units, e) => {
      if (units === 0) return;
      const seat = this.problem.edgeSeat[e]!;
      this.flow[e] = units;
      this.free[seat]! -= units;
      this.holders.add(seat, e);
    });
  }

  /** What a unit of `source` could have at the present prices, 0 at least. */
  bestGain(source: number): number {
    const { edgeSeat, edgeValue, edgeStart } = this.problem;
    let best = 0;
    for (let e = edgeStart[source]!; e < edgeStart[source + 1]!; e++) {
      const worth = edgeValue[e]! - this.price[edgeSeat[e]!]!;
      if (worth > best) best = worth;
    }
    return best;
  }

  /**
   * Cheapest way to seat one more unit of `root` (Dijkstra 1959 over reduced costs), raising prices so that its edges are tight.
   * False when leaving the unit unseated is as good.
   */
  private search(root: number, gain: number): boolean {
    const { price, distance, end, queue, settled, touched } = this;
    const mark = ++this.searches;
    queue.clear();
    touched.length = 0;
    this.best = gain;
    end.seat = end.source = -1;
    this.expand(root, gain);
    for (let seat = queue.pop(this.best); seat !== -1; seat = queue.pop(this.best)) {
      if (settled[seat] === mark) continue;
      settled[seat] = mark;
      touched.push(seat);
      this.askHolders(seat);
    }
    for (const seat of touched) {
      const rise = this.best - distance[seat]!;
      if (rise > 0) price[seat]! += rise;
    }
    return end.seat !== -1 || end.source !== -1;
  }

  /** Reaches the seats of a source at distance `base` − (what each is worth to it). */
  private expand(source: number, base: number): void {
    const { price, distance, free, reached, seatFrom, settled, queue } = this;
    const { edgeSeat, edgeStart, edgeValue } = this.problem;
    const mark = this.searches;
    const last = edgeStart[source + 1]!;
    this.visited[source] = mark;
    for (let e = edgeStart[source]!; e < last; e++) {
      const seat = edgeSeat[e]!;
      const far = base - edgeValue[e]! + price[seat]!;
      if (far >= this.best || settled[seat] === mark) continue;
      if (reached[seat] === mark && far >= distance[seat]!) continue;
      reached[seat] = mark;
      distance[seat] = far;
      seatFrom[seat] = e;
      if (free[seat]! > 0) {
        this.best = far;
        this.end.seat = seat;
        this.end.source = -1;
      } else queue.push(far, seat);
    }
  }

  /** Goes on from a full seat through the sources that hold it, each of which may give it up. */
  private askHolders(seat: number): void {
    const { end, tail, visited } = this;
    const far = this.distance[seat]!;
    const { next } = this.holders;
    for (let e = this.holders.first[seat]!; e !== -1; e = next[e]!) {
      const source = tail[e]!;
      if (visited[source] === this.searches) continue;
      this.sourceFrom[source] = e;
      const given = far + this.problem.edgeValue[e]! - this.price[seat]!;
      if (given < this.best) {
        this.best = given;
        end.source = source;
        end.seat = -1;
      }
      this.expand(source, given);
    }
  }

  /** Moves as many units as the path found allows, at most `most`; returns how many. */
  private augment(root: number, most: number): number {
    let units = most;
    this.walk(root, (e, sign) => {
      if (sign < 0) units = Math.min(units, this.flow[e]!);
    });
    if (this.end.seat !== -1) {
      units = Math.min(units, this.free[this.end.seat]!);
      this.free[this.end.seat]! -= units;
    }
    this.walk(root, (e, sign) => {
      const before = this.flow[e]!;
      const after = (this.flow[e] = before + sign * units);
      if (before === 0) this.holders.add(this.problem.edgeSeat[e]!, e);
      else if (after === 0) this.holders.remove(this.problem.edgeSeat[e]!, e);
    });
    return units;
  }

  /** The edges of the path found, from its end back to `root`: −1 where units leave an edge, 1 where they go. */
  private walk(root: number, step: (edge: number, sign: 1 | -1) => void): void {
    let { seat, source } = this.end;
    do {
      if (seat === -1) {
        const given = this.sourceFrom[source]!;
        step(given, -1);
        seat = this.problem.edgeSeat[given]!;
      }
      const taken = this.seatFrom[seat]!;
      step(taken, 1);
      source = this.tail[taken]!;
      seat = -1;
    } while (source !== root);
  }
}

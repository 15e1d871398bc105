/**
 * Groups of interchangeable units against seats, in compressed rows: the edges of source i are
 * `edgeStart[i] … edgeStart[i + 1] − 1`, edge e leads to seat `edgeSeat[e]` and is worth `edgeWeight[e]` per unit.
 */
export interface TransportProblem {
  /** Units of each source, whole and ≥ 0. */
  supply: Int32Array;
  /** Units that each seat node takes, whole and ≥ 0. */
  capacity: Int32Array;
  /** 1 where a used seat counts toward the second objective. */
  promised: Uint8Array;
  /** Length supply.length + 1, ascending from 0. */
  edgeStart: Int32Array;
  edgeSeat: Int32Array;
  /** Whole and ≥ 0. */
  edgeWeight: Int32Array;
}

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
 * Successive shortest augmenting paths with prices, one source after another (Ford & Fulkerson 1962; Edmonds & Karp 1972),
 * in which a path ends at a free seat or at a unit that gives its seat up. Among equal optima the units seated per source are the lexicographically
 * greatest in source order, so that a source that loses an edge never gains a seat; which of its seats it takes depends on the order of sources and
 * edges inside its connected component alone.
 */
export function solveTransport(problem: TransportProblem): TransportSolution {
  const bonus = seatBonuses(problem);
  const search = new PathSearch(problem, bonus);
  for (let source = 0; source < problem.supply.length; source++) search.seat(source);
  return { flow: search.flow, price: search.prices(), bonus };
}

/**
 * Bonuses that make one weight of the three objectives. In a component with k = min(sources, seats) an exchange of seats touches at most
 * k edges on either side, so `maxWeight · (k + 1)` outweighs any change of weight; a seat more outweighs that and a promised seat.
 */
function seatBonuses(problem: TransportProblem): Float64Array {
  const { componentOfSource, componentOfSeat, count } = connectedComponents(problem);
  const sources = new Float64Array(count);
  const seats = new Float64Array(count);
  const heaviest = new Float64Array(count).fill(1);
  for (const component of componentOfSeat) seats[component]! += 1;
  componentOfSource.forEach((component, source) => {
    sources[component]! += 1;
    for (let e = problem.edgeStart[source]!; e < problem.edgeStart[source + 1]!; e++)
      if (problem.edgeWeight[e]! > heaviest[component]!) heaviest[component] = problem.edgeWeight[e]!;
  });
  return Float64Array.from(componentOfSeat, (component, seat) => {
    const step = heaviest[component]! * (Math.min(sources[component]!, seats[component]!) + 1);
    return (problem.promised[seat] ? 3 : 2) * step;
  });
}

function connectedComponents(problem: TransportProblem) {
  const sourceCount = problem.supply.length;
  const parent = new Int32Array(sourceCount + problem.capacity.length).map((_, node) => node);
  const rootOf = (node: number): number => {
    while (parent[node]! !== node) node = parent[node] = parent[parent[node]!]!;
    return node;
  };
  for (let source = 0; source < sourceCount; source++)
    for (let e = problem.edgeStart[source]!; e < problem.edgeStart[source + 1]!; e++)
      parent[rootOf(sourceCount + problem.edgeSeat[e]!)] = rootOf(source);
  const number = new Int32Array(parent.length).fill(-1);
  let count = 0;
  const componentOf = (node: number): number => {
    const root = rootOf(node);
    if (number[root] === -1) number[root] = count++;
    return number[root]!;
  };
  const componentOfSource = problem.supply.map((_, source) => componentOf(source));
  const componentOfSeat = problem.capacity.map((_, seat) => componentOf(sourceCount + seat));
  return { componentOfSource, componentOfSeat, count };
}

/** A path ends at a seat with room, or at a source that gives a unit up; −1 is neither. */
interface PathEnd {
  seat: number;
  source: number;
}

/** Distances are whole, so a limit half beyond the best still finds its equals. */
const HALF = 0.5;

/**
 * The state of the solver and its one step. Invariants between steps, over the sources seated so far, with value = weight + bonus:
 * no edge is worth more to its source than what the source has now (value − price), every edge with flow is worth exactly that,
 * a source with unseated units has 0, a seat that is not full has price 0.
 */
class PathSearch {
  readonly flow: Int32Array;
  /** Price − bonus of each seat, so that an edge is worth its weight − this; Infinity for a seat without capacity. */
  private readonly asking: Float64Array;
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
  /** Length of the best path so far, and the length from which on a path is of no interest. */
  private best = 0;
  private limit = 0;

  constructor(
    private readonly problem: TransportProblem,
    private readonly bonus: Float64Array,
  ) {
    const seats = problem.capacity.length;
    const sources = problem.supply.length;
    const edges = problem.edgeSeat.length;
    this.flow = new Int32Array(edges);
    this.asking = bonus.map((value, seat) => (problem.capacity[seat]! > 0 ? -value : Infinity));
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

  /** Seats as many units of `source` as the optimum over the sources so far wants. */
  seat(source: number): void {
    let left = this.problem.supply[source]!;
    while (left > 0) {
      const gain = this.bestGain(source);
      if (gain <= 0 || !this.search(source, gain)) return;
      left -= this.augment(source, left);
    }
  }

  /** Prices of the seats; 0 for those without capacity. */
  prices(): Float64Array {
    return this.asking.map((asking, seat) => (asking === Infinity ? 0 : asking + this.bonus[seat]!));
  }

  private bestGain(source: number): number {
    const { edgeSeat, edgeWeight, edgeStart } = this.problem;
    let best = 0;
    for (let e = edgeStart[source]!; e < edgeStart[source + 1]!; e++) {
      const worth = edgeWeight[e]! - this.asking[edgeSeat[e]!]!;
      if (worth > best) best = worth;
    }
    return best;
  }

  /**
   * Cheapest way to seat one more unit of `root` (Dijkstra 1959 over reduced costs), raising prices so that its edges are tight.
   * False when leaving the unit unseated is as good. Of several sources that could give a unit up equally well, the last does.
   */
  private search(root: number, gain: number): boolean {
    const { asking, distance, end, queue, settled, touched } = this;
    const mark = ++this.searches;
    queue.clear();
    touched.length = 0;
    this.best = this.limit = gain;
    end.seat = end.source = -1;
    this.expand(root, gain);
    for (let seat = queue.pop(this.limit); seat !== -1; seat = queue.pop(this.limit)) {
      if (settled[seat] === mark) continue;
      settled[seat] = mark;
      touched.push(seat);
      this.askHolders(seat);
    }
    for (const seat of touched) {
      const rise = this.best - distance[seat]!;
      if (rise > 0) asking[seat]! += rise;
    }
    return end.seat !== -1 || end.source !== -1;
  }

  /** Reaches the seats of a source at distance `base` − (what each is worth to it). */
  private expand(source: number, base: number): void {
    const { asking, distance, free, reached, seatFrom, settled, queue } = this;
    const { edgeSeat, edgeStart, edgeWeight } = this.problem;
    const mark = this.searches;
    const last = edgeStart[source + 1]!;
    this.visited[source] = mark;
    for (let e = edgeStart[source]!; e < last; e++) {
      const seat = edgeSeat[e]!;
      const far = base - edgeWeight[e]! + asking[seat]!;
      if (far >= this.limit || settled[seat] === mark) continue;
      if (reached[seat] === mark && far >= distance[seat]!) continue;
      reached[seat] = mark;
      distance[seat] = far;
      seatFrom[seat] = e;
      if (free[seat]! > 0) {
        this.best = this.limit = far;
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
      const given = far + this.problem.edgeWeight[e]! - this.asking[seat]!;
      if (given < this.best || (given === this.best && source > end.source && end.source !== -1)) {
        this.best = given;
        this.limit = given + HALF;
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

/** Per seat, the edges with flow as a doubly linked list, newest first. */
class HolderLists {
  readonly first: Int32Array;
  readonly next: Int32Array;
  private readonly previous: Int32Array;

  constructor(seats: number, edges: number) {
    this.first = new Int32Array(seats).fill(-1);
    this.next = new Int32Array(edges);
    this.previous = new Int32Array(edges);
  }

  add(seat: number, edge: number): void {
    const head = this.first[seat]!;
    this.next[edge] = head;
    this.previous[edge] = -1;
    if (head !== -1) this.previous[head] = edge;
    this.first[seat] = edge;
  }

  remove(seat: number, edge: number): void {
    const [before, after] = [this.previous[edge]!, this.next[edge]!];
    if (before === -1) this.first[seat] = after;
    else this.next[before] = after;
    if (after !== -1) this.previous[after] = before;
  }
}

/** Binary heap of seats by distance; equal distances leave in an order that depends on the pushes alone. */
class MinQueue {
  private readonly keys: number[] = [];
  private readonly seats: number[] = [];

  clear(): void {
    this.keys.length = 0;
    this.seats.length = 0;
  }

  push(key: number, seat: number): void {
    let at = this.keys.length;
    this.keys.push(key);
    this.seats.push(seat);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.keys[above]! <= key) break;
      this.keys[at] = this.keys[above]!;
      this.seats[at] = this.seats[above]!;
      at = above;
    }
    this.keys[at] = key;
    this.seats[at] = seat;
  }

  /** The nearest seat, or −1 when none is nearer than `limit`. */
  pop(limit: number): number {
    if (this.keys.length === 0 || this.keys[0]! >= limit) return -1;
    const seat = this.seats[0]!;
    const key = this.keys.pop()!;
    const last = this.seats.pop()!;
    const size = this.keys.length;
    if (size === 0) return seat;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && this.keys[below + 1]! < this.keys[below]!) below++;
      if (this.keys[below]! >= key) break;
      this.keys[at] = this.keys[below]!;
      this.seats[at] = this.seats[below]!;
      at = below;
    }
    this.keys[at] = key;
    this.seats[at] = last;
    return seat;
  }
}

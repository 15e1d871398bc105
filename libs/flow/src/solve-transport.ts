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
  return { flow: search.flow, price: search.price, bonus };
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

/** Edges by the seat that they lead to: those of seat j are `edge[start[j]] … edge[start[j + 1] − 1]`, ascending. */
function edgesBySeat(problem: TransportProblem): { start: Int32Array; edge: Int32Array } {
  const start = new Int32Array(problem.capacity.length + 1);
  for (const seat of problem.edgeSeat) start[seat + 1]! += 1;
  for (let seat = 0; seat < problem.capacity.length; seat++) start[seat + 1]! += start[seat]!;
  const next = start.slice();
  const edge = new Int32Array(problem.edgeSeat.length);
  problem.edgeSeat.forEach((seat, e) => (edge[next[seat]!++] = e));
  return { start, edge };
}

type PathEnd = { seat: number } | { source: number };

/** Distances are whole, so a limit half beyond the best still finds its equals. */
const HALF = 0.5;

/**
 * The state of the solver and its one step. Invariants between steps, over the sources seated so far, with value = weight + bonus:
 * no edge is worth more to its source than what the source has now (value − price), every edge with flow is worth exactly that,
 * a source with unseated units has 0, a seat that is not full has price 0.
 */
class PathSearch {
  readonly flow: Int32Array;
  readonly price: Float64Array;
  private readonly free: Int32Array;
  private readonly tail: Int32Array;
  private readonly inbound: { start: Int32Array; edge: Int32Array };
  private readonly distance: Float64Array;
  /** Edge by which a search reached each seat, and edge with flow by which it reached each source. */
  private readonly seatFrom: Int32Array;
  private readonly sourceFrom: Int32Array;
  /** Number of the search that reached, or finished, each seat or source. */
  private readonly reached: Int32Array;
  private readonly settled: Int32Array;
  private readonly visited: Int32Array;
  private readonly queue = new MinQueue();
  private searches = 0;

  constructor(
    private readonly problem: TransportProblem,
    private readonly bonus: Float64Array,
  ) {
    const seats = problem.capacity.length;
    const sources = problem.supply.length;
    this.flow = new Int32Array(problem.edgeSeat.length);
    this.price = new Float64Array(seats);
    this.free = problem.capacity.slice();
    this.tail = new Int32Array(problem.edgeSeat.length);
    for (let source = 0; source < sources; source++)
      this.tail.fill(source, problem.edgeStart[source], problem.edgeStart[source + 1]);
    this.inbound = edgesBySeat(problem);
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
      if (gain <= 0) return;
      const end = this.search(source, gain);
      if (end === null) return;
      left -= this.augment(source, end, left);
    }
  }

  private netValue(edge: number): number {
    const seat = this.problem.edgeSeat[edge]!;
    return this.problem.edgeWeight[edge]! + this.bonus[seat]! - this.price[seat]!;
  }

  private bestGain(source: number): number {
    let best = 0;
    for (let e = this.problem.edgeStart[source]!; e < this.problem.edgeStart[source + 1]!; e++)
      if (this.problem.capacity[this.problem.edgeSeat[e]!]! > 0) best = Math.max(best, this.netValue(e));
    return best;
  }

  /**
   * Cheapest way to seat one more unit of `root` (Dijkstra 1959 over reduced costs), raising prices so that its edges are tight.
   * Null when leaving the unit unseated is as good. Of several sources that could give a unit up equally well, the last does.
   */
  private search(root: number, gain: number): PathEnd | null {
    const mark = ++this.searches;
    const { queue } = this;
    queue.clear();
    let best = gain;
    let limit = gain;
    let end: PathEnd | null = null;
    let giver = -1;
    const touched: number[] = [];
    const expand = (source: number, base: number): void => {
      this.visited[source] = mark;
      for (let e = this.problem.edgeStart[source]!; e < this.problem.edgeStart[source + 1]!; e++) {
        const seat = this.problem.edgeSeat[e]!;
        if (this.settled[seat] === mark || this.problem.capacity[seat] === 0) continue;
        const far = base - this.netValue(e);
        if (far >= limit || (this.reached[seat] === mark && far >= this.distance[seat]!)) continue;
        this.reached[seat] = mark;
        this.distance[seat] = far;
        this.seatFrom[seat] = e;
        if (this.free[seat]! > 0) {
          best = limit = far;
          end = { seat };
          giver = -1;
        } else queue.push(far, seat);
      }
    };
    expand(root, gain);
    for (let seat = queue.pop(limit); seat !== -1; seat = queue.pop(limit)) {
      if (this.settled[seat] === mark) continue;
      this.settled[seat] = mark;
      touched.push(seat);
      const far = this.distance[seat]!;
      for (let at = this.inbound.start[seat]!; at < this.inbound.start[seat + 1]!; at++) {
        const e = this.inbound.edge[at]!;
        const source = this.tail[e]!;
        if (this.flow[e] === 0 || this.visited[source] === mark) continue;
        this.sourceFrom[source] = e;
        const has = this.netValue(e);
        if (far + has < best || (far + has === best && giver !== -1 && source > giver)) {
          best = far + has;
          limit = best + HALF;
          end = { source };
          giver = source;
        }
        expand(source, far + has);
      }
    }
    for (const seat of touched) if (this.distance[seat]! < best) this.price[seat]! += best - this.distance[seat]!;
    return end;
  }

  /** Moves as many units as the path allows, at most `most`; returns how many. */
  private augment(root: number, end: PathEnd, most: number): number {
    let units = most;
    this.walk(root, end, (e, sign) => {
      if (sign < 0) units = Math.min(units, this.flow[e]!);
    });
    if ('seat' in end) {
      units = Math.min(units, this.free[end.seat]!);
      this.free[end.seat]! -= units;
    }
    this.walk(root, end, (e, sign) => {
      this.flow[e]! += sign * units;
    });
    return units;
  }

  private walk(root: number, end: PathEnd, step: (edge: number, sign: 1 | -1) => void): void {
    let source = 'source' in end ? end.source : -1;
    let seat = 'seat' in end ? end.seat : -1;
    for (;;) {
      if (seat === -1) {
        const given = this.sourceFrom[source]!;
        step(given, -1);
        seat = this.problem.edgeSeat[given]!;
      }
      const taken = this.seatFrom[seat]!;
      step(taken, 1);
      source = this.tail[taken]!;
      if (source === root) return;
      seat = -1;
    }
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

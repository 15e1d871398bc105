/** A seat node of DOMAIN 4.3: an open job commitment, or what is left of a live requirement (commitmentId null). */
export interface SeatNode {
  requirementId: string;
  commitmentId: string | null;
  capacity: number;
}

/** A pair that may be seated, by index, with its coverage in millionths. */
export interface SeatEdge {
  cohort: number;
  node: number;
  millionths: bigint;
}

export interface Seating {
  cohorts: { id: string; completers: number }[];
  nodes: SeatNode[];
  edges: SeatEdge[];
}

/** What DOMAIN 4.3 maximizes, first to last. */
export interface Objective {
  seated: bigint;
  promised: bigint;
  millionths: bigint;
}

interface Arc {
  from: number;
  to: number;
  room: number;
  cost: bigint;
  reverse: number;
}

/** The cheapest path from source to sink by Bellman-Ford, as arc indexes, or null when there is none. */
function cheapestPath(arcs: Arc[], size: number, source: number, sink: number): number[] | null {
  const distance: (bigint | null)[] = Array.from({ length: size }, (_, index) => (index === source ? 0n : null));
  const via = new Array<number>(size).fill(-1);
  for (let round = 0; round < size; round += 1) {
    arcs.forEach((arc, index) => {
      const start = distance[arc.from]!;
      if (arc.room === 0 || start === null) return;
      const end = distance[arc.to]!;
      if (end !== null && end <= start + arc.cost) return;
      distance[arc.to] = start + arc.cost;
      via[arc.to] = index;
    });
  }
  if (distance[sink] === null) return null;
  const path: number[] = [];
  for (let at = sink; at !== source; at = arcs[via[at]!]!.from) path.push(via[at]!);
  return path;
}

/**
 * One best assignment, as seats per edge: the textbook minimum-cost maximum flow by successive cheapest paths, with the
 * second and third aim written as one whole number. The best objective is unique; the assignment need not be.
 */
export function bestSeating({ cohorts, nodes, edges }: Seating): number[] {
  const source = cohorts.length + nodes.length;
  const sink = source + 1;
  const everyone = cohorts.reduce((sum, cohort) => sum + cohort.completers, 0);
  const onePromisedSeat = 1_000_000n * BigInt(everyone) + 1n;
  const arcs: Arc[] = [];
  const link = (from: number, to: number, room: number, cost: bigint): void => {
    arcs.push({ from, to, room, cost, reverse: arcs.length + 1 });
    arcs.push({ from: to, to: from, room: 0, cost: -cost, reverse: arcs.length - 1 });
  };
  for (const { cohort, node, millionths } of edges) {
    const promised = nodes[node]!.commitmentId === null ? 0n : onePromisedSeat;
    link(
      cohort,
      cohorts.length + node,
      Math.min(cohorts[cohort]!.completers, nodes[node]!.capacity),
      -promised - millionths,
    );
  }
  cohorts.forEach((cohort, index) => link(source, index, cohort.completers, 0n));
  nodes.forEach((node, index) => link(cohorts.length + index, sink, node.capacity, 0n));
  for (;;) {
    const path = cheapestPath(arcs, sink + 1, source, sink);
    if (path === null) return edges.map((_, index) => arcs[2 * index + 1]!.room);
    const room = Math.min(...path.map((index) => arcs[index]!.room));
    for (const index of path) {
      arcs[index]!.room -= room;
      arcs[arcs[index]!.reverse]!.room += room;
    }
  }
}

export function objectiveOf({ nodes, edges }: Seating, assigned: number[]): Objective {
  const total: Objective = { seated: 0n, promised: 0n, millionths: 0n };
  edges.forEach((edge, index) => {
    const count = BigInt(assigned[index]!);
    total.seated += count;
    if (nodes[edge.node]!.commitmentId !== null) total.promised += count;
    total.millionths += count * edge.millionths;
  });
  return total;
}

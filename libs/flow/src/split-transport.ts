import { type TransportProblem } from './transport-problem.js';

/** A connected part of a problem: its source s, seat t and edge e are `sources[s]`, `seats[t]` and `edges[e]` of the whole, in the same order. */
export interface TransportPart {
  problem: TransportProblem;
  seats: number[];
  edges: number[];
}

/** The connected components that have an edge, by their first source. Near-linear. */
export function splitTransport(problem: TransportProblem): TransportPart[] {
  const { supply, capacity, promised, edgeStart, edgeSeat, edgeWeight } = problem;
  const { rootOfSource, rootOfSeat } = connect(problem);
  const members = new Map<number, { sources: number[]; seats: number[] }>();
  for (let source = 0; source < supply.length; source++) {
    if (edgeStart[source] === edgeStart[source + 1]) continue;
    const part = members.get(rootOfSource(source));
    if (part) part.sources.push(source);
    else members.set(rootOfSource(source), { sources: [source], seats: [] });
  }
  for (let seat = 0; seat < capacity.length; seat++) members.get(rootOfSeat(seat))?.seats.push(seat);
  const placeOfSeat = new Int32Array(capacity.length);
  return [...members.values()].map(({ sources, seats }) => {
    seats.forEach((seat, place) => (placeOfSeat[seat] = place));
    const edges: number[] = [];
    const start = new Int32Array(sources.length + 1);
    sources.forEach((source, place) => {
      for (let e = edgeStart[source]!; e < edgeStart[source + 1]!; e++) edges.push(e);
      start[place + 1] = edges.length;
    });
    const part: TransportProblem = {
      supply: Int32Array.from(sources, (source) => supply[source]!),
      capacity: Int32Array.from(seats, (seat) => capacity[seat]!),
      promised: Uint8Array.from(seats, (seat) => promised[seat]!),
      edgeStart: start,
      edgeSeat: Int32Array.from(edges, (e) => placeOfSeat[edgeSeat[e]!]!),
      edgeWeight: Int32Array.from(edges, (e) => edgeWeight[e]!),
    };
    return { problem: part, seats, edges };
  });
}

/** Union–find with path halving over sources, then seats. */
function connect({ supply, capacity, edgeStart, edgeSeat }: TransportProblem) {
  const parent = new Int32Array(supply.length + capacity.length).map((_, node) => node);
  const rootOf = (node: number): number => {
    while (parent[node]! !== node) node = parent[node] = parent[parent[node]!]!;
    return node;
  };
  for (let source = 0; source < supply.length; source++)
    for (let e = edgeStart[source]!; e < edgeStart[source + 1]!; e++)
      parent[rootOf(supply.length + edgeSeat[e]!)] = rootOf(source);
  return { rootOfSource: rootOf, rootOfSeat: (seat: number): number => rootOf(supply.length + seat) };
}

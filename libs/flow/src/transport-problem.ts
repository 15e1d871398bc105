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

/** A transport problem with one objective: the greatest total value. Values are whole and > 0. */
export interface ValuedProblem {
  supply: Int32Array;
  capacity: Int32Array;
  edgeStart: Int32Array;
  edgeSeat: Int32Array;
  edgeValue: Float64Array;
}

/** The same problem with seats as sources: edge e of the answer is edge `origin[e]` of `problem`. Edges keep their order within a seat. */
export function transpose(problem: ValuedProblem): { transposed: ValuedProblem; origin: Int32Array } {
  const { supply, capacity, edgeSeat, edgeValue } = problem;
  const edgeStart = new Int32Array(capacity.length + 1);
  for (const seat of edgeSeat) edgeStart[seat + 1]! += 1;
  for (let seat = 0; seat < capacity.length; seat++) edgeStart[seat + 1]! += edgeStart[seat]!;
  const next = edgeStart.slice();
  const origin = new Int32Array(edgeSeat.length);
  const sources = new Int32Array(edgeSeat.length);
  for (let source = 0; source < supply.length; source++)
    for (let e = problem.edgeStart[source]!; e < problem.edgeStart[source + 1]!; e++) {
      const at = next[edgeSeat[e]!]!++;
      origin[at] = e;
      sources[at] = source;
    }
  const values = Float64Array.from(origin, (e) => edgeValue[e]!);
  return {
    transposed: { supply: capacity, capacity: supply, edgeStart, edgeSeat: sources, edgeValue: values },
    origin,
  };
}

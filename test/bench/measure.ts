/** One measured figure (FORMATS.md, Bench): a median of `runs`, its goal, and the peers measured in the same run. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  goal: string;
  holds: boolean;
  runs: number;
  peakMb: number;
  peers: { name: string; version: string; value: number; ratio: number }[];
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Milliseconds of each of `runs` calls, after one that warms up. */
export async function time(runs: number, work: () => unknown): Promise<number[]> {
  await work();
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  return taken;
}

export function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/** A bench file prints its rows as the last line of its output. */
export function report(rows: BenchRow[]): void {
  console.log(`\n${JSON.stringify(rows)}`);
}

/** Mulberry-style generator of numbers in [0, 1): the same seed, the same instance. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}

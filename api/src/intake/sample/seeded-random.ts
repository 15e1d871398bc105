/** Deterministic chance for the sample: the same seed draws the same numbers on every machine. */
export interface SeededRandom {
  /** A whole number in [low, high], both included. */
  between(low: number, high: number): number;
  /** One of a non-empty list. */
  pick<T>(choices: readonly T[]): T;
}

/**
 * A generator over 32-bit integer arithmetic only: a Weyl sequence of the golden ratio through a 32-bit integer finalizer
 * (the multipliers of MurmurHash3's). Good enough to vary a demonstration; not for statistics or secrets.
 */
export function seededRandom(seed: number): SeededRandom {
  let state = Math.trunc(seed) >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const between = (low: number, high: number): number => low + (next() % (high - low + 1));
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[between(0, choices.length - 1)];
    if (choice === undefined) throw new RangeError('nothing to pick from');
    return choice;
  };
  return { between, pick };
}

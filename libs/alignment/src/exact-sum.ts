/** A sum of decimals as a whole number of units of 1 / scale; sums with the same scale compare and divide exactly. */
export interface ExactSums {
  sums: number[];
  scale: number;
}

/**
 * Adds decimals as they are written, so that 0.1 + 0.2 is 0.3 and order carries no meaning. Each list gives one sum; all share one scale, a power of ten.
 * Exact while scaled sums stay below 2⁵³.
 */
export function exactSums(...lists: readonly (readonly number[])[]): ExactSums {
  let places = 0;
  for (const list of lists)
    for (const value of list) if (!Number.isInteger(value)) places = Math.max(places, decimals(value));
  const scale = 10 ** places;
  return { sums: lists.map((list) => list.reduce((sum, value) => sum + Math.round(value * scale), 0)), scale };
}

function decimals(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent));
}

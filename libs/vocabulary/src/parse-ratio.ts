/** A share as two whole numbers of any size, in lowest terms; `denominator` ≥ 1. */
export interface Ratio {
  numerator: bigint;
  denominator: bigint;
}

const PATTERN = /^(?:(\d+)(?:\.(\d*))?|\.(\d+))$/;

/**
 * The decimal exactly as written (`0.8` is 4/5, never the double nearest to it), or null when `text` is not a plain
 * decimal from 0 to 1. 0 and 1 are allowed: at 0 every defined coverage passes, at 1 only a full one.
 */
export function parseRatio(text: string): Ratio | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const decimals = (match[2] ?? match[3] ?? '').replace(/0+$/, '');
  const denominator = 10n ** BigInt(decimals.length);
  const numerator = BigInt((match[1] ?? '0') + decimals);
  if (numerator > denominator) return null;
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}

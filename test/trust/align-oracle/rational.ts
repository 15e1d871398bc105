/** An exact non-negative ratio; d is positive, not necessarily in lowest terms. */
export interface Rational {
  n: bigint;
  d: bigint;
}

export const ratio = (n: bigint | number, d: bigint | number = 1n): Rational => ({ n: BigInt(n), d: BigInt(d) });

export const add = (a: Rational, b: Rational): Rational => ratio(a.n * b.d + b.n * a.d, a.d * b.d);

export const minus = (a: Rational, b: Rational): Rational => ratio(a.n * b.d - b.n * a.d, a.d * b.d);

export const over = (a: Rational, b: Rational): Rational => ratio(a.n * b.d, a.d * b.n);

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The decimal exactly as written, such as 0.8 or 12. */
export function decimal(text: string): Rational {
  const [whole = '0', fraction = ''] = text.split('.');
  return ratio(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b);
}

/** The nearest double. Both reduced parts must be exact doubles, as they are for small folders; otherwise it throws. */
export function toDouble(value: Rational): number {
  const divisor = greatestDivisor(value.n < 0n ? -value.n : value.n, value.d) || 1n;
  const n = Number(value.n / divisor);
  const d = Number(value.d / divisor);
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) throw new Error('ratio too fine for this oracle');
  return n / d;
}

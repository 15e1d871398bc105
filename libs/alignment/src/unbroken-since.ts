import { type Day } from '@throughway/vocabulary/local-date';

/** Days on which a thing is in force, both ends included; empty when `from` is later than `to`. */
export interface Span<T> {
  from: Day;
  to: Day;
  item: T;
}

/**
 * The first day of the unbroken stretch, ending on `asOf`, on which `holds()` is true; never before `earliest` (≤ asOf).
 * Days change only where a span begins or ends, so the sweep goes from one such day to the one before it: `enter` and `leave` keep whatever
 * counts `holds` reads. It must hold on `asOf`. Spans that begin after `asOf` are ignored. O(n log n) for n spans.
 */
export function unbrokenSince<T>(
  spans: readonly Span<T>[],
  { asOf, earliest }: { asOf: Day; earliest: Day },
  { enter, leave, holds }: { enter: (item: T) => void; leave: (item: T) => void; holds: () => boolean },
): Day {
  const real = spans.filter(({ from, to }) => from <= Math.min(to, asOf) && to >= earliest);
  const byEnd = real.toSorted((a, b) => b.to - a.to);
  const byStart = real.toSorted((a, b) => b.from - a.from);
  let nextEnd = 0;
  let nextStart = 0;
  for (; nextEnd < byEnd.length && byEnd[nextEnd]!.to >= asOf; nextEnd++) enter(byEnd[nextEnd]!.item);
  for (;;) {
    const day = Math.max(byStart[nextStart]?.from ?? -Infinity, (byEnd[nextEnd]?.to ?? -Infinity) + 1);
    if (day <= earliest) return earliest;
    for (; byStart[nextStart]?.from === day; nextStart++) leave(byStart[nextStart]!.item);
    for (; byEnd[nextEnd]?.to === day - 1; nextEnd++) enter(byEnd[nextEnd]!.item);
    if (!holds()) return day;
  }
}

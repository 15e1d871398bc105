import type { Day } from '@throughway/vocabulary/local-date';

/** Something that is known from one day on (Infinity = never) and holds through another, both inclusive. */
export interface Span {
  from: Day;
  until: Day;
}

/** Spans in the order in which they become known, each with the latest day that it or an earlier one holds through. */
export interface Spans {
  from: Day[];
  latestUntil: Day[];
}

/** Indexes spans for {@link anyHolds}; spans that never become known are dropped. Order of the input is irrelevant. O(n log n). */
export function indexSpans(spans: readonly Span[]): Spans {
  const known = spans.filter((span) => Number.isFinite(span.from)).sort((a, b) => a.from - b.from);
  const index: Spans = { from: [], latestUntil: [] };
  let latest = -Infinity;
  for (const span of known) {
    latest = Math.max(latest, span.until);
    index.from.push(span.from);
    index.latestUntil.push(latest);
  }
  return index;
}

/** Whether one of the spans known on `known` still holds on `on` (`known` ≤ `on`). O(log n). */
export function anyHolds(spans: Spans, known: Day, on: Day): boolean {
  const latestUntil = spans.latestUntil[countThrough(spans.from, known) - 1];
  return latestUntil !== undefined && latestUntil >= on;
}

/** How many of the ascending `days` are not after `day`. O(log n). */
export function countThrough(days: readonly Day[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One step of a map's scale: figures from `from` to `to`, both included. */
export interface ColorStep {
  from: number;
  to: number;
}

/**
 * At most `count` steps that hold about equally many of the figures above zero each (quantiles), so that one large
 * county does not wash out the others. Empty when no figure is above zero; steps never overlap.
 */
export function colorSteps(figures: readonly number[], count: number): ColorStep[] {
  const positive = figures.filter((figure) => figure > 0).sort((a, b) => a - b);
  const steps: ColorStep[] = [];
  for (let step = 0; step < count; step++) {
    const last = positive[Math.ceil(((step + 1) * positive.length) / count) - 1];
    const from = positive.find((figure) => figure > (steps.at(-1)?.to ?? 0));
    if (from !== undefined && last !== undefined && last >= from) steps.push({ from, to: last });
  }
  return steps;
}

/** The index of the step that holds a figure, or -1 for zero. */
export function stepOf(steps: readonly ColorStep[], figure: number): number {
  return steps.findIndex(({ from, to }) => figure >= from && figure <= to);
}

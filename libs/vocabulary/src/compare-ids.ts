/** Orders opaque ids by UTF-16 code unit, untrimmed and unnormalized (EXACT, Knowledge); a total order, so sorting by it is canonical. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type Value = string | number | undefined | null;

/** Query parameters without the blank ones: the wire has no word for "not chosen" but absence. */
export function chosen(query: Record<string, Value>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] != null && entry[1] !== ''),
  );
}

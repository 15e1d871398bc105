/** Lists and objects within each other; what contracts name is far from it, and a walk through far more would break the process's stack. */
const DEEPEST = 64;

/** A half of a surrogate pair without the other: no character, so that UTF-8 has no bytes for it. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * Why what a request says could not be kept as it is, whatever a schema would make of it: nested too deeply, or a text in it, a name of
 * a field included, that PostgreSQL stores in no column. Null for what is sound.
 */
export function findFlaw(value: unknown): { found: string; expected: string } | null {
  const ahead: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    const { value: inner, depth } = next;
    if (typeof inner === 'string') {
      if (inner.includes('\0')) return { found: 'a zero character', expected: 'text without one' };
      if (HALF_CHARACTER.test(inner)) return { found: 'half a character', expected: 'text of whole ones' };
    }
    if (typeof inner !== 'object' || inner === null) continue;
    if (depth === DEEPEST) return { found: `more than ${DEEPEST} levels`, expected: 'fewer' };
    const parts: unknown[] = Array.isArray(inner) ? inner : Object.entries(inner).flat();
    for (const part of parts) ahead.push({ value: part, depth: depth + 1 });
  }
  return null;
}

import type { ImportError } from '@throughway/contracts/imports';
import { printable } from '@throughway/formats/format-problem';

interface DatabaseError {
  code: string;
  table?: string;
  detail?: string;
  message: string;
}

/**
 * A refusal by the database of rows that are sound in themselves but contradict rows saved earlier, for instance a site that
 * changes its employer while a commitment saved before still names both. Null for every other error.
 * SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation).
 */
export function describeConflict(error: unknown): ImportError | null {
  const inner: unknown = error instanceof Error && 'driverError' in error ? error.driverError : error;
  if (!isDatabaseError(inner) || !/^2[23]/.test(inner.code)) return null;
  return {
    file: inner.table === undefined ? 'folder' : `table ${inner.table}`,
    line: null,
    column: null,
    found: printable(inner.detail ?? inner.message),
    expected: 'rows that agree with those saved earlier; import the other side too',
  };
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

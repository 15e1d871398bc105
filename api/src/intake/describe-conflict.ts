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
 * SQLSTATE classes 22 (data exception), 23 (integrity constraint violation) and 54 (limit exceeded: an id too long for an index).
 */
export function describeConflict(error: unknown): ImportError | null {
  const inner: unknown = error instanceof Error && 'driverError' in error ? error.driverError : error;
  if (!isDatabaseError(inner) || !/^(22|23|54)/.test(inner.code)) return null;
  return {
    file: inner.table === undefined ? 'folder' : `table ${inner.table}`,
    line: null,
    column: null,
    found: printable(inner.detail ?? inner.message),
    expected: inner.code.startsWith('23')
      ? 'rows that agree with those saved earlier; import the other side too'
      : 'values that the database can hold',
  };
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

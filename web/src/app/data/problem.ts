import { HttpErrorResponse } from '@angular/common/http';
import type { Problem } from '@throughway/contracts/problem';

/** What went wrong, in the server's words where it had any. `unreachable`: no answer came, so nothing is known to have changed. */
export interface Trouble {
  kind: 'refused' | 'not-found' | 'unreachable' | 'broken';
  /** The server's stable code, such as `link-expired`. */
  code: string | null;
  detail: string | null;
  fields: NonNullable<Problem['fields']>;
  requestId: string | null;
}

/** Stopped in the browser, before anything was sent; `code` is one of the words' refusals. */
export class Stopped extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Reads the `application/problem+json` of a failed request; anything else is `unreachable` (no status) or `broken`. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Stopped) return { ...SILENT, kind: 'refused', code: error.code };
  if (!(error instanceof HttpErrorResponse)) return { ...SILENT, kind: 'broken' };
  const problem = bodyOf(error);
  if (isAddressWrong(error.status, problem)) return { ...SILENT, kind: 'not-found', code: 'not-found' };
  return {
    kind: kindOf(error.status),
    code: problem?.code ?? null,
    detail: problem?.detail ?? null,
    fields: problem?.fields ?? [],
    requestId: problem?.requestId ?? null,
  };
}

const SILENT = { code: null, detail: null, fields: [], requestId: null };

/** An id in the address that has not even the form of one: to the reader, nothing is there. */
function isAddressWrong(status: number, problem: Partial<Problem> | null): boolean {
  const fields = problem?.fields ?? [];
  return status === 400 && fields.length > 0 && fields.every(({ path }) => path.startsWith('params.'));
}

function kindOf(status: number): Trouble['kind'] {
  if (status === 0) return 'unreachable';
  if (status === 404) return 'not-found';
  return status < 500 ? 'refused' : 'broken';
}

function bodyOf(error: HttpErrorResponse): Partial<Problem> | null {
  return typeof error.error === 'object' && error.error !== null ? (error.error as Partial<Problem>) : null;
}

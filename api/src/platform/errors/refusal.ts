import type { z } from 'zod';
import type { Problem } from '@throughway/contracts/problem';

export type ProblemField = NonNullable<z.infer<typeof Problem>['fields']>[number];

/** What helps the caller to do better, as headers of the answer. */
export interface RefusalHints {
  /** After how many seconds trying again makes sense. */
  retryAfterSeconds?: number;
  /** The methods that would do, with 405. */
  allow?: readonly string[];
}

/** An answer other than success: a status, a stable kebab-case code, and a sentence that says what was found and expected. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: ProblemField[] = [],
    readonly hints: RefusalHints = {},
  ) {
    super(detail);
  }
}

/** A rule of the domain says no: 409. */
export function refuse(code: string, detail: string): Refusal {
  return new Refusal(409, code, detail);
}

/** Not there, or not to be seen: the same answer. */
export function notFound(what = 'page'): Refusal {
  return new Refusal(404, 'not-found', `There is no such ${what}.`);
}

/** The input has the wrong form: 400, with every field that is wrong. */
export function badInput(fields: ProblemField[]): Refusal {
  const first = fields[0];
  const detail = first
    ? `${first.path}: found ${first.found}, expected ${first.expected}` +
      (fields.length > 1 ? ` (and ${fields.length - 1} more)` : '')
    : 'The input has the wrong form.';
  return new Refusal(400, 'bad-input', detail, fields);
}

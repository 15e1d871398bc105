import type { Endpoint } from '@throughway/contracts/endpoint';
import type { Request } from 'express';
import type * as z from 'zod';
import { actorOf } from '../auth/actor.js';
import type { Line } from '../auth/authorization.js';
import { isOperator } from '../auth/recognize.js';
import { admit } from '../auth/sight.js';
import { describeExpected } from '../errors/describe-expected.js';
import { badInput, type ProblemField } from '../errors/refusal.js';
import { findFlaw } from './find-flaw.js';
import type { Input } from './handles.js';
import { readSeen } from './seen.js';

/** The text of a key: what a header can hold and a person can read aloud. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * What a request says, checked and converted. Whom `line` lets in under no circumstances is refused first.
 * @throws not-signed-in, second-factor-needed; bad-input with every wrong field; if-match-missing
 */
export function readInput(declared: Endpoint, line: Line, request: Request): Input<Endpoint> {
  const actor = actorOf(request);
  admit(actor, line);
  const wrong: ProblemField[] = [];
  const read = (part: 'params' | 'query' | 'body', schema: z.ZodType | undefined): unknown => {
    if (!schema) return undefined;
    const value: unknown = part === 'body' ? request.body : { ...request[part] };
    const flaw = findFlaw(value);
    const parsed = flaw ? null : schema.safeParse(value);
    if (parsed?.success) return parsed.data;
    if (flaw) wrong.push({ path: part, ...flaw });
    else wrong.push(...(parsed?.error.issues ?? []).map((issue) => describeIssue(part, issue, value)));
    return undefined;
  };
  const params = read('params', declared.params);
  const query = read('query', declared.query);
  const body = declared.bodyMedia ? undefined : read('body', declared.body);
  if (declared.idempotent && !KEY.test(keyOf(request))) wrong.push(wrongKey(keyOf(request)));
  if (wrong.length > 0) throw badInput(wrong);
  const seen = declared.ifMatch ? readSeen(request.headers['if-match']) : 'any';
  return { params, query, body, actor, asker: { actor, operator: isOperator(request) }, seen, request };
}

/** The request's `Idempotency-Key`, empty without one. */
export function keyOf(request: Request): string {
  return request.get('Idempotency-Key') ?? '';
}

function wrongKey(found: string): ProblemField {
  return {
    path: 'header.Idempotency-Key',
    found: found === '' ? 'nothing' : `${found.length} characters`,
    expected: '1 to 200 printable ASCII characters without spaces, new for each command',
  };
}

function describeIssue(part: string, issue: z.core.$ZodIssue, value: unknown): ProblemField {
  const found = issue.path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
  const shown = found === undefined ? 'nothing' : JSON.stringify(found);
  return {
    path: [part, ...issue.path].join('.'),
    found: shown.length > 80 ? `${shown.slice(0, 80)}…` : shown,
    expected: describeExpected(issue),
  };
}

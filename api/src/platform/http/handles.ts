import {
  applyDecorators,
  createParamDecorator,
  Delete,
  type ExecutionContext,
  Get,
  HttpCode,
  Patch,
  Post,
  Put,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Endpoint } from '@throughway/contracts/endpoint';
import type * as z from 'zod';
import { type Actor, actorOf } from '../auth/actor.js';
import type { Line } from '../auth/authorization.js';
import { isOperator } from '../auth/recognize.js';
import { admit, type Asker } from '../auth/sight.js';
import { describeExpected } from '../errors/describe-expected.js';
import { badInput, type ProblemField } from '../errors/refusal.js';
import { ShapeResponse } from './shape-response.js';

/** Metadata keys under which a handler's method carries its endpoint, and its line of the authorization table. */
export const ENDPOINT = 'throughway:endpoint';
export const LINE = 'throughway:line';

type Output<S> = NonNullable<S> extends z.ZodType ? z.output<NonNullable<S>> : undefined;

/** What a handler receives: the endpoint's inputs, checked and converted, who asks, and the request for what no schema holds. */
export interface Input<E extends Endpoint> {
  params: Output<E['params']>;
  query: Output<E['query']>;
  body: Output<E['body']>;
  /** Null for a stranger. */
  actor: Actor | null;
  /** The same, and whether whoever runs the server asks: for what is read or written in a tenant. */
  asker: Asker & { actor: Actor | null };
  request: Request;
}

const METHODS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete };

/**
 * Mounts an endpoint of the contracts on a controller method, whose single argument is its {@link Input} and whose
 * answer is cut to the contract's response. Whom `line` of the authorization table lets in under no circumstances is refused first,
 * then bad input with every wrong field, before the method runs.
 */
export function Handles(declared: Endpoint, line: Line): MethodDecorator {
  const input = createParamDecorator((_: unknown, context: ExecutionContext) =>
    readInput(declared, line, context.switchToHttp().getRequest<Request>()),
  );
  return (target, key, descriptor) => {
    input()(target, key, 0);
    applyDecorators(
      METHODS[declared.method](declared.path),
      HttpCode(declared.status ?? 200),
      SetMetadata(ENDPOINT, declared),
      SetMetadata(LINE, line),
      UseInterceptors(new ShapeResponse(declared.response)),
    )(target, key, descriptor);
  };
}

function readInput(declared: Endpoint, line: Line, request: Request): Input<Endpoint> {
  const actor = actorOf(request);
  admit(actor, line);
  const wrong: ProblemField[] = [];
  const read = (part: 'params' | 'query' | 'body', schema: z.ZodType | undefined): unknown => {
    if (!schema) return undefined;
    const value: unknown = part === 'body' ? request.body : { ...request[part] };
    const parsed = schema.safeParse(value);
    if (!parsed.success) wrong.push(...parsed.error.issues.map((issue) => describeIssue(part, issue, value)));
    else if (!holdsZero(parsed.data)) return parsed.data;
    else wrong.push({ path: part, found: 'a zero character', expected: 'text without one' });
    return undefined;
  };
  const params = read('params', declared.params);
  const query = read('query', declared.query);
  const body = declared.bodyMedia ? undefined : read('body', declared.body);
  if (wrong.length > 0) throw badInput(wrong);
  return { params, query, body, actor, asker: { actor, operator: isOperator(request) }, request };
}

/** Whether a text anywhere in the value holds U+0000, which PostgreSQL stores in no text. */
function holdsZero(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsZero);
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

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
  Res,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Endpoint } from '@throughway/contracts/endpoint';
import type * as z from 'zod';
import type { Actor } from '../auth/actor.js';
import type { Line } from '../auth/authorization.js';
import type { Asker } from '../auth/sight.js';
import { ActOnce } from './act-once.js';
import { ENDPOINT, LINE } from './metadata.js';
import { readInput } from './read-input.js';
import type { Seen } from './seen.js';
import { SendEvents } from './send-events.js';
import { ShapeResponse } from './shape-response.js';

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
  /** What the asker saw of that which the command changes, for `requireUnchanged`; `any` where the endpoint asks for nothing. */
  seen: Seen;
  request: Request;
}

const METHODS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete };

/**
 * Mounts an endpoint of the contracts on a controller method, whose single argument is its {@link Input} and whose
 * answer is cut to the contract's response. Whom `line` of the authorization table lets in under no circumstances is refused first,
 * then bad input with every wrong field, before the method runs; a command that acts once runs in one transaction with its answer.
 * The method of a stream returns its events.
 */
export function Handles(declared: Endpoint, line: Line): MethodDecorator {
  const input = createParamDecorator((_: unknown, context: ExecutionContext) =>
    readInput(declared, line, context.switchToHttp().getRequest<Request>()),
  );
  return (target, key, descriptor) => {
    input()(target, key, 0);
    // Tells Nest that the answer is not its to send.
    if (declared.stream) Res()(target, key, 1);
    applyDecorators(
      METHODS[declared.method](declared.path),
      HttpCode(declared.status ?? 200),
      SetMetadata(ENDPOINT, declared),
      SetMetadata(LINE, line),
      UseInterceptors(
        ...(declared.idempotent ? [ActOnce] : []),
        declared.stream ? new SendEvents(declared.response) : new ShapeResponse(declared.response),
      ),
    )(target, key, descriptor);
  };
}

import type { NextFunction, Request, Response } from 'express';
import { randomUUID } from 'node:crypto';

const HARMLESS = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives every request an id, which every answer carries and the log names; a caller's `X-Request-Id` is kept when it is harmless. */
export function identifyRequest(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && HARMLESS.test(given) ? given : randomUUID();
  request.id = id;
  response.setHeader('X-Request-Id', id);
  next();
}

import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Problem } from '@throughway/contracts/problem';
import { isUnreachable } from '../database/is-unreachable.js';
import { Refusal } from './refusal.js';

const TITLES: Record<number, string> = {
  400: 'Bad input',
  401: 'Sign-in needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  408: 'Too slow',
  409: 'Refused',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unknown kind of content',
  422: 'Another command',
  428: 'Not said what was seen',
  429: 'Too many requests',
  431: 'Too large',
  503: 'Not available at the moment',
};

/** When a client may come back to a database that was away: it is ready again within seconds (TRUST R2). */
const RETRY_AFTER_SECONDS = 5;

/** Turns everything thrown into `application/problem+json`. What is not a known refusal is a bug: logged whole, answered without its details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  /** `methodsOf` tells which methods a path answers to; none for a path that is not there. */
  constructor(private readonly methodsOf: (path: string) => string[]) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request & { id?: unknown }>();
    const response = http.getResponse<Response>();
    const requestId = typeof request.id === 'string' ? request.id : randomUUID();
    const known = thrown instanceof Refusal ? thrown : this.asRefusal(thrown, request);
    const problem = describeRefusal(known, requestId);
    if (problem.status === 503) {
      this.logger.warn({ requestId, code: problem.code });
    } else if (problem.status >= 500) {
      this.logger.error({ requestId, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : thrown });
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { allow, retryAfterSeconds = problem.status === 503 ? RETRY_AFTER_SECONDS : undefined } = known.hints;
    if (allow) response.setHeader('Allow', allow.join(', '));
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private asRefusal(thrown: unknown, request: Request): Refusal {
    if (isUnreachable(thrown)) {
      return new Refusal(
        503,
        'database-unreachable',
        'The database does not answer. Nothing was changed; try again soon.',
      );
    }
    const status = thrown instanceof HttpException ? thrown.getStatus() : bodyParserStatus(thrown);
    if (status === 404) {
      const allow = this.methodsOf(request.path);
      return allow.length > 0
        ? new Refusal(405, 'wrong-method', `Found ${request.method}, expected ${allow.join(' or ')}.`, [], { allow })
        : new Refusal(404, 'not-found', 'There is no such page.');
    }
    if (status === 413) return new Refusal(413, 'too-large', 'The request body is too large.');
    if (status >= 400 && status < 500) {
      return new Refusal(
        status,
        'bad-request',
        thrown instanceof Error ? thrown.message : 'The request cannot be read.',
      );
    }
    return new Refusal(500, 'internal-error', 'Something went wrong on our side. Nothing was changed.');
  }
}

/** A refusal as it is answered. */
export function describeRefusal(known: Refusal, requestId: string): Problem {
  return {
    type: `about:blank#${known.code}`,
    title: TITLES[known.status] ?? 'Something went wrong',
    status: known.status,
    code: known.code,
    detail: known.message,
    requestId,
    ...(known.fields.length > 0 ? { fields: known.fields } : {}),
  };
}

/** Express' body parsers mark what is the sender's fault with a 4xx `status`. */
function bodyParserStatus(thrown: unknown): number {
  const status = thrown instanceof Error && 'status' in thrown ? Number(thrown.status) : 500;
  return Number.isInteger(status) && status >= 400 && status < 500 ? status : 500;
}

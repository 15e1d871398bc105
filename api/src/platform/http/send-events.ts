import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { from, mergeMap, type Observable } from 'rxjs';
import type * as z from 'zod';
import { Refusal } from '../errors/refusal.js';

/** What stands between may cut a connection on which nothing comes for half a minute. */
const SIGN_OF_LIFE_MS = 15_000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Neither kept nor gathered up on the way, nor compressed, which gathers too.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  // A server that stops would wait for the connection to idle.
  Connection: 'close',
};

/**
 * Answers with server-sent events (HTML Living Standard 9.2), each cut to what the contract names. What is thrown before the first one
 * is answered as any refusal is; a refusal after it ends the stream, and whoever asks again is told.
 */
@Injectable()
export class SendEvents implements NestInterceptor {
  constructor(private readonly schema: z.ZodType) {}

  intercept(context: ExecutionContext, next: CallHandler<AsyncIterable<unknown>>): Observable<void> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(mergeMap((events) => from(this.send(response, events))));
  }

  private async send(response: Response, events: AsyncIterable<unknown>): Promise<void> {
    const write = (text: string): void => {
      if (!response.destroyed) response.write(text);
    };
    let alive: NodeJS.Timeout | undefined;
    try {
      for await (const event of events) {
        const data = JSON.stringify(this.schema.parse(event));
        if (!response.headersSent) response.writeHead(response.statusCode, HEADERS);
        write(`data: ${data}\n\n`);
        alive ??= setInterval(() => write(':\n\n'), SIGN_OF_LIFE_MS);
      }
    } catch (error) {
      if (!response.headersSent || !(error instanceof Refusal)) throw error;
    } finally {
      clearInterval(alive);
    }
    response.end();
  }
}

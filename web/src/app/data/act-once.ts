import { HttpErrorResponse, type HttpInterceptorFn, type HttpRequest, HttpResponse } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { tap } from 'rxjs';

/** Whoever sends the same again this soon after a connection broke means the same; later it is another wish. */
const AGAIN_WITHIN_MS = 10 * 60_000;

/**
 * What was sent and is not known to have arrived, by its words. The same words sent again go under the same key, so that the server
 * does once what was asked for once; what was answered is over, and the same words are a new wish.
 */
@Injectable({ providedIn: 'root' })
class OpenWishes {
  private readonly open = new Map<string, { key: string; at: number }>();

  keyOf(words: string): string {
    const known = this.open.get(words);
    const key = known && Date.now() - known.at < AGAIN_WITHIN_MS ? known.key : newKey();
    this.open.set(words, { key, at: Date.now() });
    return key;
  }

  settle(words: string): void {
    this.open.delete(words);
  }
}

/** Gives every command its `Idempotency-Key`. */
export const actOnce: HttpInterceptorFn = (request, next) => {
  if (!isCommand(request)) return next(request);
  const wishes = inject(OpenWishes);
  const words = [request.method, request.urlWithParams, JSON.stringify(request.body)].join(' ');
  return next(request.clone({ setHeaders: { 'Idempotency-Key': wishes.keyOf(words) } })).pipe(
    tap({
      next: (event) => {
        if (event instanceof HttpResponse) wishes.settle(words);
      },
      error: (error: unknown) => {
        if (isOver(error)) wishes.settle(words);
      },
    }),
  );
};

/** Uploads say how things are to be, and what is about the own account or its sign-in is never done for anybody else. */
function isCommand({ method, url, body }: HttpRequest<unknown>): boolean {
  return (
    method !== 'GET' && url.startsWith('/api/') && !/^\/api\/(session|profile)/.test(url) && !(body instanceof FormData)
  );
}

/** Whether the server said that it did nothing. No answer, a fault, or "still running" leave it open. */
function isOver(error: unknown): boolean {
  if (!(error instanceof HttpErrorResponse) || error.status === 0 || error.status >= 500) return false;
  return (error.error as { code?: string } | null)?.code !== 'request-running';
}

/** 128 random bits; `crypto.randomUUID` is missing where the portal is reached without https. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { type HttpInterceptorFn, HttpResponse } from '@angular/common/http';
import { tap } from 'rxjs';

/** ETags by the answer that came with them: a page's command is about what the page shows, not about what came last. */
const tags = new WeakMap<object, string>();

/** Keeps the ETag of every answer for {@link asSeen}. */
export const rememberTags: HttpInterceptorFn = (request, next) =>
  next(request).pipe(
    tap((event) => {
      if (!(event instanceof HttpResponse)) return;
      const tag = event.headers.get('ETag');
      if (tag !== null && typeof event.body === 'object' && event.body !== null) tags.set(event.body, tag);
    }),
  );

/** Says with a command what its sender saw: an answer as it came. The server refuses what somebody changed meanwhile. */
export function asSeen(answer: object): { headers: Record<string, string> } {
  const tag = tags.get(answer);
  return { headers: tag === undefined ? {} : { 'If-Match': tag } };
}

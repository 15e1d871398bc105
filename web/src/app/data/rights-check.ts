import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, throwError } from 'rxjs';
import { SessionStore } from './session-store';

/** A request that is answered "not you" has the session read again, so that the menus follow a right taken away. */
export const rightsCheck: HttpInterceptorFn = (request, next) => {
  const store = inject(SessionStore);
  return next(request).pipe(
    catchError((error: unknown) => {
      const refused = error instanceof HttpErrorResponse && [401, 403, 404].includes(error.status);
      if (refused && store.person() && !request.url.startsWith('/api/session')) void store.reload();
      return throwError(() => error);
    }),
  );
};

import { inject } from '@angular/core';
import { type CanActivateFn, Router } from '@angular/router';
import { SessionStore } from '../data/session-store';

/**
 * Pages that are somebody's own: a stranger is led to the sign-in page and back. Only a courtesy to the reader; the server
 * decides at each request. When it does not answer, the page opens and says so.
 */
export const signedIn: CanActivateFn = async (_, { url }) => {
  const store = inject(SessionStore);
  const router = inject(Router);
  await store.load();
  const session = store.session();
  if (!session || (session.person && session.secondFactor === 'settled')) return true;
  return router.createUrlTree(['/sign-in'], { queryParams: { then: url } });
};

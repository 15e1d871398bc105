import type { ActivatedRoute } from '@angular/router';
import { Stopped } from '../data/problem';

/** One secret of the address's `#name=value`, which browsers send to nobody. */
export function fragmentOf(route: ActivatedRoute, name: string): string | null {
  return new URLSearchParams(route.snapshot.fragment ?? '').get(name);
}

/**
 * A mail's secret as it came; one that was cut off or has something added is not sent.
 *
 * @throws Stopped link-unknown
 */
export function wholeToken(token: string): string {
  if (!/^[\w-]{22,200}$/.test(token)) throw new Stopped('link-unknown');
  return token;
}

import type { ActivatedRoute } from '@angular/router';

/** One secret of the address's `#name=value`, which browsers send to nobody. */
export function fragmentOf(route: ActivatedRoute, name: string): string | null {
  return new URLSearchParams(route.snapshot.fragment ?? '').get(name);
}

import { Injectable } from '@angular/core';

const KEY = 'throughway-return';

/** Where to go after a round trip to a sign-in service; kept in this tab only, and read once. */
@Injectable({ providedIn: 'root' })
export class RememberedReturn {
  keep(path: string | null): void {
    try {
      if (path === null) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, path);
    } catch {
      // Storage may be off; the person then begins at home.
    }
  }

  take(): string | null {
    try {
      const path = sessionStorage.getItem(KEY);
      sessionStorage.removeItem(KEY);
      return path;
    } catch {
      return null;
    }
  }
}

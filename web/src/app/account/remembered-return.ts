import { Injectable } from '@angular/core';

const KEY = 'throughway-return';
const MAILED_KEY = 'throughway-mailed-return';
/** As long as a mailed link works. */
const MAILED_MS = 30 * 60_000;

/**
 * Where to go after a way in that leads out of this page, read once. A sign-in service comes back to the same tab; a mailed
 * link opens another one, so its path is kept for the browser, for as long as the link works.
 */
@Injectable({ providedIn: 'root' })
export class RememberedReturn {
  keep(path: string | null): void {
    put('sessionStorage', KEY, path);
  }

  take(): string | null {
    return pull('sessionStorage', KEY);
  }

  keepForMail(path: string | null): void {
    put('localStorage', MAILED_KEY, path && `${Date.now() + MAILED_MS} ${path}`);
  }

  takeFromMail(): string | null {
    const [, until, path] = /^(\d+) (.+)$/.exec(pull('localStorage', MAILED_KEY) ?? '') ?? [];
    return path !== undefined && Number(until) >= Date.now() ? path : null;
  }
}

function put(storage: 'localStorage' | 'sessionStorage', key: string, value: string | null): void {
  try {
    if (value === null) globalThis[storage].removeItem(key);
    else globalThis[storage].setItem(key, value);
  } catch {
    // Storage may be off; the person then begins at home.
  }
}

function pull(storage: 'localStorage' | 'sessionStorage', key: string): string | null {
  try {
    const value = globalThis[storage].getItem(key);
    globalThis[storage].removeItem(key);
    return value;
  } catch {
    return null;
  }
}

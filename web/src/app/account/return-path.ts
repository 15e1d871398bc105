import type { Session } from '@throughway/contracts/session';

/**
 * The path within this portal that an address names, or null: what comes from a link (`?then=`) must never lead to another
 * origin, however it is spelled (`//elsewhere`, `/\elsewhere`, a tab inside).
 */
export function pathHere(asked: string | null, origin: string): string | null {
  if (!asked?.startsWith('/')) return null;
  try {
    const url = new URL(asked, origin);
    if (url.origin !== origin) return null;
    const path = url.pathname + url.search + url.hash;
    return path.startsWith('//') || path.startsWith('/sign-in') ? null : path;
  } catch {
    return null;
  }
}

/** Where someone begins, by who they are. */
export function homeOf({ memberships }: Pick<Session, 'memberships'>): string {
  const roles = memberships.map(({ role }) => role);
  const isAny = (...wanted: typeof roles): boolean => roles.some((role) => wanted.includes(role));
  if (isAny('administrator')) return '/organizations';
  if (isAny('coordinator', 'educator', 'leader')) return '/';
  if (isAny('employer-admin', 'employer-member')) return '/organizations';
  return roles.length > 0 ? '/my-students' : '/profile';
}

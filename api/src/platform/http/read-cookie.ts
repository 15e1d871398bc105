import type { Request } from 'express';

/** The value of a cookie that the request came with, or null. */
export function readCookie(request: Request, name: string): string | null {
  for (const cookie of request.headers.cookie?.split(';') ?? []) {
    const [key, value] = cookie.trim().split('=');
    if (key === name && value) return value;
  }
  return null;
}

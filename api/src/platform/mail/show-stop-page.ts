import type { Request, Response } from 'express';

/**
 * Whoever opens the one-click address by hand, as where the mail program knows no one-click, and whoever scans it, is led to the page
 * with the button: a GET changes nothing.
 */
export function showStopPage(request: Request, response: Response): void {
  const { token } = request.query;
  const hash = new URLSearchParams({ token: typeof token === 'string' ? token : '' });
  response.redirect(303, `/stop-mails#${hash.toString()}`);
}

import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { isOperator } from '../auth/recognize.js';
import type { MailboxService } from './mailbox.service.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** It styles itself and does nothing else; alone it may be framed, by our own page. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** A letter's HTML as a page by itself, at `/api/development/letters/:letterId/html`. No JSON, and so none of the contracts. */
export function serveLetters(mailbox: MailboxService): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const { letterId } = request.params;
    if (typeof letterId !== 'string' || !UUID.test(letterId)) return next();
    mailbox.html({ actor: null, operator: isOperator(request) }, letterId).then((html) => {
      response.setHeader('Content-Security-Policy', POLICY).setHeader('Cache-Control', 'no-store');
      response.type('html').send(html);
    }, next);
  };
}

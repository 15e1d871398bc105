import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Transactions } from '../database/transactions.js';
import { Refusal } from '../errors/refusal.js';
import { isOnThisMachine } from '../http/on-this-machine.js';
import { setActor } from './actor.js';
import type { Sessions } from './sessions.js';

const UNSAFE = /^(POST|PUT|PATCH|DELETE)$/;

/** Asked for by mail programs from anywhere, as nobody (RFC 8058): the address itself is what lets it in. */
const FROM_ANYWHERE = '/mails/stop';

const operators = new WeakSet<Request>();

/** Whether whoever runs the server asks: someone at the machine itself, where nobody else can reach it. */
export function isOperator(request: Request): boolean {
  return operators.has(request);
}

/**
 * Tells every request of the API who asks. A write from a browser must come from our own pages, with a cookie (cross-site request
 * forgery) or without (a sign-in as somebody else): the browser says so in Sec-Fetch-Site, an old one in Origin. Programs say neither.
 * On a server that is private to its machine, whoever sits at it is its operator.
 */
export function recognize(sessions: Sessions, transactions: Transactions, isPrivate: boolean): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    if (request.path === FROM_ANYWHERE) return next();
    const caller = { peer: request.socket.remoteAddress, headers: request.headers };
    if (isPrivate && isOnThisMachine(caller)) operators.add(request);
    if (UNSAFE.test(request.method) && !isOurs(request)) {
      return next(new Refusal(403, 'cross-site', 'This has to come from a page of this site.'));
    }
    if (!request.headers.cookie?.includes(`${sessions.cookieName}=`)) return next();
    transactions
      .run((em) => sessions.recognize(em, request))
      .then(
        (actor) => {
          if (actor) setActor(request, actor);
          next();
        },
        (error: unknown) => next(error),
      );
  };
}

function isOurs({ headers }: Request): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || headers.origin.replace(/^https?:\/\//, '') === headers.host;
}

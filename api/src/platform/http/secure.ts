import helmet from 'helmet';
import type { Express, NextFunction, Request, Response } from 'express';

/** The page calls nobody else (TRUST S7): everything comes from this origin; nothing may frame it. */
const POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** How long a browser remembers that this server is reached by https only. */
const HTTPS_SECONDS = 31_536_000;

/**
 * Security headers on every answer; the API's own documentation page alone may style and script itself inline. What is answered
 * to somebody with a session is stored by no browser. `https`: people reach the portal by it alone.
 */
export function secure(app: Express, { https }: { https: boolean }): void {
  const strictTransportSecurity = https && { maxAge: HTTPS_SECONDS };
  const strict = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    strictTransportSecurity,
    referrerPolicy: { policy: 'same-origin' },
  });
  const documentation = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...POLICY, styleSrc: ["'self'", "'unsafe-inline'"], scriptSrc: ["'self'", "'unsafe-inline'"] },
    },
    strictTransportSecurity,
  });
  app.use('/api', (request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', request.headers.cookie === undefined ? 'no-cache' : 'no-store');
    next();
  });
  app.use((request: Request, response: Response, next: NextFunction) =>
    (/^\/api\/docs(\/|\.json$|\.yaml$|$)/.test(request.path) ? documentation : strict)(request, response, next),
  );
}
